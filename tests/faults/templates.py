"""The records on which faults are planted: history of every kind, present and older form."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from sqlcipher3 import dbapi2

from scs_trial.data import engine, migrate, slots
from scs_trial.data.schema import SCHEMA
from scs_trial.domain.clinic import Role
from scs_trial.domain.diary import EndReason
from scs_trial.domain.trial import DecisionKind
from scs_trial.services.accounts import add_account
from scs_trial.services.end_trial import EndTrial, end_trial
from scs_trial.services.trial_notes import record_decision
from tests.faults.desk import Desk, Say, nobody
from tests.records import RECORD_NAME
from tests.services.clinic import Clinic, day, pain

FIRST_DAYS = 3
"""Check-ins that every record has before anything is planted."""
AFTER_BACKUP = FIRST_DAYS + 1
"""The check-in that the backup in the template lacks."""


def make(folder: Path, say: Say = nobody) -> Path:
    """Make a closed record: two trials, two people, signed and backed up; say what it holds."""
    _two_trials(folder)
    desk = Desk(folder / RECORD_NAME, say)
    desk.open()
    add_account(desk.session, user_name="bo", display_name="Bo", roles=[Role.NURSE])
    for number in range(1, FIRST_DAYS + 1):
        desk.save(number)
    desk.sign_check_in(1)
    desk.back_up()
    desk.save(AFTER_BACKUP)
    desk.close()
    return desk.path


def make_older(folder: Path, say: Say = nobody) -> Path:
    """Make a closed record of the form before this one, with everything in it that it can hold."""

    def say_what_it_can_hold(kind: str, which: str) -> None:
        if kind == "check_in":
            say(kind, which)

    path = make(folder, say_what_it_can_hold)
    desk = Desk(path)
    desk.open()
    key = desk.session.records.keys.data_key
    desk.close()
    newer = path.with_name("newer.scs")
    path.rename(newer)
    engine.create_file(path, key)
    engines = engine.make_engines(path, key)
    with engines.writer.connect() as connection:
        raw = connection.connection.driver_connection
        migrate.migrate(raw, connection, target=SCHEMA - 1)
    engines.dispose()
    _pour(newer, path, key)
    newer.unlink()
    slots.write(path, replace(slots.read(path), schema=SCHEMA - 1))
    shutil.rmtree(path.with_name(f"{path.stem}-backups"))
    return path


def _two_trials(folder: Path) -> None:
    clinic = Clinic(folder, at="2027-06-01T09:00")
    running = clinic.trial()
    clinic.baseline(running, 8, 8)
    ended = clinic.trial()
    clinic.baseline(ended, 8, 8, 8)
    for number in range(1, 8):
        clinic.check_in(ended, number, pain(3))
    end_trial(
        clinic.session,
        EndTrial(
            trial_id=ended.id,
            version=clinic.stored(ended).version,
            last_full_day=day(7),
            reason=EndReason.PLANNED,
        ),
    )
    record_decision(clinic.session, ended.id, kind=DecisionKind.PERMANENT_IMPLANT, reason="relief")
    clinic.session.records.close()


def _pour(newer: Path, older: Path, key: bytes) -> None:
    """Copy every row for which the older form has a table and columns."""
    raw = dbapi2.connect(str(older), isolation_level=None)
    secret = f"x'{key.hex()}'"
    raw.execute(f'PRAGMA key = "{secret}"')
    raw.execute(f'ATTACH ? AS newer KEY "{secret}"', (str(newer),))
    for (name,) in raw.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        raw.execute(f'DROP TRIGGER main."{name}"')
    raw.execute("PRAGMA foreign_keys = OFF")
    for (table,) in raw.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
    ).fetchall():
        if table != "alembic_version":
            names = [row[1] for row in raw.execute(f'PRAGMA main.table_info("{table}")')]
            columns = ", ".join(f'"{name}"' for name in names)
            raw.execute(
                f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM newer."{table}"'
            )
    raw.close()
