"""What was read on a copy, noted beside it: one sealed file for each log-in, lines are only added.

Each line is sealed with a secret that lies within the record, so that whoever reads the shared
folder learns nothing, and is bound to its file and number, so that a line that was taken out,
moved or changed is noticed. The computer that keeps the record takes the lines over into the audit
trail. Where the folder can't be written the file stays on the reading computer and follows later.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scs_trial.data import faults, seal
from scs_trial.domain.canonical import canonical
from scs_trial.services.read_port import ReadBatch, ReadEntry

SECRET = "reads_key"
KEPT = timedelta(days=30)
"""A file that was taken over whole stays so long after its last line."""
_ENDING = ".reads"
_NONCE = 12
_TOKEN_BYTES = 8


class ReadsFile:
    """Where one log-in on a copy notes what it reads.

    Parameters
    ----------
    folder
        The shared folder.
    spare
        A folder of this computer, used while the shared one can't be written.
    stem
        Name of the record without its ending.
    secret
        Of the record, 32 bytes.
    """

    def __init__(self, folder: Path, spare: Path, *, stem: str, secret: bytes) -> None:
        self._folder = folder
        self._spare = spare
        self._stem = stem
        self._box = AESGCM(secret)
        self._begin()
        self.noted_here = False

    def add(self, entries: Sequence[ReadEntry]) -> None:
        """Note entries durably, in the shared folder or else on this computer.

        Raises
        ------
        UserError
            Neither could be written: nothing may be shown then.
        """
        try:
            self._append(self._folder, entries)
            self.noted_here = not self.hand_over()
        except OSError:
            self._begin()
            try:
                self._spare.mkdir(parents=True, exist_ok=True)
                self._append(self._spare, entries)
            except OSError as error:
                raise faults.from_os_error(error) from None
            self._begin()
            self.noted_here = True

    def hand_over(self) -> bool:
        """Copy what was kept on this computer to the shared folder; tell whether nothing is left.

        Lines are sealed to the name of their file, not to its folder.
        """
        if not self._spare.exists():
            return True
        for path in _files(self._spare, self._stem):
            try:
                seal.copy_private(path, self._folder / path.name)
                path.unlink()
            except OSError:
                return False
        return True

    def _begin(self) -> None:
        self._name = f"{self._stem}-{secrets.token_hex(_TOKEN_BYTES)}{_ENDING}"
        self._lines = 0

    def _append(self, folder: Path, entries: Sequence[ReadEntry]) -> None:
        path = folder / self._name
        if self._lines and not path.exists():
            self._begin()
            path = folder / self._name
        lines = [
            self._sealed(entry, number) for number, entry in enumerate(entries, start=self._lines)
        ]
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
        self._lines += len(lines)

    def _sealed(self, entry: ReadEntry, number: int) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        text = canonical(entry).encode("utf-8", "replace")
        box = self._box.encrypt(nonce, text, _bound(self._name, number))
        return base64.b64encode(nonce + box) + b"\n"


def waiting(
    folder: Path, stem: str, secret: bytes, taken: Mapping[str, int]
) -> Iterator[ReadBatch]:
    """Yield what was not taken over yet, by file; raise ``OSError``."""
    box = AESGCM(secret)
    for path in _files(folder, stem):
        begun = taken.get(path.name, 0)
        lines = path.read_bytes().split(b"\n")[:-1]  # what follows the last end is being written
        if len(lines) <= begun:
            continue
        found = [
            _opened(box, line, _bound(path.name, number))
            for number, line in enumerate(lines[begun:], start=begun)
        ]
        entries = tuple(entry for entry in found if entry is not None)
        yield ReadBatch(
            name=path.name,
            lines=len(lines),
            entries=entries,
            spoiled=len(found) - len(entries),
        )


def drop_old(folder: Path, stem: str, taken: Mapping[str, int], *, now: datetime) -> frozenset[str]:
    """Delete files that were taken over whole and got no line for long; return who is gone."""
    for path in _files(folder, stem):
        with suppress(OSError):
            whole = path.read_bytes().count(b"\n") <= taken.get(path.name, 0)
            if whole and path.stat().st_mtime < (now - KEPT).timestamp():
                path.unlink()
    return frozenset(taken) - {path.name for path in _files(folder, stem)}


def _files(folder: Path, stem: str) -> list[Path]:
    ours = re.compile(rf"{re.escape(stem)}-[0-9a-f]{{{2 * _TOKEN_BYTES}}}{re.escape(_ENDING)}")
    return sorted(path for path in folder.iterdir() if ours.fullmatch(path.name))


def _bound(name: str, number: int) -> bytes:
    return f"scs-trial reads 1|{name}|{number}".encode()


def _opened(box: AESGCM, line: bytes, bound: bytes) -> ReadEntry | None:
    try:
        data = base64.b64decode(line, validate=True)
        return _entry(json.loads(box.decrypt(data[:_NONCE], data[_NONCE:], bound)))
    except (InvalidTag, ValueError, KeyError, TypeError):
        return None


def _entry(held: dict[str, Any]) -> ReadEntry:
    patient = held["patient_id"]
    return ReadEntry(
        at=datetime.fromisoformat(held["at"]),
        as_of=datetime.fromisoformat(held["as_of"]),
        actor_id=UUID(held["actor_id"]),
        actor=held["actor"],
        workstation=held["workstation"],
        action=held["action"],
        entity=held["entity"],
        entity_id=held["entity_id"],
        patient_id=None if patient is None else UUID(patient),
        reason=held["reason"],
        new=held["new"],
    )
