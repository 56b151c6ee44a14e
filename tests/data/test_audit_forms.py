"""How the trail is chained, guarded and searched, to the letter: records hold these forms."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from scs_trial.data.audit import NO_DIGEST, ChainReport, digest
from scs_trial.data.triggers import GUARD_MARK, guards_off, trigger_statements
from scs_trial.services.audit_port import AuditQuery
from scs_trial.services.ports import AuditHead
from scs_trial.services.session import Session
from tests.data import build
from tests.records import NOW

ROW: dict[str, Any] = {
    "seq": 2,
    "at": datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
    "actor": "anna",
    "actor_id": UUID(int=1),
    "workstation": "w",
    "action": "insert",
    "entity": "patient",
    "entity_id": "x",
    "entity_version": 1,
    "patient_id": None,
    "reason": "Zoë",
    "old": None,
    "new": "{}",
    "prev": "0" * 64,
}
SPELLED = (
    '{"action":"insert","actor":"anna","actor_id":"00000000-0000-0000-0000-000000000001",'
    '"at":"2026-03-02T08:30:00.000000Z","entity":"patient","entity_id":"x","entity_version":"1",'
    '"new":"{}","old":null,"patient_id":null,"prev":"' + "0" * 64 + '","reason":"Zoë","seq":"2",'
    '"workstation":"w"}'
)


def test_that_a_digest_is_the_sha_256_of_the_canonical_row() -> None:
    assert digest(ROW) == hashlib.sha256(SPELLED.encode("utf-8")).hexdigest()
    assert digest({**ROW, "digest": "whatever"}) == digest(ROW)


@pytest.mark.parametrize("name", ROW)
def test_that_a_digest_covers_every_other_column(name: str) -> None:
    assert digest({**ROW, name: "other"}) != digest(ROW)
    with pytest.raises(KeyError):
        digest({key: value for key, value in ROW.items() if key != name})


def refuses(table: str, event: str, unless: str = "") -> str:
    verb = event.split(maxsplit=1)[0].lower()
    when = f" WHEN NOT ({unless})" if unless else ""
    return (
        f"CREATE TRIGGER tr_{table}_{verb} BEFORE {event} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, 'audit guard: {verb} of {table} refused'); END"
    )


def told(entity: str, entity_id: str, version: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit)"
        f" AND entity = '{entity}' AND entity_id = {entity_id} AND entity_version = {version})"
    )


def part(table: str, count: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM check_in_revision AS r JOIN audit AS a"
        " ON a.seq = (SELECT max(seq) FROM audit) WHERE r.id = NEW.revision_id"
        " AND a.entity = 'check_in' AND a.entity_id = r.check_in_id"
        " AND a.entity_version = r.revision"
        f" AND r.{count} > (SELECT count(*) FROM {table} WHERE revision_id = NEW.revision_id))"
    )


STEP = "NEW.id = OLD.id AND NEW.version = OLD.version + 1 AND "
GUARDS = {
    "audit": [
        refuses(
            "audit",
            "INSERT",
            "(NEW.seq = 1 AND NOT EXISTS (SELECT 1 FROM audit)) OR EXISTS (SELECT 1 FROM audit"
            " WHERE seq = (SELECT max(seq) FROM audit)"
            " AND NEW.seq = seq + 1 AND NEW.prev = digest)",
        ),
        refuses("audit", "UPDATE"),
        refuses("audit", "DELETE"),
    ],
    "patient": [
        refuses(
            "patient", "INSERT", "NEW.version = 1 AND " + told("patient", "NEW.id", "NEW.version")
        ),
        refuses(
            "patient",
            "UPDATE OF id, name, version",
            STEP + told("patient", "NEW.id", "NEW.version"),
        ),
        refuses("patient", "DELETE"),
    ],
    "trial": [  # what follows from other rows may change by itself
        refuses("trial", "INSERT", "NEW.version = 1 AND " + told("trial", "NEW.id", "NEW.version")),
        refuses("trial", "UPDATE OF id, version", STEP + told("trial", "NEW.id", "NEW.version")),
        refuses("trial", "DELETE"),
    ],
    "call": [
        refuses("call", "INSERT", told("call", "NEW.id", "1")),
        refuses("call", "UPDATE"),
        refuses("call", "DELETE"),
    ],
    "check_in_revision": [
        refuses("check_in_revision", "INSERT", told("check_in", "NEW.check_in_id", "NEW.revision")),
        refuses("check_in_revision", "UPDATE"),
        refuses("check_in_revision", "DELETE"),
    ],
    "score": [
        refuses("score", "INSERT", part("score", "scores")),
        refuses("score", "UPDATE"),
        refuses("score", "DELETE"),
    ],
    "safety_answer": [
        refuses("safety_answer", "INSERT", part("safety_answer", "safety_answers")),
        refuses("safety_answer", "UPDATE"),
        refuses("safety_answer", "DELETE"),
    ],
    "draft": [],
}
COLUMNS = {
    **dict.fromkeys(GUARDS, ("id",)),
    "patient": ("id", "name", "version"),
    "trial": ("id", "decided", "in_work", "version"),
}


@pytest.mark.parametrize("table", GUARDS)
def test_that_a_guard_has_one_text(table: str) -> None:
    assert list(trigger_statements({table: COLUMNS[table]})) == GUARDS[table]


def test_that_only_tables_that_are_there_are_guarded() -> None:
    assert set(trigger_statements(COLUMNS)) == {one for held in GUARDS.values() for one in held}
    assert list(trigger_statements({})) == []
    assert GUARD_MARK == "audit guard:"


def test_that_guards_missing_changed_or_added_are_named(session: Session) -> None:
    engines = session.records._engines  # type: ignore[attr-defined]
    with engines.writer.connect() as connection, connection.begin():
        assert guards_off(connection) == ()
        connection.exec_driver_sql("DROP TRIGGER tr_patient_delete")
        assert guards_off(connection) == ("patient",)
        connection.exec_driver_sql("CREATE TRIGGER more AFTER INSERT ON draft BEGIN SELECT 1; END")
        assert guards_off(connection) == ("draft", "patient")
        connection.rollback()


def test_that_a_new_trail_begins_at_nothing_and_goes_on_by_one(session: Session) -> None:
    with session.writing() as work:
        before = work.audit.head()
        work.audit.note("looked", entity="record", entity_id="", new={"a": 1}, reason="why")
        after = work.audit.head()
        assert after.seq == before.seq + 1
        work.commit()
    with session.reading() as work:
        assert work.audit.head() == after
        assert work.audit.digest_at(after.seq) == after.digest
        assert work.audit.digest_at(after.seq + 1) is None
        (entry,) = work.audit.search(AuditQuery(limit=1))
    assert (entry.seq, entry.at, entry.actor, entry.workstation) == (
        after.seq,
        NOW,
        "anna",
        "test station",
    )
    assert (entry.action, entry.entity, entry.entity_id) == ("looked", "record", "")
    assert (entry.reason, entry.old, entry.new, entry.patient_id) == (
        "why",
        None,
        '{"a":"1"}',
        None,
    )
    assert entry.digest == after.digest
    assert NO_DIGEST == "0" * 64


def test_that_a_report_holds_when_the_chain_and_the_guards_do() -> None:
    whole = ChainReport(rows=1, head=AuditHead(seq=1, digest="x"))
    assert whole.holds
    assert not replace(whole, broken_at=1).holds
    assert not replace(whole, guards_off=("audit",)).holds


def test_that_a_check_of_the_chain_says_how_far_it_holds(session: Session) -> None:
    records: Any = session.records
    whole = records.verify_chain()
    with session.reading() as work:
        assert (whole.rows, whole.head) == (work.audit.head().seq, work.audit.head())
    with records._engines.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("DROP TRIGGER tr_audit_update")
        connection.exec_driver_sql("UPDATE audit SET reason = 'x' WHERE seq = 3")
    broken = records.verify_chain()
    with session.reading() as work:
        assert broken.head == AuditHead(seq=2, digest=work.audit.digest_at(2) or "")
    assert (broken.rows, broken.broken_at, broken.guards_off) == (2, 3, ("audit",))
    assert records.chain_state().rows == 2


def found(session: Session, **given: Any) -> list[str]:
    with session.reading() as work:
        return [entry.action for entry in work.audit.search(AuditQuery(**given))]


def test_that_the_trail_is_searched_by_parts_of_words_and_half_open_times(session: Session) -> None:
    whole = len(found(session))
    patient = build.patient()
    with session.writing() as work:
        work.patients.save(patient)
        work.audit.note("first", entity="thing", entity_id="1", patient_id=patient.id)
        work.audit.note("second", entity="thing", entity_id="2")
        work.commit()
    assert found(session, action="thing") == ["second", "first"]
    assert found(session, action="FIR") == ["first"]
    assert found(session, action=" second ") == ["second"]
    assert found(session, action="_irst") == []  # a sign, not a wild card
    assert found(session, patients=(patient.id,)) == ["first", "insert"]
    assert found(session, patients=()) == []
    assert found(session, actor=" NN ", action="thing") == ["second", "first"]
    assert found(session, actor="a%a") == []
    assert len(found(session, since=NOW)) == whole + 3
    assert found(session, since=NOW + timedelta(microseconds=1)) == []
    assert found(session, until=NOW) == []
    assert len(found(session, until=NOW + timedelta(microseconds=1))) == whole + 3
    assert found(session, limit=1) == ["second"]
    assert len(found(session, limit=None)) == whole + 3


def test_that_the_rows_of_a_patient_are_the_newest(session: Session) -> None:
    patient = build.patient()
    with session.writing() as work:
        work.patients.save(patient)
        for number in range(3):
            work.audit.note(
                f"look {number}", entity="patient", entity_id="x", patient_id=patient.id
            )
        work.audit.note("other", entity="patient", entity_id="y", patient_id=uuid4())
        work.commit()
    with session.reading() as work:
        assert [row.action for row in work.audit.of_patient(patient.id)] == [
            "look 2",
            "look 1",
            "look 0",
            "insert",
        ]
        assert [row.action for row in work.audit.of_patient(patient.id, limit=1)] == ["look 2"]


def test_that_the_newest_change_of_each_row_and_every_revision_is_told(session: Session) -> None:
    patient = build.patient()
    trial = build.trial(patient.id)
    check_in = build.check_in(trial.id)
    with session.writing() as work:
        work.patients.save(patient)
        changed = work.patients.save(replace(patient, best_time="noon"))
        work.trials.save(trial)
        work.check_ins.add(check_in)
        work.check_ins.revise(replace(check_in, note="misheard"))
        work.commit()
    with session.reading() as work:
        told = [(row.entity, row.action) for row in work.audit.latest_changes()]
        assert work.audit.unaudited() == ()
    assert changed.version == patient.version + 1
    assert told[-4:] == [
        ("patient", "update"),
        ("trial", "insert"),
        ("check_in", "insert"),
        ("check_in", "update"),
    ]


def test_that_who_only_reads_writes_nothing_on_the_trail(session: Session) -> None:
    with session.reading() as work, pytest.raises(RuntimeError, match="can't write"):
        work.audit.note("x", entity="y", entity_id="z")
