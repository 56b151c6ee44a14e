"""The trail: in the same transaction, append-only, chained; no clinical change without it."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_trial.data.faults import UnauditedChangeError
from scs_trial.data.rows import METADATA
from scs_trial.data.triggers import ADDED_ONLY, REVISION_PARTS, VERSIONED
from scs_trial.domain.canonical import canonical
from tests.data import build
from tests.records import WORKSTATION


@pytest.fixture
def held(session):
    """Two stored patients, a trial and a check-in; the last audit row is the second patient's."""
    first, second = build.patient(), build.patient()
    trial = build.trial(first.id)
    check_in = build.check_in(trial.id)
    with session.writing() as work:
        work.patients.save(first)
        work.trials.save(trial)
        work.check_ins.add(check_in)
        work.patients.save(second)
        work.commit()
    return first, second, trial, check_in


@pytest.fixture
def sql(session):
    """Run bare SQL on the writing engine, around every repository."""

    def run(statement, **values):
        with session.records._engines.writer.connect() as connection, connection.begin():
            connection.exec_driver_sql(statement, values)

    return run


def test_that_every_change_has_its_row_with_old_and_new(session, held):
    first, *_ = held
    with session.writing() as work:
        work.patients.save(replace(first, name="Ny Navn"), reason="married")
        work.commit()
    with session.reading() as work:
        newest, *_, oldest = work.audit.of_patient(first.id)
    assert (newest.action, newest.entity, newest.entity_id) == (
        "update",
        "patient",
        str(first.id),
    )
    assert (newest.actor, newest.workstation, newest.reason) == ("anna", WORKSTATION, "married")
    assert json.loads(newest.old)["name"] == first.name
    assert json.loads(newest.new) | {"version": "2"} == json.loads(newest.new)
    assert (oldest.action, oldest.old) == ("insert", None)


def test_that_the_rows_of_a_check_in_name_the_patient(session, held):
    first, *_, check_in = held
    with session.reading() as work:
        rows = work.audit.of_patient(first.id)
    row = next(row for row in rows if row.entity == "check_in")
    assert json.loads(row.new)["values"]["pain_average[left leg]"] == "5.0"
    assert row.entity_id == str(check_in.id)


def test_that_a_move_stands_in_the_trail_of_both_patients(session, held):
    first, second, trial, check_in = held
    others = build.trial(second.id)
    event = build.event(first.id, None)
    with session.writing() as work:
        work.trials.save(others)
        work.safety.save(event)
        work.check_ins.revise(replace(check_in, trial_id=others.id, reason="wrong patient"))
        work.safety.save(replace(event, patient_id=second.id), reason="wrong patient")
        work.trials.save(replace(trial, patient_id=second.id), reason="wrong patient")
        work.commit()
    with session.reading() as work:
        left = work.audit.of_patient(first.id)[:3]
        came = work.audit.of_patient(second.id)[:3]
    moved = ["trial", "safety_event", "check_in"]
    assert [(row.action, row.entity) for row in left] == [("moved away", name) for name in moved]
    assert [(row.action, row.entity) for row in came] == [("update", name) for name in moved]
    assert {row.reason for row in (*left, *came)} == {"wrong patient"}


def test_that_an_act_that_changes_nothing_is_noted(session, held):
    first, *_ = held
    with session.writing() as work:
        work.audit.note(
            "opened", entity="patient", entity_id=str(first.id), patient_id=first.id, new={"n": 3}
        )
        work.commit()
    with session.reading() as work:
        row = work.audit.of_patient(first.id, limit=1)[0]
    assert (row.action, row.new, row.old) == ("opened", '{"n":"3"}', None)


