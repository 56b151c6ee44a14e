"""The case file ``.scstrial``: one patient with everything, as versioned JSON without loss.

The format is described in ``docs/case-file.md``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from scs_trial.domain.case import Case
from scs_trial.errors import UserError
from scs_trial.exchange.case_codec import CodecError, decode, encode

FORMAT = 2
"""Format 1 held no signatures; it is still read."""
_READ = (1, FORMAT)
_SINCE_2 = ("signatures", "amendments")
KIND = "scs-trial case"
SUFFIX = ".scstrial"
CASE_LIMIT_BYTES = 32 * 1024 * 1024
"""Largest case file that is read."""
_ENVELOPE = {"format", "kind", "synthetic", "pseudonymised", "digest", "case"}
_MEGABYTE = 1024 * 1024


class CaseFileError(UserError):
    """A file that is no case file, or none that this program reads."""


class NewerCaseFileError(CaseFileError):
    """A case file of a newer program."""


class DamagedCaseFileError(CaseFileError):
    """A case file that is not as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case and what its file says of it."""

    case: Case
    synthetic: bool = False
    pseudonymised: bool = False


def write_case(held: CaseFile) -> bytes:
    """Return the bytes of a case file; the same case gives the same bytes."""
    case = encode(held.case)
    whole = {
        "format": FORMAT,
        "kind": KIND,
        "synthetic": held.synthetic,
        "pseudonymised": held.pseudonymised,
        "digest": _digest(case),
        "case": case,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read_case(data: bytes) -> CaseFile:
    """Return the case of a file.

    Raises
    ------
    CaseFileError
        Too large, no case file, of a newer program, damaged, or with a faulty value.
    """
    if len(data) > CASE_LIMIT_BYTES:
        limit = CASE_LIMIT_BYTES // _MEGABYTE
        raise CaseFileError(f"The case file is larger than {limit} MB, the limit for an import.")
    whole = _envelope(_parsed(data))
    if whole["digest"] != _digest(whole["case"]):
        raise DamagedCaseFileError(
            "The case file is not as it was written: its checksum does not fit.",
            "Get it again from where it came from; nothing was imported.",
        )
    try:
        case = decode(Case, _as_now(whole), "case")
    except CodecError as error:
        raise CaseFileError(
            f"The case file can't be read: {error.path} {error.reason}.",
            "Export it again; nothing was imported.",
        ) from error
    return CaseFile(case=case, synthetic=whole["synthetic"], pseudonymised=whole["pseudonymised"])


def looks_like_case(data: bytes) -> bool:
    """Return whether bytes are rather a case file than a table."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _as_now(whole: dict[str, Any]) -> Any:
    """Return the case of a file of any format in the form of this one."""
    case = whole["case"]
    if whole["format"] == FORMAT or not isinstance(case, dict):
        return case
    for name in _SINCE_2:
        if name in case:
            raise CodecError(f"case.{name}", "is unknown")
    return case | {name: [] for name in _SINCE_2}


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except (ValueError, RecursionError) as error:
        raise DamagedCaseFileError(
            "The case file is damaged: it is no complete JSON in UTF-8.",
            "Get it again from where it came from; nothing was imported.",
        ) from error


def _envelope(whole: Any) -> dict[str, Any]:
    if not isinstance(whole, dict) or whole.get("kind") != KIND:
        raise CaseFileError("This is no case file.", "Choose a file that ends in .scstrial.")
    version = whole.get("format")
    if type(version) is int and version > FORMAT:
        raise NewerCaseFileError(
            "The case file was written by a newer program (another format).",
            f"Install the newer program; this one reads format {FORMAT}. Nothing was imported.",
        )
    flags = (whole.get("synthetic"), whole.get("pseudonymised"))
    fits = type(version) is int and version in _READ and whole.keys() == _ENVELOPE
    if not fits or not all(type(flag) is bool for flag in flags):
        raise DamagedCaseFileError(
            "The head of the case file is damaged.",
            "Get it again from where it came from; nothing was imported.",
        )
    return whole


def _digest(case: Any) -> str:
    text = json.dumps(case, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _refused(text: str) -> Any:
    raise ValueError(text)
