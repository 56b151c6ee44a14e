"""What goes into the record comes out of it."""

from datetime import date

from tests.data import build


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
        assert work.trials.get(trial.id) == trial
        assert work.trials.of_patient(patient.id) == (trial,)
        assert work.check_ins.get(check_in.id) == check_in
        assert work.check_ins.of_trial(trial.id) == (check_in,)
        assert work.safety.open() == (event,)


def test_that_nothing_is_kept_without_a_commit(session):
    patient = build.patient()
    with session.writing() as work:
        work.patients.save(patient)
    with session.reading() as work:
        assert work.patients.by_mrn(patient.mrn) is None
        assert work.trials.ended_since(date(2026, 1, 1)) == ()
