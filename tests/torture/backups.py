"""Every backup restores: each is drilled, and a big record is back within a minute."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from scs_trial.clock import FixedClock
from scs_trial.data import engine, look, restore
from scs_trial.data.open import open_record
from scs_trial.domain.backups import BackupReason
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import UserError
from scs_trial.safekeeper import kept_session
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.register_patient import save_patient
from scs_trial.services.safekeeping import back_up, drill_backup, list_backups
from tests.benchmarks.generator import PASSWORD as BIG_PASSWORD
from tests.benchmarks.generator import Plan, make_record
from tests.benchmarks.known import ACCOUNT
from tests.records import NOW, make_session, options
from tests.torture.promise import Promise, Reached

MOST_SECONDS = 60
MOST_DRILLS = 20
PATIENTS_IN_MB = 46
"""What the generator makes; the size that was reached is measured and said."""


def drilled(folder: Path, *, times: int) -> tuple[int, list[str]]:
    """Back up a growing record and drill each backup; return how many restored, and what failed."""
    clock = FixedClock(NOW)
    plain = make_session(folder, clock=clock)
    session = kept_session(plain.records, plain.account, clock=clock)
    failed: list[str] = []
    for _ in range(times):
        patient = save_patient(session, Patient(id=uuid4(), name="Drill, Ed", mrn=uuid4().hex[:8]))
        trial = Trial(id=uuid4(), patient_id=patient.id, trial_start=NOW.date())
        save_trial(session, trial)
        back_up(session, BackupReason.CHANGED)
        clock.advance(timedelta(hours=1))
    restored = 0
    for held in list_backups(session).backups:
        try:
            drill_backup(session, held.name)
            restored += 1
        except UserError as error:
            failed.append(f"{held.name}: {error}")
    session.records.close()
    return restored, failed


def big_restored(folder: Path, megabytes: int) -> tuple[float, float]:
    """Return the size of a big record in MB, and the seconds until it was back from a backup."""
    path = folder / "big.scs"
    made = make_record(path, Plan(ended=megabytes * PATIENTS_IN_MB))
    clock = FixedClock(datetime(2031, 1, 1, tzinfo=UTC))
    opened = open_record(path, ACCOUNT.user_name, BIG_PASSWORD, options=options(clock))
    session = kept_session(opened.records, opened.account, clock=clock)
    back_up(session, BackupReason.ON_DEMAND)
    session.records.close()
    rows, size = look.look(path, made.key).rows, path.stat().st_size / 1e6
    path.unlink()
    began = time.monotonic()
    restore.restore(
        path,
        restore.folder_for(path),
        "",
        user_name=ACCOUNT.user_name,
        password=BIG_PASSWORD,
        at=clock.now(),
    )
    seconds = time.monotonic() - began
    connection = engine.connect(path, made.key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert look.look(path, made.key).rows == rows
    return size, seconds


def run(size: int, seed: int, folder: Path) -> Reached:
    """Drill some backups, and restore a record of ``size`` MB."""
    for name in ("drills", "big"):
        (folder / name).mkdir()
    restored, failed = drilled(folder / "drills", times=min(MOST_DRILLS, size))
    megabytes, seconds = big_restored(folder / "big", size)
    return Reached(
        text=f"{restored} of {restored + len(failed)} backups drilled, each checked when made;"
        f" {megabytes:.0f} MB back in {seconds:.1f} s" + "".join(f"; {one}" for one in failed[:3]),
        held=restored > 0 and not failed and megabytes >= size and seconds < MOST_SECONDS,
    )


PROMISE = Promise(
    name="backups",
    words="every backup restores",
    figure="all opened and checked when made; restore drill; under 1 min for 100 MB",
    full=100,
    short=1,
    run=run,
)
