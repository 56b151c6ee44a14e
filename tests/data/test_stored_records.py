"""Records that earlier programs wrote come to the present form whole, and newer ones stay shut.

The stored records are made by `tests/fixtures/db/make.py`, each by the last program of its schema.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import inspect

from scs_trial import __version__
from scs_trial.clock import FixedClock
from scs_trial.data import backup, engine, faults, migrate, slots, triggers
from scs_trial.data.open import open_record
from scs_trial.data.schema import SCHEMA
from scs_trial.domain.backups import BackupReason
from scs_trial.domain.patient import Patient
from scs_trial.exchange.result_json import result_json
from scs_trial.services.register_patient import save_patient
from scs_trial.services.review_trial import reload_workspace
from scs_trial.services.session import Session
from scs_trial.services.verify_record import verify_record
from tests.data import stored
from tests.data.test_schema import steps_with, tables_and_indices
from tests.records import NOW, PASSWORD, RECORD_NAME, close_after_test, options, reopened

OLDER = [schema for schema in stored.SCHEMAS if schema < SCHEMA]
WITHOUT_AUDIT = 1


def test_that_every_schema_before_the_newest_has_a_stored_record() -> None:
    assert stored.missing(SCHEMA) == []
    assert stored.missing(max(stored.SCHEMAS) + 2) == [max(stored.SCHEMAS) + 1]  # it would tell


@pytest.mark.parametrize("schema", stored.SCHEMAS)
def test_that_no_table_of_a_stored_record_is_empty_and_its_data_say_made_up(
    tmp_path: Path, schema: int
) -> None:
    path = stored.put(schema, tmp_path)
    held = stored.rows(path, stored.data_key(path))
    assert all(held.values())
    for patient in held.get("patient", []):
        assert patient["name"].startswith("SYNTHETIC")


@pytest.mark.parametrize("schema", OLDER)
def test_that_the_steps_still_make_what_they_made_when_a_record_was_written(
    tmp_path: Path, schema: int
) -> None:
    path = stored.put(schema, tmp_path)
    key = stored.data_key(path)
    bare = tmp_path / "bare.scs"
    engine.create_file(bare, key)
    found = []
    for file in (path, bare):
        engines = engine.make_engines(file, key)
        with engines.writer.connect() as connection:
            if file is bare:
                migrate.migrate(connection.connection.driver_connection, connection, target=schema)
            found.append(tables_and_indices(connection))
        engines.dispose()
    assert found[0] == found[1]


@pytest.fixture(params=OLDER)
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, stored.Rows, Session]:
    """Return a stored record's schema and rows, and a session on it after the upgrade."""
    path = stored.put(request.param, tmp_path)
    before = stored.rows(path, stored.data_key(path))
    return request.param, before, reopened(path, FixedClock(NOW))


def test_that_every_value_of_an_older_record_is_the_same_after_the_upgrade(
    upgraded: tuple[int, stored.Rows, Session],
) -> None:
    _, before, session = upgraded
    path, key = session.records.keys.path, session.records.keys.data_key
    session.records.check()
    session.records.close()
    assert engine.stored_version(path, key) == SCHEMA
    assert (slots.read(path).schema, slots.read(path).program) == (SCHEMA, __version__)
    after = stored.rows(path, key)
    assert stored.columns_of(before, after) == before
    assert not any(held for name, held in after.items() if name not in before)
    assert foreign_keys_to_nowhere(path, key) == []


def foreign_keys_to_nowhere(path: Path, key: bytes) -> list[object]:
    raw = engine.connect(path, key, sealed=True)
    try:
        return list(raw.execute("PRAGMA foreign_key_check").fetchall())
    finally:
        raw.close()


def test_that_the_older_record_lies_in_a_verified_backup(
    upgraded: tuple[int, stored.Rows, Session],
) -> None:
    schema, before, session = upgraded
    path, key = session.records.keys.path, session.records.keys.data_key
    folder = backup.BackupFolder(backup.folder_of(path), stem=path.stem)
    (made,) = folder.listed().backups
    assert (made.reason, made.schema) == (BackupReason.MIGRATION, schema)
    assert folder.verify(made, key).schema == schema
    assert stored.rows(folder.path(made), key) == before


def test_that_the_trail_of_an_older_record_holds_and_goes_on(
    upgraded: tuple[int, stored.Rows, Session],
) -> None:
    schema, before, session = upgraded
    report = session.records.verify_chain()
    assert report.holds
    assert report.rows == len(before.get("audit", []))
    save_patient(session, Patient(id=UUID(int=1), name="SYNTHETIC later", mrn="made up"))
    report = session.records.verify_chain()
    assert report.holds
    assert report.rows == len(before.get("audit", [])) + 1
    if schema > WITHOUT_AUDIT:
        checked = verify_record(session)
        assert checked.holds, checked.findings


