"""Put a verified copy in the place of the record. What was there is kept aside, never lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from scs_trial import platform
from scs_trial.data import engine, faults, seal, slots
from scs_trial.errors import UserError

_STAMP = "%Y%m%dT%H%M%SZ"
_ENDINGS = ("", "-wal", "-journal", ".keys")
_COMING = ".coming"


class RestoreFailedError(UserError):
    """The record was not replaced, or only with the help of what was kept aside."""


class NotBegunError(RestoreFailedError):
    """Nothing was replaced."""


def keep(record: Path, *, at: datetime) -> Path:
    """Copy the record as it is, damaged or not, to a folder beside it; return the folder.

    Raises
    ------
    RestoreFailedError
        When there is no room for it; nothing else was done.
    """
    present = [path for path in _files(record) if path.exists()]
    folder = _free_folder(record, at)
    try:
        seal.check_space(record.parent, sum(path.stat().st_size for path in present))
        folder.mkdir()
        platform.current().make_private(folder)
        for path in present:
            seal.copy_private(path, folder / path.name)
        platform.current().sync_folder(folder)
        platform.current().sync_folder(record.parent)
    except (OSError, UserError) as error:
        _empty(folder)
        raise _failed("The present record could not be kept aside", error) from None
    return folder


def put_back(record: Path, source: Path, *, at: datetime, key: bytes | None) -> Path:
    """Put a verified copy and its key file in the place of the record; return what was kept.

    The caller holds the lock of the record and has closed it.

    Parameters
    ----------
    record
        Where the record is, or was.
    source
        The verified copy; it stays as it is.
    at
        Aware instant in UTC; names the folder of what is kept.
    key
        Data key of the present record, to write its log into it first; None leaves that.

    Raises
    ------
    RestoreFailedError
        With what is where.
    """
    if key is not None:
        _write_log(record, key)
    kept = keep(record, at=at)
    try:
        swap(record, source)
    except NotBegunError as error:
        _empty(kept)
        raise RestoreFailedError(error.what, error.to_do) from None
    except OSError as error:
        raise _failed(f"The record as it was is in the folder {kept.name}", error) from None
    return kept


def swap(record: Path, source: Path) -> None:
    """Replace a record, of which a copy was kept, and its key file by a verified copy.

    Raises
    ------
    NotBegunError
        The record is as it was.
    OSError
        The system refused in the middle; what was kept is needed.
    """
    coming = record.with_name(record.name + _COMING)
    try:
        seal.check_space(record.parent, source.stat().st_size)
        seal.copy_private(source, coming)
        seal.copy_keys(source, coming)
    except (OSError, UserError) as error:
        for path in (coming, slots.key_path(coming)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        failed = _failed("The backup could not be copied; the record is as it was", error)
        raise NotBegunError(failed.what, failed.to_do) from None
    for ending in ("-wal", "-shm", "-journal"):  # a log of the old file would spoil the new one
        record.with_name(record.name + ending).unlink(missing_ok=True)
    platform.current().replace(coming, record)
    platform.current().replace(slots.key_path(coming), slots.key_path(record))


def _write_log(record: Path, key: bytes) -> None:
    with suppress(dbapi2.Error, OSError):
        raw = engine.connect(record, key)
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()


def _files(record: Path) -> tuple[Path, ...]:
    return tuple(record.with_name(record.name + ending) for ending in _ENDINGS)


def _free_folder(record: Path, at: datetime) -> Path:
    name = f"{record.stem}-kept-{at.strftime(_STAMP)}"
    tails = ("", *(f"-{number}" for number in range(2, 100)))
    folders = (record.with_name(name + tail) for tail in tails)
    return next(folder for folder in folders if not folder.exists())


def _empty(folder: Path) -> None:
    """Take a folder of copies away that nobody needs: the originals are in their place."""
    with suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def _failed(what: str, error: Exception) -> RestoreFailedError:
    said = faults.said(error) if isinstance(error, OSError) else error
    why = seal.reason(said)
    if why is not None:
        return RestoreFailedError(f"{what}: {why[0]}.", f"{why[1]} Then try again.")
    return RestoreFailedError(f"{what}.", getattr(said, "to_do", ""))
