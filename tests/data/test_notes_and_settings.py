"""Notes of a trial, drafts, settings and accounts come back as they were put in."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.domain.check_in import CallAttempt, CallOutcome
from scs_trial.domain.clinic import Account, AskAbout, ClinicSettings, Role
from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.domain.trial import (
    ConfirmationAnswer,
    FollowUp,
    MedicationEntry,
    ProgramChange,
)
from scs_trial.services.ports import Draft
from tests.data import build


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


def test_that_the_notes_of_a_trial_come_back_oldest_first(session, held):
    _, trial = held
    by = session.account.id
    calls = [
        CallAttempt(
            id=uuid4(),
            trial_id=trial.id,
            about_day=date(2026, 3, 5),
            at=build.AT + timedelta(minutes=minute),
            by=by,
            outcome=CallOutcome.CALL_BACK,
            call_back_at=build.AT,
            note="busy",
        )
        for minute in (5, 1)
    ]
    programs = [
        ProgramChange(
            id=uuid4(),
            trial_id=trial.id,
            from_when=datetime.fromisoformat(f"2026-03-0{day}T10:00"),
            by="rep",
            name=f"P{day}",
            waveform="burst",
            amplitude=Decimal("3.50"),
            pulse_width_us=Decimal(300),
            frequency_hz=Decimal("1.2E+3"),
            paresthesia=False,
            reason="better",
        )
        for day in (4, 3)
    ]
    follow_up = FollowUp(
        id=uuid4(),
        trial_id=trial.id,
        month=3,
        seen_on=date(2026, 6, 1),
        implant_date=date(2026, 4, 1),
        pain=Decimal("2.5"),
        outcome="well",
        by=by,
        at=build.AT,
    )
    answers = [
        ConfirmationAnswer(
            trial_id=trial.id, name="function", answer=answer, by=by, at=build.AT, note="seen"
        )
        for answer in (False, True)
    ]
    with session.writing() as work:
        for call in calls:
            work.notes.add_call(call)
        for program in programs:
            work.notes.add_program(program)
        for answer in (*answers, answers[0]):  # the last one is a retry
            work.notes.add_confirmation(answer)
        work.notes.add_follow_up(follow_up)
        work.commit()
    with session.reading() as work:
        assert work.notes.calls([trial.id]) == {trial.id: tuple(reversed(calls))}
        assert work.notes.programs(trial.id) == tuple(reversed(programs))
        assert work.notes.confirmations([trial.id]) == {trial.id: tuple(answers)}
        assert work.notes.follow_ups(trial.id) == (follow_up,)


def test_that_a_medication_entry_is_ended_under_the_same_id(session, held):
    _, trial = held
    entry = MedicationEntry(
        id=uuid4(),
        trial_id=trial.id,
        drug="oxycodone",
        amount=Decimal("20.0"),
        from_day=date(2026, 3, 1),
    )
    over = replace(entry, to_day=date(2026, 3, 4), note="stopped")
    for state in (entry, over, over):
        with session.writing() as work:
            work.notes.add_medication(state)
            work.commit()
        with session.reading() as work:
            assert work.notes.medication(trial.id) == (state,)


def test_that_drafts_are_replaced_listed_newest_first_and_discarded(session):
    me = session.account.id
    older = Draft(
        account_id=me, key="a", patient_id=uuid4(), payload='{"x":1}', updated_at=build.AT
    )
    newer = replace(older, key="b", updated_at=build.AT + timedelta(seconds=1))
    changed = replace(older, payload='{"x":2}')
    with session.writing() as work:
        for draft in (older, newer, changed, replace(older, account_id=uuid4())):
            work.drafts.put(draft)
        head = work.audit.head()
        work.commit()
    with session.writing() as work:
        assert work.drafts.of_account(me) == (newer, changed)
        work.drafts.discard(me, "a")
        work.drafts.discard(me, "never")
        work.commit()
    with session.reading() as work:
        assert work.drafts.of_account(me) == (newer,)
        assert work.audit.head() == head


def test_that_settings_facts_and_criteria_files_come_back_as_they_were(session):
    item = SafetyItem(
        id="fever", question="Fever?", finding="fever", urgency=Urgency.URGENT, says="infection"
    )
    chosen = ClinicSettings(
        zone="America/Lima",
        clinic_name="Clínica",
        ask_about=AskAbout.TODAY,
        days_off=frozenset({6, 7}),
        measures_asked=("pain_average",),
        safety=SafetyList(
            version="2", items=(item,), approved_by="Dr. Lang", approved_on=date(2026, 1, 2)
        ),
    )
    with session.writing() as work:
        work.settings.save(chosen, reason="agreed")
        work.settings.set_record_info("demo", "yes")
        work.settings.save_criteria_file("own.toml", 'id = "own"')
        work.settings.save_criteria_file("own.toml", 'id = "own2"', reason="payer changed")
        work.commit()
    with session.reading() as work:
        assert work.settings.get() == chosen
        assert work.settings.record_info("demo") == "yes"
        assert work.settings.record_info("nothing") is None
        assert work.settings.criteria_files() == {"own.toml": 'id = "own2"'}


def test_that_accounts_are_added_and_changed(session):
    nurse = Account(id=uuid4(), user_name="Bo", display_name="Bo", roles=frozenset({Role.NURSE}))
    both = replace(nurse, display_name="Bo B.", roles=frozenset({Role.NURSE, Role.CLINICIAN}))
    for state in (nurse, both):
        with session.writing() as work:
            work.accounts.save(state)
            work.commit()
        with session.reading() as work:
            assert work.accounts.all() == (session.account, state)
