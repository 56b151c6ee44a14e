"""Lists and search: what they hold, and that each one walks an index."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import Urgency
from scs_trial.domain.trial import Decision, DecisionKind, Trial
from tests.data import build


def add_patients(session, *patients):
    with session.writing() as work:
        for patient in patients:
            work.patients.save(patient)
        work.commit()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("muller", True),
        ("MÜLL", True),
        ("mull anna", True),
        ("anna-lena", True),
        ("lena", True),
        ("ster", False),  # a part is found from its beginning
        ("Stra", True),  # ß is ss, and both are found
        ("strasser", True),
        ("104", True),
        ("104882", True),
        ("104 882", True),
        ("4882", False),
        ("1961-04-30", True),
        ("30.4.1961", True),
        ("4/30/1961", True),
        ("30.2.1961", False),
        ("", False),
        ("  ", False),
        ("%", False),
        ("muller berta", False),
    ],
)
def test_that_a_patient_is_found_by_name_parts_mrn_and_birth_date(session, query, found):
    wanted = Patient(
        id=uuid4(),
        name="Anna-Lena Müller Straßer",
        mrn="104 882",
        birth_date=date(1961, 4, 30),
    )
    add_patients(session, wanted, build.patient(birth_date=date(1950, 1, 1), mrn="777"))
    with session.reading() as work:
        assert work.patients.search(query) == ((wanted,) if found else ())


def test_that_retracted_and_merged_patients_are_found_by_id_only(session):
    kept, merged, wrong = (build.patient(name=f"Same Name {n}") for n in range(3))
    add_patients(session, kept, merged, wrong)
    with session.writing() as work:
        merged = work.patients.save(replace(merged, merged_into=kept.id))
        wrong = work.patients.save(replace(wrong, entered_in_error=True))
        work.commit()
    with session.reading() as work:
        assert work.patients.search("same") == (kept,)
        assert work.patients.recent() == (kept,)
        assert work.patients.by_mrn(merged.mrn) is None
        assert work.patients.get(merged.id) == merged
        assert work.patients.get(wrong.id) == wrong


def test_that_a_renamed_patient_is_found_by_the_new_name_only(session):
    patient = build.patient(name="Old Name")
    add_patients(session, patient)
    renamed = replace(patient, name="New Person")
    add_patients(session, renamed)
    with session.reading() as work:
        assert [held.id for held in work.patients.search("person")] == [patient.id]
        assert work.patients.search("old") == ()


def test_that_the_recent_patients_are_those_changed_last(session):
    first, second, third = (build.patient() for _ in range(3))
    add_patients(session, first, second, third, replace(first, language="Thai"))
    with session.reading() as work:
        found = [patient.id for patient in work.patients.recent(limit=2)]
    assert found == [first.id, third.id]


def decision(trial_id, version, kind):
    return Decision(
        id=uuid4(),
        trial_id=trial_id,
        version=version,
        kind=kind,
        reason="",
        decider="Dr. Lang",
        decided_at=build.AT,
        by=uuid4(),
    )


def test_that_trials_in_work_are_half_set_up_running_or_awaiting(session):
    patient = build.patient()
    half = Trial(id=uuid4(), patient_id=patient.id)
    running = build.trial(patient.id)
    undecided = build.ended(build.trial(patient.id), date(2026, 3, 8))
    awaiting = build.ended(build.trial(patient.id), date(2026, 3, 8), awaiting_diary=True)
    closed = build.ended(build.trial(patient.id), date(2026, 3, 8))
    wrong = build.trial(patient.id, entered_in_error=True)
    add_patients(session, patient)
    with session.writing() as work:
        for trial in (half, running, undecided, awaiting, closed, wrong):
            work.trials.save(trial)
        work.notes.add_decision(decision(undecided.id, 1, DecisionKind.UNDECIDED))
        work.notes.add_decision(decision(awaiting.id, 1, DecisionKind.NO_IMPLANT))
        work.notes.add_decision(decision(closed.id, 1, DecisionKind.PERMANENT_IMPLANT))
        work.commit()
    with session.reading() as work:
        assert set(work.trials.active()) == {half, running, undecided, awaiting}


def test_that_a_decision_stays_with_the_trial_through_later_saves(session):
    patient = build.patient()
    trial = build.ended(build.trial(patient.id), date(2026, 3, 8))
    add_patients(session, patient)
    with session.writing() as work:
        work.trials.save(trial)
        work.notes.add_decision(decision(trial.id, 1, DecisionKind.NO_IMPLANT))
        work.trials.save(replace(trial, history="more"))
        assert work.trials.active() == ()
        work.notes.add_decision(decision(trial.id, 2, DecisionKind.EXTEND))
        assert [held.id for held in work.trials.active()] == [trial.id]
        work.commit()


def test_that_ended_trials_are_listed_by_end_or_removal(session):
    patient = build.patient()
    end = date(2026, 3, 8)
    early = build.ended(build.trial(patient.id), end)
    removed_later = replace(
        early,
        id=uuid4(),
        lead_removed_at=early.lead_removed_at + timedelta(days=2),
    )
    running = build.trial(patient.id)
    wrong = replace(early, id=uuid4(), entered_in_error=True)
    add_patients(session, patient)
    with session.writing() as work:
        for trial in (early, removed_later, running, wrong):
            work.trials.save(trial)
        work.commit()
    with session.reading() as work:
        assert work.trials.ended_since(end) == (early, removed_later)
        assert work.trials.ended_since(end + timedelta(days=1)) == (removed_later,)
        assert work.trials.ended_since(end + timedelta(days=3)) == ()


def test_that_open_events_come_with_the_most_urgent_first(session):
    patient = build.patient()
    events = [
        build.event(patient.id, None, urgency=urgency, reported_at=build.AT + timedelta(days=day))
        for urgency, day in [
            (Urgency.NOTE, 0),
            (Urgency.EMERGENCY, 2),
            (Urgency.SAME_DAY, 1),
            (Urgency.EMERGENCY, 1),
        ]
    ]
    over = build.event(patient.id, None, resolved_at=build.AT, resolved_by="x", resolution="y")
    wrong = build.event(patient.id, None, entered_in_error=True)
    add_patients(session, patient)
    with session.writing() as work:
        for held in (*events, over, wrong):
            work.safety.save(held)
        work.commit()
    with session.reading() as work:
        found = work.safety.open()
        assert found == (events[3], events[1], events[2], events[0])
        assert wrong not in work.safety.of_patient(patient.id)
        assert over in work.safety.of_patient(patient.id)


def test_that_the_newest_trial_of_each_patient_is_the_first_of_its_list(session):
    several, none = build.patient(name="Several Trials"), build.patient(name="No Trial")
    add_patients(session, several, none)
    day = build.AT.date()
    with session.writing() as work:
        for start, wrong in ((day, False), (day - timedelta(days=90), False), (day, True)):
            trial = Trial(id=uuid4(), patient_id=several.id, trial_start=start)
            work.trials.save(replace(trial, entered_in_error=wrong))
        work.commit()
    with session.reading() as work:
        first = work.trials.of_patient(several.id)[0]
        found = work.trials.newest_of([several.id, none.id])
        assert found == {several.id: (first.id, first.trial_start)}
    half = Trial(id=uuid4(), patient_id=several.id)
    with session.writing() as work:
        work.trials.save(half)
        work.commit()
    with session.reading() as work:
        assert work.trials.newest_of([several.id]) == {several.id: (half.id, None)}


LISTS = {
    "recent": ("ix_patient_changed_seq", lambda work, trial: work.patients.recent()),
    "by mrn": ("uq_patient_mrn", lambda work, trial: work.patients.by_mrn("1")),
    "by name": ("ix_patient_name_part_part", lambda work, trial: work.patients.search("an mul")),
    "by one part": ("ix_patient_name_part_part", lambda work, trial: work.patients.search("mul")),
    "newest trials": (
        "ix_trial_patient_id",
        lambda work, trial: work.trials.newest_of([trial.patient_id, trial.id]),
    ),
    "by part of mrn": ("ix_patient_mrn_key", lambda work, trial: work.patients.search("104")),
    "by birth": ("ix_patient_birth_date", lambda work, trial: work.patients.search("1961-04-29")),
    "active": ("ix_trial_in_work", lambda work, trial: work.trials.active()),
    "ended": ("ix_trial_over_on", lambda work, trial: work.trials.ended_since(build.AT.date())),
    "trials": ("ix_trial_patient_id", lambda work, trial: work.trials.of_patient(trial.patient_id)),
    "check-ins": (
        "uq_check_in_trial_id_day_phase",
        lambda work, trial: work.check_ins.of_trial(trial.id),
    ),
    "history": (
        "sqlite_autoindex_check_in_revision_1",
        lambda work, trial: work.check_ins.history(trial.id),
    ),
    "open events": ("ix_safety_event_open", lambda work, trial: work.safety.open()),
    "events": (
        "ix_safety_event_patient_id",
        lambda work, trial: work.safety.of_patient(trial.patient_id),
    ),
    "calls": ("ix_call_trial_id", lambda work, trial: work.notes.calls([trial.id])),
    "decisions": (
        "sqlite_autoindex_decision_2",
        lambda work, trial: work.notes.decisions([trial.id]),
    ),
    "audit": ("ix_audit_patient_id", lambda work, trial: work.audit.of_patient(trial.patient_id)),
    "drafts": ("sqlite_autoindex_draft_1", lambda work, trial: work.drafts.of_account(trial.id)),
}
"""The index that each list is to walk."""
IN_ORDER = ("recent", "by part of mrn", "by name", "active", "ended", "audit")
"""Long lists that are cut off: the index gives their order too."""


@pytest.mark.parametrize("name", LISTS)
def test_that_each_list_walks_an_index_and_takes_few_queries(session, name):
    patient = build.patient()
    trial = build.trial(patient.id)
    add_patients(session, patient)
    with session.writing() as work:
        work.trials.save(trial)
        for day in range(1, 20):
            work.check_ins.add(build.check_in(trial.id, day=date(2026, 3, day)))
        work.commit()
    seen = []
    with session.reading() as work:
        driver = work._connection.connection.driver_connection
        driver.set_trace_callback(seen.append)
        try:
            LISTS[name][1](work, trial)
        finally:
            driver.set_trace_callback(None)
        queries = [text for text in seen if text.startswith("SELECT")]
        assert 1 <= len(queries) <= 3
        plans = [driver.execute(f"EXPLAIN QUERY PLAN {text}").fetchall() for text in queries]
    steps = [step[3] for plan in plans for step in plan]
    assert LISTS[name][0] in steps[0], steps
    assert not [step for step in steps if step.startswith("SCAN") and " USING " not in step]
    if name in IN_ORDER:
        assert not [step for step in steps if "TEMP B-TREE FOR ORDER" in step], steps
