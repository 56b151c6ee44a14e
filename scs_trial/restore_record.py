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
from scs_trial.data.restore import Restored


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
    opened = open_record(record, user_name, password, options=options)
    try:
        with opened.records.writing(actor=opened.account, workstation=options.workstation) as work:
            work.audit.note(
                "restore_backup",
                entity="record",
                entity_id="",
                new={"backup": done.source, "kept": done.kept.name},
            )
            work.commit()
    finally:
        opened.records.close()
    return done
