"""A check of the record compares every kind of row with the trail, in a stored full record."""

from __future__ import annotations

from pathlib import Path

import pytest

from scs_trial.clock import FixedClock
from scs_trial.data.triggers import create_triggers
from scs_trial.services.session import Session
from scs_trial.services.verify_record import verify_record
from tests.data import stored
from tests.records import NOW, reopened


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return reopened(stored.put(stored.SCHEMAS[-1], tmp_path), FixedClock(NOW))


def behind_the_guards(session: Session, act: str) -> None:
    """Change the file as somebody who knows the key could, and put the guards back."""
    with session.records._engines.writer.connect() as connection, connection.begin():
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in names.scalars().all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql(act)
        create_triggers(connection)


def test_that_a_full_record_holds(session: Session) -> None:
    made = verify_record(session)
    assert made.holds, made.findings
    assert [finding.text.partition(":")[0] for finding in made.findings] == [
        "Audit chain",
        "Guards",
        "File",
        "Content",
        "Signatures",
    ]
    assert made.findings[-1].text == "Signatures: all 2 hold."


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("call", "note = 'x'"),
        ("program_change", "name = 'x'"),
        ("medication", "drug = 'x'"),
        ("confirmation", "note = 'x'"),
        ("decision", "reason = 'x'"),
        ("follow_up", "outcome = 'x'"),
        ("signature", "signer = 'x'"),
        ("amendment", "reason = 'x'"),
        ("safety_event", "description = 'x'"),
        ("patient", "best_time = 'x'"),
        ("trial", "history = 'x'"),
        ("check_in_revision", "note = 'x'"),
        ("account", "display_name = 'x'"),
        ("criteria_file", "text = 'x'"),
        ("record_info", "value = 'x'"),
    ],
)
def test_that_a_change_of_any_kind_of_row_is_found(
    session: Session, table: str, change: str
) -> None:
    behind_the_guards(session, f"UPDATE {table} SET {change}")
    made = verify_record(session)
    wrong = [finding.text for finding in made.findings if not finding.holds]
    named = "check_in" if table == "check_in_revision" else table
    assert wrong
    assert wrong[0].startswith("Content: not as the audit trail tells: ")
    assert named in wrong[0]


def test_that_a_signature_that_does_not_hold_is_named_by_its_first_digits(session: Session) -> None:
    with session.reading() as work:
        digests = [signature.digest for signature in work.signatures.all()]
    behind_the_guards(session, "UPDATE signature SET content = '{}'")
    (text,) = [f.text for f in verify_record(session).findings if f.text.startswith("Signatures")]
    for digest in digests:
        assert f"signature {digest[:16]}: " in text
        assert digest[:17] not in text
