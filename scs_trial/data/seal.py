"""Write a whole, verified copy of a record while it is in use: the heart of every backup.

The copy appears under its final name only when it was opened with the key, checked page by page and
made durable; the key file is beside it by then. Whatever fails before leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlcipher3 import dbapi2

from scs_trial import platform
from scs_trial.data import engine, faults, ledger, slots
from scs_trial.data.look import Contents, look
from scs_trial.domain.backups import Step, no_step
from scs_trial.errors import CancelledError, UserError
from scs_trial.platform import write_atomic

PART = ".part"
_MARGIN_BYTES = 1024 * 1024

Probe = Callable[[Path, bytes], tuple[UUID | None, str]]
"""Makes one page from a sealed file: the trial and the page's content hash."""


class BackupFailedError(UserError):
    """No copy was made; the record and every older copy are whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A copy that was opened and checked."""

    contents: Contents
    size: int
    sha256: str
    keys_sha256: str
    page_trial: UUID | None
    page_hash: str


def seal(
    record: Path, key: bytes, target: Path, *, probe: Probe | None = None, step: Step = no_step
) -> Sealed:
    """Write a verified copy of a record, with its key file beside it.

    Parameters
    ----------
    record
        The live record; it may be read and written meanwhile.
    key
        Its data key.
    target
        Where to; nothing may be there.
    probe
        Makes one page from the copy; None for a record of an older form.
    step
        Called between the steps.

    Raises
    ------
    BackupFailedError
        With the reason; nothing is left behind.
    CancelledError
        From ``step``; nothing is left behind either.
    """
    part = target.with_name(target.name + PART)
    try:
        _check_free(target)
        _check_space(record, target.parent)
        key_file = slots.key_path(record).read_bytes()
        _copy(record, key, part)
        step()
        contents = look(part, key)
        step()
        page_trial, page_hash = probe(part, key) if probe else (None, "")
        make_durable(part)
        sealed = Sealed(
            contents=contents,
            size=part.stat().st_size,
            sha256=ledger.sha256_of(part),
            keys_sha256=_put_keys(key_file, record, target),
            page_trial=page_trial,
            page_hash=page_hash,
        )
        platform.current().replace(part, target)
    except BaseException as error:
        _remove(part, slots.key_path(target))
        known = isinstance(error, OSError | dbapi2.Error | UserError)
        if known and not isinstance(error, BackupFailedError | CancelledError):
            raise failure(error, record, key) from None
        raise
    return sealed


def make_durable(path: Path) -> None:
    """Wait until the disk holds every byte of a file."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def copy_private(source: Path, target: Path) -> None:
    """Copy a file privately and durably; raise ``OSError``."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    platform.current().make_private(target)
    with source.open("rb") as reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1024 * 1024)
    make_durable(target)


def copy_keys(source: Path, target: Path) -> None:
    """Copy the key file of a record to beside another file, in one step; raise ``OSError``."""
    write_atomic(slots.key_path(target), slots.key_path(source).read_bytes())


def check_space(folder: Path, need: int) -> None:
    """Refuse to begin where a file of that size has no room.

    Raises
    ------
    DiskFullError
        With both figures.
    """
    free = shutil.disk_usage(folder).free
    if free < need + _MARGIN_BYTES:
        raise BackupFailedError(
            f"There is too little room in the folder: {_megabytes(need)} needed,"
            f" {_megabytes(free)} free.",
            "Free some space or name another folder. The record and older backups are whole.",
        )


def failure(error: BaseException, record: Path, key: bytes) -> UserError:
    """Return what to say when no copy could be made."""
    said = error if isinstance(error, UserError) else faults.said(error)
    whole = "The record and older backups are whole."
    if isinstance(said, faults.DamagedRecordError):
        return _damage(record, key)
    why = reason(said)
    if why is not None:
        return BackupFailedError(f"No backup was made: {why[0]}.", f"{why[1]} {whole}")
    return BackupFailedError("No backup was made: the database refused.", f"Try again. {whole}")


def reason(said: BaseException) -> tuple[str, str] | None:
    """Return why a file was refused and what to do, to be put into a sentence; None if unknown."""
    return next(((what, to_do) for kind, what, to_do in _WORDS if isinstance(said, kind)), None)


_WORDS: tuple[tuple[type[UserError], str, str], ...] = (
    (faults.DiskFullError, "the disk is full", "Free some space."),
    (faults.NoFolderError, "its folder is not there", "Connect the disk or choose another folder."),
    (faults.NoNewFileError, "no file can be made in its folder", "Check the disk and your rights."),
    (faults.ReadOnlyPlaceError, "its folder can't be written", "Choose another folder."),
    (faults.RecordBusyError, "the record was busy", "Try again in a moment."),
    (faults.DiskFailureError, "the disk refused the data", "Check the disk."),
    (faults.DamagedKeysError, "the key file can't be read", "Put it back from the newest backup."),
)


def _damage(record: Path, key: bytes) -> UserError:
    """Tell a damaged record from a copy that could not be read back."""
    try:
        raw = engine.connect(record, key)
        try:
            sound = raw.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        finally:
            raw.close()
    except dbapi2.Error:
        sound = False
    if sound:
        return BackupFailedError(
            "No backup was made: what was written could not be read back.",
            "Check the disk, and name another folder. The record and older backups are whole.",
        )
    return faults.DamagedRecordError(
        "No backup was made: the record itself is damaged.",
        "Keep it, end the program, and run the repair. Older backups are whole.",
    )


def _check_free(target: Path) -> None:
    if target.exists():
        raise BackupFailedError(
            "No copy was made: there is already a file of that name.", "Choose another name."
        )


def _check_space(record: Path, folder: Path) -> None:
    log = record.with_name(f"{record.name}-wal")
    check_space(folder, record.stat().st_size + (log.stat().st_size if log.exists() else 0))


def _copy(record: Path, key: bytes, part: Path) -> None:
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    platform.current().make_private(part)
    raw = engine.connect(record, key)
    try:
        raw.execute("VACUUM INTO ?", (str(part),))
    finally:
        raw.close()


def _put_keys(key_file: bytes, record: Path, target: Path) -> str:
    """Write the key file beside the copy, unless the keys changed while it was written."""
    if slots.key_path(record).read_bytes() != key_file:
        raise faults.RecordBusyError(*faults.BUSY)
    write_atomic(slots.key_path(target), key_file)
    return ledger.sha256_of(slots.key_path(target))


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
