"""Taking a file: its bytes, what kind it is, and the limits that hold before anything is read.

Limits: 10 MB, 20,000 rows, and for a workbook at most 100 times its packed size.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from scs_trial.errors import UserError

LIMIT_BYTES = 10 * 1024 * 1024
"""Largest file."""
LIMIT_ROWS = 20_000
"""Most rows with content."""
LIMIT_COLUMNS = 1_000
"""Most columns."""
_MEGABYTE = 1024 * 1024
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


class SourceKind(StrEnum):
    """What a file is."""

    TEXT = "text"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of a file; ``name`` is without its folder. Nothing of it is shown by ``repr``."""

    name: str
    data: bytes = field(repr=False)
    kind: SourceKind
    digest: str


def read_source(path: Path) -> Source:
    """Return the bytes of a file within the limits.

    Raises
    ------
    UserError
        It can't be read, is empty, too large, packed too tightly, or no table at all.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise UserError(f"The file can't be read: {error.strerror}.") from error
    return source_of(path.name, data)


def source_of(name: str, data: bytes) -> Source:
    """Return bytes as a file of the assistant.

    Raises
    ------
    UserError
        As `read_source`.
    """
    if len(data) > LIMIT_BYTES:
        raise UserError(
            f"The file is larger than {LIMIT_BYTES // _MEGABYTE} MB, the limit for an import.",
            "Split it by patient or by month.",
        )
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UserError("The file is empty.")
    if data.startswith(_OLD_WORKBOOK):
        raise UserError(
            "The file is a workbook of the old kind (.xls) or protected by a password.",
            "Save it as .xlsx without a password, or as CSV.",
        )
    kind = SourceKind.WORKBOOK if data.startswith(b"PK\x03\x04") else SourceKind.TEXT
    return Source(name=name, data=data, kind=kind, digest=hashlib.sha256(data).hexdigest())
