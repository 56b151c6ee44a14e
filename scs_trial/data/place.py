"""Looks at the place of a record before anything is opened or made there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from scs_trial import platform
from scs_trial.data import faults
from scs_trial.platform import DriveKind

LEDGER = "ledger.jsonl"
"""Lies in every folder of backups."""
_SMALLEST_FILE = 4096
_FEWEST_FREE = 65_536
"""Room that the database needs beside the record before it says anything clear."""
_BESIDE = ("", "-wal", "-shm", "-journal", ".keys", ".tries")
_UNSAFE = {
    DriveKind.NETWORK: "A record can't be kept on a network share: two computers would damage it.",
    DriveKind.SYNCED: "A record can't be kept in a folder that a cloud service copies: it would be"
    " damaged.",
}


def check_safe(path: Path) -> None:
    """Refuse a share or a synced folder; raise `UnsafePlaceError` with the way out."""
    try:
        kind = platform.current().drive_kind(path)
    except OSError as error:
        raise faults.from_os_error(error) from None
    if kind in _UNSAFE:
        raise faults.UnsafePlaceError(
            _UNSAFE[kind],
            "Choose a folder on this computer; for several workstations use a PostgreSQL server.",
        )


def check_no_backup(path: Path) -> None:
    """Refuse to work in a backup, which would no longer be what was verified."""
    if path.with_name(LEDGER).exists():
        raise faults.UnsafePlaceError(
            "This file is a backup, which is kept as it was written.",
            "Restore it, or copy it with its key file to another folder and open that.",
        )


def check_there(path: Path) -> None:
    """Refuse a path without a record; raise `NoRecordError`."""
    try:
        there = path.is_file()
    except OSError as error:
        raise faults.from_os_error(error) from None
    if not there:
        raise faults.NoRecordError(
            "There is no record at this place.", "Choose the record file, or create a new record."
        )


def fresh(path: Path) -> Path:
    """Return the name that a record has until it is complete."""
    return path.with_name(f"{path.name}.new")


def check_free(path: Path) -> None:
    """Refuse a place that holds a record, or the key file of one that is missing.

    A creation that was cut short leaves the fresh record beside; that is no hindrance, because
    nobody has seen its recovery key.
    """
    orphan = path.with_name(f"{path.name}.keys").exists() and not fresh(path).exists()
    if path.exists() or orphan:
        raise faults.RecordExistsError(
            "There is already a record at this place.", "Open it, or choose another place."
        )


def check_whole(path: Path) -> None:
    """Refuse an emptied file, which the database would take for a new one."""
    if path.stat().st_size < _SMALLEST_FILE:
        raise faults.DamagedRecordError(*faults.DAMAGED)


def check_writable(path: Path) -> None:
    """Make, fill and remove a file in the record's folder; look at the record's own rights.

    Raises
    ------
    ReadOnlyPlaceError, DiskFullError, DiskFailureError
        As the system says it.
    """
    folder = path.parent
    if path.exists() and not os.access(path, os.W_OK):
        raise faults.ReadOnlyPlaceError(*faults.READ_ONLY)
    try:
        import tempfile  # noqa: PLC0415  (start-up time)

        descriptor, name = tempfile.mkstemp(prefix=".scs-trial-", dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(bytes(_FEWEST_FREE))
        finally:
            Path(name).unlink()
    except OSError as error:
        raise faults.from_os_error(error) from None


def remove(path: Path, *, lock_too: bool = False) -> None:
    """Take away what a failed creation left; there was nothing before it."""
    endings = (*_BESIDE, *(f".new{ending}" for ending in _BESIDE), *((".lock",) * lock_too))
    for ending in endings:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()
