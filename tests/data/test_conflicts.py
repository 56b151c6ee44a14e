"""Two people on one row, the same form saved twice, and what must be unique."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Decision, DecisionKind
from scs_trial.errors import ConflictError
from tests.data import build


@pytest.fixture
def held(session):
    """A stored patient with a stored trial, check-in and event."""
    patient = build.patient()
    trial = build.trial(patient.id)
    check_in = build.check_in(trial.id)
    event = build.event(patient.id, trial.id)
    with session.writing() as work:
        work.patients.save(patient)
        work.trials.save(trial)
        work.check_ins.add(check_in)
        work.safety.save(event)
        work.commit()
    return patient, trial, check_in, event


def test_that_each_save_makes_the_next_version(session, held):
    patient, trial, _, event = held
    with session.writing() as work:
        assert work.patients.save(replace(patient, name="New Name")).version == 2
        assert work.trials.save(replace(trial, planned_days=8)).version == 2
        assert work.safety.save(replace(event, description="x")).version == 2
        work.commit()
    with session.reading() as work:
        assert work.patients.get(patient.id) == replace(patient, name="New Name", version=2)


@pytest.mark.parametrize("kind", ["patients", "trials", "check_ins", "safety"])
def test_that_a_stale_version_is_refused_and_nothing_is_written(session, held, kind):
    entity = dict(zip(("patients", "trials", "check_ins", "safety"), held, strict=True))[kind]
    change = "revise" if kind == "check_ins" else "save"
    with session.writing() as work:
        getattr(getattr(work, kind), change)(entity)
        work.commit()
    with session.reading() as work:
        head = work.audit.head()
    with session.writing() as work, pytest.raises(ConflictError, match="Somebody else"):
        getattr(getattr(work, kind), change)(entity)
    with session.reading() as work:
        assert work.audit.head() == head


def test_that_a_new_row_begins_with_version_one(session):
    with session.writing() as work, pytest.raises(ConflictError):
        work.patients.save(build.patient(version=2))


def test_that_the_same_check_in_again_is_a_safe_retry(session, held):
    *_, check_in, _ = held
    later = replace(check_in, recorded_at=build.AT + timedelta(minutes=2))
    with session.writing() as work:
        assert work.check_ins.add(later) == check_in
        head = work.audit.head()
        work.commit()
    with session.reading() as work:
        assert work.audit.head() == head
        assert work.check_ins.history(check_in.id) == (check_in,)


def test_that_the_same_id_with_other_answers_is_refused(session, held):
    *_, check_in, _ = held
    other = replace(check_in, values={Series("pain_average"): Decimal(1)})
    with session.writing() as work, pytest.raises(ConflictError, match="other answers"):
        work.check_ins.add(other)


def test_that_a_second_check_in_of_a_day_and_phase_is_refused(session, held):
    _, trial, check_in, _ = held
    with session.writing() as work, pytest.raises(ConflictError, match="already has a check-in"):
        work.check_ins.add(build.check_in(trial.id, day=check_in.day))


def test_that_two_live_patients_never_share_an_mrn(session, held):
    patient, *_ = held
    double = build.patient(mrn=patient.mrn)
    with session.writing() as work, pytest.raises(ConflictError, match="Another patient"):
        work.patients.save(double)
    with session.writing() as work:
        work.patients.save(replace(patient, entered_in_error=True))
        work.patients.save(double)
        work.commit()
    with session.reading() as work:
        assert work.patients.by_mrn(patient.mrn) == double


def test_that_patients_without_an_mrn_do_not_conflict(session):
    with session.writing() as work:
        for _ in range(2):
            work.patients.save(Patient(id=uuid4(), name="Unknown", mrn=""))
        assert work.patients.by_mrn("") is None
        work.commit()


def test_that_a_version_of_a_decision_is_taken_once(session, held):
    _, trial, *_ = held
    decision = Decision(
        id=uuid4(),
        trial_id=trial.id,
        version=1,
        kind=DecisionKind.UNDECIDED,
        reason="wait",
        decider="Dr. Lang",
        decided_at=build.AT,
        by=uuid4(),
    )
    with session.writing() as work:
        work.notes.add_decision(decision)
        work.notes.add_decision(decision)  # a retry
        assert work.notes.decisions([trial.id]) == {trial.id: (decision,)}
        with pytest.raises(ConflictError, match="already saved"):
            work.notes.add_decision(replace(decision, reason="other"))
        with pytest.raises(ConflictError):
            work.notes.add_decision(replace(decision, id=uuid4()))
