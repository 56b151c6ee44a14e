"""Encrypt the whole file anew, and find out which of two keys it has."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from scs_trial.data import faults
from scs_trial.data.engine import connect, stored_version, unlock


def opens(path: Path, key: bytes) -> bool:
    """Return whether a data key opens the file; a change that was cut short is undone first."""
    try:
        connect(path, key).close()
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return False
        raise
    return True


def has_taken(path: Path, new: bytes) -> bool:
    """Return whether a change of the key is done, also on a disk that takes nothing now.

    A journal that can't be played back now makes the file at a later opening what it was before.
    """
    raw = dbapi2.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)
    try:
        unlock(raw, new)
    except dbapi2.Error:
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists() and journal.stat().st_size > 0:
            return False
        return stored_version(path, new) is not None
    finally:
        raw.close()
    return True


def rekey(path: Path, old: bytes, new: bytes) -> None:
    """Encrypt the whole file anew, in one transaction; no other connection may be open.

    The log is folded in first and a rollback journal guards the change: leaving the log needs the
    file to itself, so that no other connection goes on with the old key.

    Raises
    ------
    sqlcipher3.dbapi2.Error
        The file is as it was, or a journal beside it makes it so at the next opening.
    RecordBusyError
        Somebody else has the file open; nothing was changed.
    DiskFailureError, DiskFullError
        As the first.
    """
    connection = connect(path, old)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
            raise faults.RecordBusyError(*faults.BUSY)
        _rekey(connection, new)
    finally:
        connection.close()
    if not has_taken(path, new):  # it reports some refused writes as done
        raise faults.DiskFailureError(*faults.REKEY_FAILED)
    with suppress(dbapi2.Error):  # to the log again; else the next connection does it
        connect(path, new).close()


def _rekey(connection: Any, new: bytes) -> None:
    try:
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"").fetchall()
    except dbapi2.Error as error:  # it reports every failure in the same words
        raise faults.translate(error) or faults.DiskFailureError(*faults.REKEY_FAILED) from None
