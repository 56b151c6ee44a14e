"""Prepared statements give what SQLAlchemy gives, and fail as everything else does."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError

from scs_trial.data.prepared import drive, prepared
from scs_trial.data.rows.base import Base, table
from scs_trial.data.rows.check_in import CheckInRow, ScoreRow
from scs_trial.data.rows.patient import PatientRow
from scs_trial.data.rows.trial import TrialRow
from scs_trial.domain.diary import Phase
from scs_trial.errors import ConflictError, UserError
from tests.data import build
from tests.data.test_lists import add_patients
from tests.story.full_record import fill

TRIALS = table(TrialRow)
SCORES = table(ScoreRow)
FIRST = date(2000, 1, 1)


@pytest.fixture
def connection(session):
    """Return the connection of a reading unit of work on a record with a row in most tables."""
    fill(session, lambda name: f"{name} (synthetic)")
    with session.reading() as work:
        yield work._connection


def as_core(connection, statement, values):
    """Return the rows as SQLAlchemy itself gives them."""
    return [row._asdict() for row in connection.execute(statement, values)]


def test_that_every_column_of_every_table_is_read_as_by_sqlalchemy(connection):
    compared = 0
    for held in Base.metadata.sorted_tables:
        statement = select(held).order_by(*held.primary_key.columns)
        rows = prepared(statement).rows(connection, {})
        expected = as_core(connection, statement, {})
        assert rows == expected
        assert [[type(cell) for cell in row.values()] for row in rows] == [
            [type(cell) for cell in row.values()] for row in expected
        ]
        compared += len(rows)
    assert compared > 100


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 9])
def test_that_a_list_of_any_length_finds_the_same_rows(connection, count):
    statement = (
        select(TRIALS.c.id, TRIALS.c.trial_start)
        .where(TRIALS.c.id.in_(bindparam("ids", expanding=True)), TRIALS.c.trial_start > FIRST)
        .order_by(TRIALS.c.id)
    )
    known = [row[0] for row in connection.execute(select(TRIALS.c.id)).all()]
    ids = (known + [uuid4() for _ in range(9)])[:count]
    rows = prepared(statement).rows(connection, {"ids": ids})
    assert rows == as_core(connection, statement, {"ids": ids})
    assert count == 0 or len(rows) > 0


def test_that_one_spelling_serves_lists_of_like_length(connection):
    statement = select(TRIALS.c.id).where(TRIALS.c.id.in_(bindparam("ids", expanding=True)))
    for count in range(1, 65):
        prepared(statement).rows(connection, {"ids": [uuid4() for _ in range(count)]})
    assert len(prepared(statement)._spellings) == 7  # 1, 2, 4, 8, 16, 32, 64


def test_that_a_value_of_the_wrong_type_is_refused_before_it_is_stored(session):
    with session.writing() as work:
        for wrong in (4.5, Decimal("NaN"), "4"):
            row = {"revision_id": 1, "measure": "pain_average", "item": "", "value": wrong}
            with pytest.raises(TypeError, match="finite Decimal"):
                prepared(insert(SCORES)).write(work._connection, row)


def test_that_a_second_holder_of_a_number_reads_as_a_conflict(session):
    first = build.patient()
    add_patients(session, first)
    with session.writing() as work:
        other = build.patient(mrn=first.mrn)
        with pytest.raises(ConflictError, match="MRN"):
            work.patients.save(other)


def test_that_half_a_character_is_said_and_not_stored(session):
    with session.writing() as work, pytest.raises(UserError, match="half of a character"):
        work.patients.save(build.patient(name="Anna \ud83d"))


def test_that_an_unknown_refusal_stays_a_defect_that_quotes_no_value(session):
    row = {"id": uuid4(), "trial_id": uuid4(), "day": FIRST, "phase": Phase.TRIAL}
    row |= {"version": 0, "entered_in_error": False}
    with session.writing() as work:
        work._connection.exec_driver_sql("DROP TRIGGER tr_check_in_insert")
        with pytest.raises(DBAPIError, match="constraint failed") as caught:
            prepared(insert(table(CheckInRow))).write(work._connection, row)
    assert str(row["id"]) not in str(caught.value)


def test_that_a_new_row_gives_its_number_and_rows_are_added_together(session):
    patient = build.patient()
    trial = build.trial(patient.id)
    add_patients(session, patient)
    with session.writing() as work:
        work.trials.save(trial)
        saved = work.check_ins.add(build.check_in(trial.id))
        work.commit()
    with session.reading() as work:
        ids = drive(work._connection, "SELECT DISTINCT revision_id FROM score")
        assert [key for (key,) in ids] == [1]
        assert work.check_ins.get(saved.id).values == saved.values


def test_that_a_uuid_is_read_from_its_text(connection):
    rows = prepared(select(table(PatientRow).c.id)).tuples(connection, {})
    assert rows
    assert all(isinstance(row[0], UUID) for row in rows)