def test_that_a_rolled_back_change_leaves_no_audit_row(session, held):
    with session.reading() as work:
        head = work.audit.head()
    with session.writing() as work:
        work.patients.save(build.patient())
    with session.reading() as work:
        assert work.audit.head() == head


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET reason = 'x' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT seq + 2, at, actor, actor_id, workstation, action, entity,"
        " entity_id, NULL, NULL, '', NULL, NULL, digest, digest FROM audit"
        " ORDER BY seq DESC LIMIT 1",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
        "INSERT INTO audit SELECT seq + 1, at, actor, actor_id, workstation, action, entity,"
        " entity_id, NULL, NULL, '', NULL, NULL, prev, digest FROM audit"
        " ORDER BY seq DESC LIMIT 1",
    ],
    ids=["edit", "delete", "delete all", "gap", "replace", "wrong link"],
)
def test_that_the_trail_refuses_edits_deletions_and_gaps(session, held, sql, statement):
    with pytest.raises(UnauditedChangeError):
        sql(statement)
    assert session.records.verify_chain().holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE patient SET name = 'x'",
        "UPDATE patient SET name = 'x', version = version + 1",  # in bulk
        "UPDATE patient SET version = version + 1, name = 'x' WHERE id = :first",
        "UPDATE patient SET name = 'x' WHERE id = :second",  # the head is about its insert
        "UPDATE patient SET version = version + 1 WHERE id = :second",
        "UPDATE trial SET planned_days = 3",
        "UPDATE check_in SET day = '2026-01-01'",
        "UPDATE score SET value = '0'",
        "UPDATE check_in_revision SET note = ''",
        "UPDATE safety_answer SET answer = 0",
        "DELETE FROM patient WHERE id = :second",
        "DELETE FROM check_in",
        "DELETE FROM score",
        "INSERT OR REPLACE INTO patient SELECT * FROM patient WHERE id = :second",
        "INSERT INTO check_in_revision SELECT NULL, check_in_id, 2, trial_id, day, phase, missed,"
        " stimulation_off, program, how_obtained, identity_confirmed, wording_version, asked_by,"
        " asked_at, helped, triggered, note, recorded_at, recorded_by, revised_at, revised_by,"
        " reason, entered_in_error, 0, 0 FROM check_in_revision",
        "INSERT INTO score SELECT revision_id, 'mme', '', '1' FROM score LIMIT 1",
        "UPDATE check_in_revision SET scores = scores + 1",
        "UPDATE clinic_settings SET payload = '{}'",
        "UPDATE account SET roles = '[\"administrator\"]'",
    ],
)
def test_that_a_change_without_its_audit_row_or_in_bulk_is_refused(session, held, sql, statement):
    first, second, *_ = held
    with pytest.raises(UnauditedChangeError):
        sql(statement, first=str(first.id), second=str(second.id))
    with session.reading() as work:
        assert work.patients.get(first.id) == first
        assert work.patients.get(second.id) == second


def test_that_an_audited_change_may_not_take_a_second_row_with_it(session, held):
    first, *_ = held
    with session.writing() as work:
        work.audit.change("patient", first.id, version=2, patient_id=first.id, old=first, new=first)
        with pytest.raises(UnauditedChangeError):
            work._connection.exec_driver_sql("UPDATE patient SET name = 'x', version = version + 1")


def test_that_a_revision_takes_no_further_score_or_answer(session, held):
    _, _, trial, _ = held
    check_in = build.check_in(trial.id, day=build.AT.date())
    with session.writing() as work:
        work.check_ins.add(check_in)
        work.commit()
    for statement in (
        "INSERT INTO score SELECT max(revision_id), 'mme', '', '1' FROM score",
        "INSERT INTO safety_answer SELECT max(revision_id), 99, 'x', 0 FROM safety_answer",
    ):
        # the newest audit row is that of this very revision, but it is complete
        with session.writing() as work, pytest.raises(UnauditedChangeError):
            work._connection.exec_driver_sql(statement)


def test_that_every_table_is_guarded_derived_or_known_to_be_free():
    guarded = {*VERSIONED, *ADDED_ONLY, *REVISION_PARTS, "check_in_revision", "audit"}
    free = {"draft", "patient_name_part"}  # no clinical fact; search keys of the name
    assert set(METADATA.tables) == guarded | free


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET reason = 'edited' WHERE seq = 4",
        "UPDATE audit SET new = replace(new, 'Z', 'z') WHERE seq = 5",
        "UPDATE audit SET actor = 'eve' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit SET digest = prev WHERE seq = 6",
    ],
)
def test_that_a_forged_trail_is_found_where_it_was_changed(session, held, sql, statement):
    whole = session.records.verify_chain()
    assert whole.holds
    assert whole.rows == whole.head.seq
    for trigger in ("update", "delete"):
        sql(f"DROP TRIGGER tr_audit_{trigger}")
    sql(statement)
    forged = session.records.verify_chain()
    assert not forged.holds
    assert forged.guards_off == ("audit",)
    assert f"seq = {forged.broken_at}" in statement


def test_that_a_guard_taken_away_or_weakened_is_found(session, sql):
    assert session.records.verify_chain().guards_off == ()
    sql("DROP TRIGGER tr_patient_delete")
    sql("CREATE TRIGGER tr_score_more BEFORE INSERT ON score BEGIN SELECT 1; END")
    report = session.records.verify_chain()
    assert report.guards_off == ("patient", "score")
    assert report.broken_at is None
    assert not report.holds


@settings(deadline=None)
@given(st.dictionaries(st.text(), st.integers() | st.decimals(allow_nan=False) | st.text()))
def test_that_equal_content_has_one_spelling_in_any_order(content):
    backwards = dict(reversed(content.items()))
    assert canonical(content) == canonical(backwards)


def test_that_the_canonical_form_is_that_of_the_specification():
    value = {"b": Decimal("5.0"), "a": "e\u0301", "c": [None, True, 3]}
    assert canonical(value) == '{"a":"\u00e9","b":"5.0","c":[null,true,"3"]}'
