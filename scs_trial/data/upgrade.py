"""Bring an older record to the present form: a verified backup first, and back when a step fails.

The steps themselves are one transaction (`scs_trial.data.migrate`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlcipher3 import dbapi2

from scs_trial.data import backup, engine, faults, migrate, put_back, seal
from scs_trial.data.engine import Engines
from scs_trial.data.schema import SCHEMA
from scs_trial.domain.backups import BackupReason
from scs_trial.errors import UserError
from scs_trial.logging_setup import log_defect


class UpgradeFailedError(UserError):
    """The record could not be brought to the present form and is as it was."""


def bring_up(
    path: Path,
    key: bytes,
    engines: Engines,
    *,
    at: datetime,
    target: int = SCHEMA,
    steps: Path = migrate.STEPS,
) -> bool:
    """Bring a record to the present form; return whether anything had to be done.

    Parameters
    ----------
    path, key, engines
        The record; no other connection of this program is open on it.
    at
        Aware instant, names the backup.
    target, steps
        As in `scs_trial.data.migrate.bring_up`.

    Raises
    ------
    UpgradeFailedError
        The record is as it was, or the backup was put in its place; said which.
    NewerRecordError
        The record knows more steps than this program.
    """
    stored = _stored(engines)
    if stored == 0 or stored >= target:  # a record that is just being made, or nothing to do
        return migrate.bring_up(engines.writer, target=target, steps=steps)
    made = _backed_up(path, key, at)
    try:
        migrate.bring_up(engines.writer, target=target, steps=steps)
        engine.check_fully(engines)
    except BaseException as error:
        engines.dispose()
        how = _as_it_was(path, key, stored, made, at)
        if not isinstance(error, Exception):
            raise
        why = seal.reason(faults.said(error))
        if why is not None:
            raise UpgradeFailedError(
                f"The record could not be brought to the form of this program: {why[0]}. {how}",
                f"{why[1]} Then open the record again.",
            ) from None
        reference = log_defect(type(error), error, error.__traceback__)
        raise UpgradeFailedError(
            f"The record could not be brought to the form of this program. {how}",
            f"Go on with the program of before, and report the reference {reference}.",
        ) from None
    return True


def _stored(engines: Engines) -> int:
    with engines.reader.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _backed_up(path: Path, key: bytes, at: datetime) -> Path:
    folder = backup.BackupFolder(backup.folder_of(path), stem=path.stem)
    plan = backup.Plan(at=at, reason=BackupReason.MIGRATION, zone=ZoneInfo("UTC"))
    try:
        return folder.path(folder.make(path, key, plan).backup)
    except UserError as error:
        raise UpgradeFailedError(
            "The record has to be brought to the form of this program, and that begins with a"
            f" backup. {error.what}",
            f"{error.to_do} Nothing was changed.",
        ) from None


def _as_it_was(path: Path, key: bytes, stored: int, made: Path, at: datetime) -> str:
    """Make sure that the record is what it was before, by the backup if need be."""
    if _sound(path, key, stored):
        return "It is as it was."
    kept = put_back.put_back(path, made, at=at.astimezone(UTC), key=None)
    return f"The backup of before is in its place; the rest of the attempt is in {kept.name}."


def _sound(path: Path, key: bytes, stored: int) -> bool:
    engines = engine.make_engines(path, key)
    try:
        engine.check_fully(engines)
        return _stored(engines) == stored
    except (faults.DamagedRecordError, dbapi2.Error):
        return False
    finally:
        engines.dispose()
