"""What goes into the record comes out of it, through every method of the ports."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import (
    Trial,
)
from scs_trial.errors import NotFoundError
from tests.data import build

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
MIN, MAX = (datetime.fromisoformat(text) for text in ("1900-01-01", "2200-01-01"))
ANY_DECIMAL = st.decimals(allow_nan=False, allow_infinity=False)


@pytest.fixture
def held(session):
    """A stored patient with a stored trial."""
    patient = build.patient()
    trial = build.trial(patient.id)
    with session.writing() as work:
        work.patients.save(patient)
        work.trials.save(trial)
        work.commit()
    return patient, trial


def test_that_a_patient_a_trial_a_check_in_and_an_event_come_back_as_they_were(session):
    patient = build.patient()
    trial = build.trial(patient.id)
    check_in = build.check_in(trial.id)
    event = build.event(patient.id, trial.id)
    with session.writing() as work:
        assert work.patients.save(patient) == patient
        assert work.trials.save(trial) == trial
        assert work.check_ins.add(check_in) == check_in
        assert work.safety.save(event) == event
        work.commit()
    with session.reading() as work:
        assert work.patients.get(patient.id) == patient
        assert work.patients.get_many([patient.id, uuid4()]) == {patient.id: patient}
        assert work.trials.get(trial.id) == trial
        assert work.trials.of_patient(patient.id) == (trial,)
        assert work.check_ins.get(check_in.id) == check_in
        assert work.check_ins.at(trial.id, check_in.day, Phase.TRIAL) == check_in
        assert work.check_ins.at(trial.id, check_in.day, Phase.BASELINE) is None
        assert work.check_ins.of_trial(trial.id) == (check_in,)
        assert work.safety.get(event.id) == event
        assert work.safety.of_patient(patient.id) == (event,)
        assert work.safety.open() == (event,)


def test_that_a_trial_half_set_up_and_an_ended_one_come_back_as_they_were(session, held):
    patient, trial = held
    half = Trial(id=uuid4(), patient_id=patient.id)
    over = build.ended(trial, date(2026, 3, 9), awaiting_diary=True)
    with session.writing() as work:
        work.trials.save(half)
        over = work.trials.save(over)
        work.commit()
    with session.reading() as work:
        assert work.trials.get(half.id) == half
        assert work.trials.get(over.id) == over
        assert work.trials.of_patient(patient.id) == (half, over)


def test_that_nothing_is_kept_without_a_commit(session):
    patient = build.patient()
    with session.writing() as work:
        work.patients.save(patient)
    with session.reading() as work:
        assert work.patients.by_mrn(patient.mrn) is None
        assert work.patients.recent() == ()


def test_that_an_unknown_id_is_said_to_be_missing(session):
    with session.reading() as work:
        for get in (work.patients.get, work.trials.get, work.check_ins.get, work.safety.get):
            with pytest.raises(NotFoundError):
                get(uuid4())


def test_that_a_reading_unit_of_work_can_not_write(session, held):
    with session.reading() as work, pytest.raises(RuntimeError):
        work.patients.save(build.patient())
    with session.reading() as work, pytest.raises(RuntimeError):
        work.commit()


def test_that_a_correction_is_a_revision_and_the_first_one_stays(session, held):
    _, trial = held
    first = build.check_in(trial.id)
    with session.writing() as work:
        work.check_ins.add(first)
        work.commit()
    corrected = replace(
        first, values={Series("pain_average"): Decimal(4)}, reason="misheard", revised_at=build.AT
    )
    with session.writing() as work:
        second = work.check_ins.revise(corrected)
        work.commit()
    assert second == replace(corrected, revision=2)
    with session.reading() as work:
        assert work.check_ins.get(first.id) == second
        assert work.check_ins.history(first.id) == (first, second)


def test_that_a_retracted_check_in_frees_its_day_and_stays_in_the_history(session, held):
    _, trial = held
    wrong = build.check_in(trial.id)
    right = build.check_in(trial.id)
    with session.writing() as work:
        work.check_ins.add(wrong)
        gone = work.check_ins.revise(replace(wrong, entered_in_error=True, reason="wrong one"))
        work.check_ins.add(right)
        work.commit()
    with session.reading() as work:
        assert work.check_ins.of_trial(trial.id) == (right,)
        assert work.check_ins.get(wrong.id) == gone


def test_that_a_check_in_moves_to_another_day_and_trial(session, held):
    patient, trial = held
    other = build.trial(patient.id)
    check_in = build.check_in(trial.id)
    with session.writing() as work:
        work.trials.save(other)
        work.check_ins.add(check_in)
        moved = work.check_ins.revise(
            replace(check_in, trial_id=other.id, day=date(2026, 3, 6), phase=Phase.BASELINE)
        )
        work.commit()
    with session.reading() as work:
        found = work.check_ins.of_trials([trial.id, other.id])
    assert found == {trial.id: (), other.id: (moved,)}


def test_that_check_ins_come_by_day_and_phase(session, held):
    _, trial = held
    days = [(4, Phase.TRIAL), (2, Phase.TRIAL), (2, Phase.BASELINE), (3, Phase.TRIAL)]
    with session.writing() as work:
        for day, phase in days:
            work.check_ins.add(build.check_in(trial.id, day=date(2026, 3, day), phase=phase))
        work.commit()
    with session.reading() as work:
        found = [(held.day.day, held.phase) for held in work.check_ins.of_trial(trial.id)]
    assert found == sorted(days, key=lambda pair: (pair[0], pair[1]))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=st.dictionaries(
        st.builds(Series, ANY_TEXT, st.none() | ANY_TEXT.filter(bool)), ANY_DECIMAL, max_size=5
    ),
    texts=st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT),
    at=st.datetimes(MIN, MAX, timezones=st.timezones(), allow_imaginary=False),
)
def test_that_any_decimal_text_and_instant_comes_back_exactly(session, values, texts, at):
    patient = Patient(id=uuid4(), name=texts[0], mrn=str(uuid4()), telephones=texts)
    trial = Trial(id=uuid4(), patient_id=patient.id, goals=texts, criteria_text=texts[1])
    helped, triggered, note = texts
    check_in = build.check_in(
        trial.id, values=values, helped=helped, triggered=triggered, note=note, recorded_at=at
    )
    with session.writing() as work:
        work.patients.save(patient)
        work.trials.save(trial)
        work.check_ins.add(check_in)
        work.commit()
    with session.reading() as work:
        assert work.patients.get(patient.id) == patient
        assert work.trials.get(trial.id) == trial
        stored = work.check_ins.get(check_in.id)
    # an ambiguous local time equals nothing in another zone, so compare in UTC
    assert stored == replace(check_in, recorded_at=at.astimezone(UTC))
    assert {key: str(value) for key, value in stored.values.items()} == {
        key: str(value) for key, value in values.items()
    }


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), 5.0, "5"])
def test_that_what_is_no_exact_number_is_refused(session, held, value):
    _, trial = held
    wrong = build.check_in(trial.id, values={Series("pain_average"): value})
    with session.writing() as work, pytest.raises(Exception, match=r"Decimal|float"):
        work.check_ins.add(wrong)


def test_that_instants_come_back_in_utc(session, held):
    patient, trial = held
    local = datetime.fromisoformat("2026-03-05T10:00:00+05:30")
    event = build.event(patient.id, trial.id, reported_at=local)
    with session.writing() as work:
        work.safety.save(event)
        work.commit()
    with session.reading() as work:
        stored = work.safety.get(event.id).reported_at
    assert (stored, stored.tzinfo) == (local, UTC)
