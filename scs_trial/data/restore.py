"""Restore a backup, and the ladder of repair for a damaged record. Each step is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from scs_trial.data import backup, engine, faults, migrate, put_back, salvage, seal, sealed_records
from scs_trial.data.backup import BackupFolder
from scs_trial.data.lock import RecordLock
from scs_trial.data.look import Contents, look
from scs_trial.domain.backups import Backup
from scs_trial.domain.clinic import Account
from scs_trial.errors import NotFoundError, UserError
from scs_trial.services.authorize import Action, authorize

Say = Callable[[str], None]
"""Told each step of a repair, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore or a repair has done.

    ``kept`` holds the record as it was before; ``head_seq`` is the last row of the audit trail
    that the record has now; ``source`` names the backup, and is empty after a repair without one.
    """

    kept: Path
    head_seq: int
    source: str = ""


def find(folder: BackupFolder, name: str) -> Backup:
    """Return the backup of a name, or the newest for an empty name.

    Raises
    ------
    NotFoundError
        There is none.
    """
    listed = folder.listed()
    found = [held for held in listed.backups if held.name == name]
    chosen = found[0] if found else (listed.newest() if not name else None)
    if chosen is None:
        raise NotFoundError("There is no such backup.", "Choose one from the list of backups.")
    return chosen


def restore(
    record: Path, folder: BackupFolder, name: str, *, user_name: str, password: str, at: datetime
) -> Restored:
    """Check a backup and put it in the place of the record, which is kept aside.

    Parameters
    ----------
    record
        Where the record is, or was; it must be closed.
    folder
        The backups.
    name
        Which one; empty for the newest.
    user_name, password
        As they were when the backup was made.
    at
        Aware instant.

    Raises
    ------
    UserError
        With the reason; the record is as it was.
    """
    chosen, key, contents = check(folder, name, user_name=user_name, password=password)
    path = folder.path(chosen)
    lock = RecordLock(record)
    try:
        kept = put_back.put_back(record, path, at=at.astimezone(UTC), key=_present_key(record, key))
    finally:
        lock.release()
    return Restored(kept=kept, head_seq=contents.head.seq, source=chosen.name)


def check(
    folder: BackupFolder, name: str, *, user_name: str, password: str
) -> tuple[Backup, bytes, Contents]:
    """Check that a backup is whole and that this account may restore it; nothing is changed.

    Raises
    ------
    UserError
        With the reason.
    """
    chosen = find(folder, name)
    folder.check_hash(chosen)
    key = _allowed_key(folder.path(chosen), user_name, password)
    return chosen, key, folder.verify(chosen, key)


def repair(
    record: Path, folder: BackupFolder, *, user_name: str, password: str, at: datetime, say: Say
) -> Restored:
    """Mend a damaged record: keep it, rebuild its indexes, salvage its rows, newest backup.

    The first step whose outcome is whole ends the ladder. Rows that were read from a damaged file
    count as whole only when nothing is missing that the audit trail names.

    Raises
    ------
    UserError
        When no step helped; the record is as it was, and kept aside besides.
    """
    lock = RecordLock(record)
    try:
        kept = put_back.keep(record, at=at.astimezone(UTC))
        say(f"The record as it is was kept in the folder {kept.name}.")
        with TemporaryDirectory(prefix=".scs-trial-repair-", dir=record.parent) as scratch:
            mended = _mend(
                kept / record.name, Path(scratch), user_name=user_name, password=password, say=say
            )
            if mended is not None:
                path, contents = mended
                put_back.swap(record, path)
                return Restored(kept=kept, head_seq=contents.head.seq)
        return _newest_whole(record, folder, kept, user_name=user_name, password=password, say=say)
    finally:
        lock.release()


def _mend(
    damaged: Path, scratch: Path, *, user_name: str, password: str, say: Say
) -> tuple[Path, Contents] | None:
    """Try indexes, then rows, on copies; return what is whole."""
    try:
        key = _allowed_key(damaged, user_name, password)
    except (faults.DamagedKeysError, faults.DamagedRecordError) as error:
        say(f"Its key file or first page can't be read: {error.what}")
        return None
    for words, attempt in (
        ("Building its indexes anew", salvage.reindex),
        ("Reading its rows into a new file", salvage.rows),
    ):
        target = scratch / f"{attempt.__name__}.scs"
        try:
            attempt(damaged, key, target)
            contents = look(target, key)
            salvage.check_complete(target, key)
        except (faults.DamagedRecordError, dbapi2.Error, OSError):
            say(f"{words} did not make it whole.")
            continue
        seal.copy_keys(damaged, target)
        say(f"{words} made it whole, up to row {contents.head.seq} of the audit trail.")
        return target, contents
    _keep_salvaged(damaged, scratch, say)
    return None


def _keep_salvaged(damaged: Path, scratch: Path, say: Say) -> None:
    """Keep the rows that could be read with the damaged record: a person may need them."""
    salvaged = scratch / f"{salvage.rows.__name__}.scs"
    target = damaged.with_name(f"salvaged-{damaged.name}")
    with suppress(OSError):
        seal.copy_private(salvaged, target)
        seal.copy_keys(damaged, target)
        say(f"What could be read of it is kept beside it as {target.name}, with gaps.")


def _newest_whole(
    record: Path,
    folder: BackupFolder,
    kept: Path,
    *,
    user_name: str,
    password: str,
    say: Say,
) -> Restored:
    for chosen in sorted(folder.listed().backups, key=lambda held: held.at, reverse=True):
        path = folder.path(chosen)
        try:
            folder.check_hash(chosen)
            contents = folder.verify(chosen, _allowed_key(path, user_name, password))
        except UserError as error:
            say(f"The backup {chosen.name} was passed over: {error.what}")
            continue
        put_back.swap(record, path)
        say(
            f"The backup {chosen.name} is in its place, up to row {contents.head.seq} of the audit"
            " trail; what was entered after it is only in what was kept."
        )
        return Restored(kept=kept, head_seq=contents.head.seq, source=chosen.name)
    raise put_back.RestoreFailedError(
        "No step mended the record, and no backup could be used. The record is as it was.",
        f"Keep the folder {kept.name}; look for a backup in the second folder.",
    )


def _allowed_key(path: Path, user_name: str, password: str) -> bytes:
    """Return the data key, of an account that may restore."""
    key, owner = sealed_records.unlock_sealed(path, user_name, password)
    authorize(_account(path, key, owner), Action.RESTORE_BACKUP)
    return key


def _account(path: Path, key: bytes, owner: str) -> Account:
    records = sealed_records.SealedRecords(path, key)
    try:
        with records.reading() as work:
            found = [held for held in work.accounts.all() if str(held.id) == owner]
    finally:
        records.close()
    if not found:
        raise faults.DamagedKeysError(*faults.DAMAGED_KEYS)
    return found[0]


def _present_key(record: Path, key: bytes) -> bytes | None:
    """Return the key if it opens the present record too."""
    if not record.exists() or record.stat().st_size == 0:
        return None
    return key if engine.stored_version(record, key) is not None else None


def open_for_drill(place: Path, key: bytes) -> Mapping[str, int]:
    """Open a restored file for work, bring it to the present form, check it, count its rows.

    Raises
    ------
    UserError
        When it does not open as a record does.
    """
    engines = engine.make_engines(place, key)
    try:
        engine.check_sound(place, engines.reader)
        rows = look(place, key).rows
        migrate.bring_up(engines.writer)
        engine.check_fully(engines)
    finally:
        engines.dispose()
    return dict(rows)


def folder_for(record: Path, folder: Path | None = None) -> BackupFolder:
    """Return the backups of a record: beside it, or in another folder."""
    return BackupFolder(folder or backup.folder_of(record), stem=record.stem)
