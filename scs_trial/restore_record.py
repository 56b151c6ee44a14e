"""Restore a closed record and note it in the trail of what was restored."""

from __future__ import annotations

import platform
from pathlib import Path

from scs_trial.clock import Clock
from scs_trial.data import restore
from scs_trial.data.backup import BackupFolder
from scs_trial.data.keys import SHIPPED_COST, Cost
from scs_trial.data.open import open_record
from scs_trial.data.options import Options
from scs_trial.data.put_back import RestoreFailedError
from scs_trial.data.restore import Restored, Say
from scs_trial.errors import UserError


def restore_record(
    record: Path,
    folder: BackupFolder,
    name: str,
    *,
    user_name: str,
    password: str,
    clock: Clock,
    cost: Cost = SHIPPED_COST,
) -> Restored:
    """Restore a backup, open the record with it and note who restored it.

    Parameters
    ----------
    record
        Where the record is, or was; it must be closed.
    folder, name
        The backups, and which of them; an empty name means the newest.
    user_name, password
        As they were when the backup was made.
    clock
        Names the time.
    cost
        For passwords that are set later.

    Raises
    ------
    UserError
        With the reason; what was there is as it was, or kept aside.
    """
    done = restore.restore(
        record, folder, name, user_name=user_name, password=password, at=clock.now()
    )
    options = Options(clock=clock, cost=cost, workstation=platform.node())
    _note(record, done, "restore_backup", user_name=user_name, password=password, options=options)
    return done


def repair_record(
    record: Path, *, user_name: str, password: str, options: Options, say: Say
) -> Restored:
    """Climb the ladder of repair, open the record with it and note who repaired it.

    Parameters
    ----------
    record
        The damaged record; it must be closed.
    user_name, password
        Of an administrator; of then, where a backup takes its place.
    options
        How the record is opened.
    say
        Told each step.

    Raises
    ------
    UserError
        No step helped; the record is as it was, and kept aside besides.
    """
    done = restore.repair(
        record,
        restore.folder_for(record),
        user_name=user_name,
        password=password,
        at=options.clock.now(),
        say=say,
    )
    _note(record, done, "repair_record", user_name=user_name, password=password, options=options)
    return done


def _note(
    record: Path, done: Restored, action: str, *, user_name: str, password: str, options: Options
) -> None:
    """Open the record that has its place now, and note in it what was done."""
    try:
        _write_note(record, done, action, user_name=user_name, password=password, options=options)
    except UserError as error:
        now = f"The backup {done.source}" if done.source else "The repaired record"
        raise RestoreFailedError(
            f"{now} is in the place of the record, but that could not be noted in it."
            f" {error.what} The record of before is in the folder {done.kept.name}.",
            error.to_do,
        ) from None


def _write_note(
    record: Path, done: Restored, action: str, *, user_name: str, password: str, options: Options
) -> None:
    opened = open_record(record, user_name, password, options=options)
    try:
        with opened.records.writing(actor=opened.account, workstation=options.workstation) as work:
            work.audit.note(
                action,
                entity="record",
                entity_id="",
                new={"backup": done.source, "kept": done.kept.name},
            )
            work.commit()
    finally:
        opened.records.close()
