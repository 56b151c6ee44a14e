"""The check-in typed with real keys into a real encrypted record."""

from contextlib import contextmanager
from decimal import Decimal

from sqlalchemy import Engine, event

from scs_trial.domain.check_in import HowObtained, SafetyCheckState
from scs_trial.domain.diary import Phase
from tests.ui.check_in.make import (
    ACTIVITY,
    FRIDAY,
    LEAST,
    MME,
    PAIN,
    SLEEP,
    TRIAL,
    WALKING,
    WORST,
)

D = Decimal


def stored(session, day=FRIDAY, phase=Phase.TRIAL):
    with session.reading() as work:
        return work.check_ins.at(TRIAL.id, day, phase)


@contextmanager
def counted_commits():
    commits = []

    def note(connection):
        commits.append(connection)

    event.listen(Engine, "commit", note)
    try:
        yield commits
    finally:
        event.remove(Engine, "commit", note)


def audit_head(session):
    with session.reading() as work:
        return work.audit.head()


def test_that_a_full_check_in_takes_at_most_forty_keys_and_one_commit(pane, keys, session, qtbot):
    head = audit_head(session)
    keys.type("\n")  # speaking with Lindqvist, Per
    keys.type("251")  # average 2, worst 5, least 1 ...
    keys.type("\n")  # ... which waits for 0 or Enter
    keys.type("7")  # activity
    keys.type("45\n")  # walking
    keys.type("7.5\n")  # sleep
    keys.type("30\n")  # opioids
    keys.type("p1\n")  # program
    keys.type("nnnnnnnn")  # eight safety questions
    assert audit_head(session) == head  # so far drafts only
    with counted_commits() as commits, qtbot.waitSignal(pane.saved):
        keys.save()
    assert len(commits) == 1
    assert keys.count <= 40
    made = stored(session)
    assert made.values == {
        PAIN: D(2),
        WORST: D(5),
        LEAST: D(1),
        ACTIVITY: D(7),
        WALKING: D(45),
        SLEEP: D("7.5"),
        MME: D(30),
    }
    assert made.program == "P1 tonic"
    assert made.identity_confirmed
    assert made.how_obtained is HowObtained.PHONE
    assert made.safety.state is SafetyCheckState.ASKED_CLEAR