def test_that_the_guards_of_an_older_record_stand_and_refuse(
    upgraded: tuple[int, stored.Rows, Session],
) -> None:
    _, before, session = upgraded
    engines = session.records._engines
    guarded = {*triggers.VERSIONED, *triggers.ADDED_ONLY, *triggers.REVISION_PARTS, "audit"}
    for table in (guarded | {"check_in_revision"}) & before.keys():
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {column(engines, table)}"):
            with (
                engines.writer.connect() as connection,
                pytest.raises(faults.UnauditedChangeError, match=table),
            ):
                connection.exec_driver_sql(change)


def column(engines: engine.Engines, table: str) -> str:
    """Return an assignment that changes nothing: a guard refuses it all the same."""
    with engines.reader.connect() as connection:
        names = [found["name"] for found in inspect(connection).get_columns(table)]
    name = next(found for found in reversed(names) if found not in {"decided", "in_work"})
    return f'"{name}" = "{name}"'


@pytest.mark.parametrize("schema", [s for s in stored.SCHEMAS if stored.evaluations(s)])
def test_that_the_evaluation_says_the_same_as_the_older_program(
    tmp_path: Path, schema: int
) -> None:
    session = reopened(stored.put(schema, tmp_path), FixedClock(NOW))
    for trial_id, said in stored.evaluations(schema).items():
        with session.reading() as work:
            trial = work.trials.get(UUID(trial_id))
        review = reload_workspace(session, trial.patient_id, trial_id=trial.id).review
        assert review is not None
        assert review.evaluation is not None
        assert trial.trial_start is not None
        now = result_json(review.patient.name, trial.trial_start, review.evaluation)
        assert json.loads(json.dumps(now)) == said


@pytest.mark.parametrize("schema", stored.SCHEMAS)
def test_that_everybody_who_could_open_an_older_record_still_can(
    tmp_path: Path, schema: int
) -> None:
    path = stored.put(schema, tmp_path)
    for name in ("anna", "bo", "anna"):
        opened = open_record(path, name, PASSWORD, options=options())
        assert opened.account.user_name == name
        opened.records.close()
    made = list(backup.folder_of(path).glob("*.scs")) if schema < SCHEMA else []
    assert len(made) == (schema < SCHEMA)  # the first opening brought it up, the others did not


def as_newer(folder: Path, *, killed: bool) -> Path:
    """Write a record of a program to come; killed leaves the last step in its log alone."""
    made = folder / "made"
    made.mkdir()
    path = stored.put(stored.SCHEMAS[-1], made)
    opened = open_record(path, "anna", PASSWORD, options=options())
    close_after_test(opened.records)
    body = "op.execute('CREATE TABLE extra (id INTEGER PRIMARY KEY)')"
    target, steps = SCHEMA + 1, steps_with(folder, body)
    engines = opened.records._engines
    with engines.reader.connect() as reader, engines.writer.connect() as connection:
        if killed:  # somebody who reads keeps the step in the log
            reader.exec_driver_sql("SELECT count(*) FROM account").scalar()
        raw = connection.connection.driver_connection
        migrate.migrate(raw, connection, target=target, steps=steps)
        connection.close()
        there = folder / "there"
        there.mkdir()
        for file in made.iterdir():
            if file.is_file() and file.suffix != ".lock" and not file.name.endswith("-shm"):
                (there / file.name).write_bytes(file.read_bytes())
    opened.records.close()
    log = there / f"{RECORD_NAME}-wal"
    assert killed == (log.exists() and log.stat().st_size > 0)
    return there / RECORD_NAME


@pytest.mark.parametrize("stamped", [True, False])
@pytest.mark.parametrize("killed", [True, False])
def test_that_of_a_newer_record_nothing_is_opened_and_not_a_byte_changes(
    tmp_path: Path, stamped: bool, killed: bool
) -> None:
    path = as_newer(tmp_path, killed=killed)
    if stamped:
        slots.write(path, replace(slots.read(path), schema=SCHEMA + 1, program="7.5"))
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(faults.NewerRecordError, match=f"record format {SCHEMA + 1}") as caught:
        open_record(path, "anna", PASSWORD, options=options())
    assert __version__ in str(caught.value)
    after = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    counted = {name for name in after if name.endswith((".lock", ".tries"))}
    assert {name: data for name, data in after.items() if name not in counted} == before
