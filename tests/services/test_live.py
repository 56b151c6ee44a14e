"""Nothing is written to what was taken out of the record, but for safety events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.domain.check_in import CallOutcome
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.safety import Urgency
from scs_trial.domain.trial import DecisionKind, MedicationEntry, ProgramChange, Trial
from scs_trial.errors import UserError
from scs_trial.services.manage_trial import (
    EndTrial,
    answer_confirmation,
    change_program,
    end_trial,
    move_trial,
    record_decision,
    record_medication,
    reopen_trial,
    retract_trial,
    save_trial,
)
from scs_trial.services.record_check_in import (
    correct_check_in,
    declare_missed,
    move_check_in,
    retract_check_in,
)
from scs_trial.services.register_patient import merge_patients, retract_patient
from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event
from scs_trial.services.today import Section, today_list
from tests.services.clinic import Clinic, command, day

NOON = datetime.fromisoformat("2026-11-16T12:00")


def _end(clinic: Clinic, trial: Trial) -> object:
    last, version = day(1), clinic.stored(trial).version
    ending = EndTrial(
        trial_id=trial.id, version=version, last_full_day=last, reason=EndReason.OTHER
    )
    return end_trial(clinic.session, ending)


def _program(clinic: Clinic, trial: Trial) -> object:
    change = ProgramChange(id=uuid4(), trial_id=trial.id, from_when=NOON, by="rep", name="P1")
    return change_program(clinic.session, change)


def _medication(clinic: Clinic, trial: Trial) -> object:
    entry = MedicationEntry(
        id=uuid4(), trial_id=trial.id, drug="morphine", amount=Decimal(1), from_day=day(0)
    )
    return record_medication(clinic.session, entry)


ACTS: dict[str, Callable[[Clinic, Trial], object]] = {
    "check_in": lambda clinic, trial: clinic.check_in(trial, 1),
    "missed": lambda clinic, trial: declare_missed(clinic.session, trial.id, [day(1)]),
    "call": lambda clinic, trial: clinic.call(trial, CallOutcome.NO_ANSWER),
    "set_up": lambda clinic, trial: save_trial(clinic.session, clinic.stored(trial)),
    "end": _end,
    "reopen": lambda clinic, trial: reopen_trial(
        clinic.session, trial.id, planned_days=9, reason="x"
    ),
    "program": _program,
    "medication": _medication,
    "decision": lambda clinic, trial: record_decision(
        clinic.session, trial.id, kind=DecisionKind.EXTEND, reason="x"
    ),
    "confirmation": lambda clinic, trial: answer_confirmation(
        clinic.session, trial.id, name="functional_improvement", answer=True
    ),
    "move": lambda clinic, trial: move_trial(
        clinic.session, trial.id, to_patient=clinic.patient("Haddad, Samir").id, reason="x"
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_that_nothing_is_added_to_a_retracted_trial(clinic: Clinic, act: str) -> None:
    trial = clinic.trial(criteria_id="medicare-style")
    clinic.on(2)
    retract_trial(clinic.session, trial.id, reason="wrong patient")
    with pytest.raises(UserError, match="entered in error"):
        ACTS[act](clinic, trial)


@pytest.mark.parametrize("act", ACTS)
def test_that_it_is_added_to_a_live_one(clinic: Clinic, act: str) -> None:
    trial = clinic.trial(criteria_id="medicare-style")
    clinic.on(2)
    ACTS[act](clinic, trial)


def test_that_a_retracted_check_in_is_neither_corrected_nor_moved(clinic: Clinic) -> None:
    trial = clinic.trial()
    first = clinic.on(2).check_in(trial, 1)
    retract_check_in(clinic.session, first.id, reason="wrong patient")
    form = command(trial, 1, id=first.id)
    with pytest.raises(UserError, match="entered in error"):
        correct_check_in(clinic.session, form, revision=2, reason="x")
    with pytest.raises(UserError, match="entered in error"):
        move_check_in(
            clinic.session, first.id, to_trial=trial.id, day=day(2), phase=Phase.TRIAL, reason="x"
        )


def test_that_no_trial_is_begun_or_moved_under_a_patient_who_was_taken_out(clinic: Clinic) -> None:
    gone, trial = clinic.patient("Haddad, Samir"), clinic.trial()
    retract_patient(clinic.session, gone.id, reason="test entry")
    with pytest.raises(UserError, match="taken out"):
        clinic.trial(gone)
    with pytest.raises(UserError, match="taken out"):
        move_trial(clinic.session, trial.id, to_patient=gone.id, reason="x")


def test_that_a_safety_event_of_a_merged_patient_follows_the_merge(clinic: Clinic) -> None:
    keep, duplicate = clinic.patient("Okafor, Grace"), clinic.patient("Okafor, G.")
    merge_patients(clinic.session, keep=keep.id, duplicate=duplicate.id, reason="twice")
    report = ReportSafetyEvent(
        id=uuid4(),
        patient_id=duplicate.id,
        trial_id=None,
        finding="Fever",
        urgency=Urgency.URGENT,
    )
    assert report_safety_event(clinic.session, report).patient_id == keep.id
    assert report_safety_event(clinic.session, replace(report)).patient_id == keep.id
    (row,) = today_list(clinic.session).in_section(Section.SAFETY)
    assert row.patient.id == keep.id
