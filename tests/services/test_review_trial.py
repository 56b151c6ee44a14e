"""Opening a patient: one snapshot, audited once; a preview that stores nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from scs_trial.domain.check_in import CallOutcome, SafetyAnswer, SafetyCheck
from scs_trial.domain.course import CellState
from scs_trial.domain.safety import Urgency
from scs_trial.domain.trial import DecisionKind, ProgramChange
from scs_trial.errors import NotFoundError
from scs_trial.services.manage_trial import change_program, record_decision, retract_trial
from scs_trial.services.record_check_in import correct_check_in
from scs_trial.services.register_patient import merge_patients, retract_patient
from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event
from scs_trial.services.review_trial import (
    open_workspace,
    preview_check_in,
    reload_workspace,
)
from tests.services.clinic import Clinic, command, day, pain


def test_that_opening_a_patient_is_audited_and_reloading_is_not(clinic: Clinic) -> None:
    trial = clinic.trial()
    open_workspace(clinic.session, trial.patient_id)
    reload_workspace(clinic.session, trial.patient_id)
    assert clinic.actions(trial.patient_id).count(("open", "patient")) == 1


def test_that_a_review_holds_everything_derived(clinic: Clinic) -> None:
    trial = clinic.trial(target_region="low back", other_regions=("left leg",))
    clinic.baseline(trial, 8, 8, 8)
    clinic.on(2).check_in(trial, 1, pain(4))
    workspace = open_workspace(clinic.session, trial.patient_id)
    review = workspace.review
    assert review is not None
    assert workspace.today == day(2)
    assert review.evaluation is not None
    assert review.evaluation.primary.value == 50
    assert review.verdict is not None
    assert review.verdict.status_word == "too early"
    assert review.course is not None
    assert review.course.columns[0].day_number == 1
    assert "50 %" in review.rule_text
    assert review.account_names == {clinic.session.account.id: "Anna"}
    assert review.audit_head.seq > 0
    assert not review.demo


def test_that_a_patient_without_a_trial_opens(clinic: Clinic) -> None:
    patient = clinic.patient()
    workspace = open_workspace(clinic.session, patient.id)
    assert (workspace.review, workspace.trials, workspace.similar) == (None, (), ())


def test_that_a_half_done_set_up_opens_without_a_verdict(clinic: Clinic) -> None:
    trial = clinic.trial(trial_start=None)
    review = clinic.review(trial)
    assert (review.diary, review.evaluation, review.verdict, review.course) == (None,) * 4
    assert review.rule_text


def test_that_another_patients_trial_is_not_opened(clinic: Clinic) -> None:
    one, other = clinic.trial(), clinic.trial(clinic.patient("Haddad, Samir"))
    with pytest.raises(NotFoundError):
        open_workspace(clinic.session, one.patient_id, trial_id=other.id)


def test_that_a_retracted_patient_is_not_opened(clinic: Clinic) -> None:
    trial = clinic.trial()
    retract_patient(clinic.session, trial.patient_id, reason="test entry")
    with pytest.raises(NotFoundError):
        open_workspace(clinic.session, trial.patient_id)


def test_that_a_merged_patient_opens_as_the_one_that_was_kept(clinic: Clinic) -> None:
    trial, kept = clinic.trial(), clinic.patient("Okafor, Grace")
    merge_patients(clinic.session, keep=kept.id, duplicate=trial.patient_id, reason="twice")
    workspace = open_workspace(clinic.session, trial.patient_id)
    assert workspace.patient.id == kept.id
    assert [one.id for one in workspace.trials] == [trial.id]


def test_that_similar_names_in_running_trials_raise_the_alert(clinic: Clinic) -> None:
    one = clinic.trial(clinic.patient("Okafor, Grace"))
    other = clinic.trial(clinic.patient("Okafor, Gloria"))
    clinic.trial(clinic.patient("Haddad, Samir"))
    clinic.patient("Okafor, Gina")  # in no trial
    workspace = open_workspace(clinic.session, one.patient_id)
    assert [patient.id for patient in workspace.similar] == [other.patient_id]


def test_that_an_open_red_flag_stands_above_the_verdict(clinic: Clinic) -> None:
    trial = clinic.trial()
    event = report_safety_event(
        clinic.session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=trial.patient_id,
            trial_id=trial.id,
            finding="New weakness",
            urgency=Urgency.EMERGENCY,
        ),
    )
    workspace = open_workspace(clinic.session, trial.patient_id)
    assert workspace.open_red_flags == (event,)
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert evaluation.cautions[0].code == "red_flag_open"


def test_that_a_preview_shows_the_draft_and_stores_nothing(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    for number in (1, 2):
        clinic.on(number + 1).check_in(trial, number, pain(4))
    clinic.on(4)
    review = clinic.review(trial)
    preview = preview_check_in(clinic.session, review, command(trial, 3, pain(1)))
    assert preview.evaluation is not None
    assert preview.evaluation.primary.value == 62.5  # mean 3 of baseline 8
    assert preview.course is not None
    cell = preview.course.strips[0].row.cells[2]
    assert (cell.state, cell.value) == (CellState.DRAFT, 1)
    assert preview.course.columns[2].is_asked
    assert clinic.review(trial) == review
    assert preview.check_ins == review.check_ins


def test_that_a_preview_of_a_correction_replaces_the_day(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    first = clinic.on(2).check_in(trial, 1, pain(4))
    preview = preview_check_in(
        clinic.session, clinic.review(trial), command(trial, 1, pain(2), id=first.id)
    )
    assert preview.evaluation is not None
    assert preview.evaluation.primary.value == 75


def test_that_a_preview_reads_nothing_from_the_record(clinic: Clinic) -> None:
    trial = clinic.trial()
    review = clinic.review(trial)
    form = command(trial, 0)

    class Shut:
        def reading(self) -> None:
            raise AssertionError("the record was read")

        writing = reading

    shut = replace(clinic.session, records=Shut())  # type: ignore[arg-type]
    assert preview_check_in(shut, review, form).diary is not None


def test_that_the_timeline_tells_what_happened_newest_first(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(0, "12:00")
    change_program(
        clinic.session,
        ProgramChange(
            id=uuid4(),
            trial_id=trial.id,
            from_when=datetime.fromisoformat("2026-11-15T12:00"),
            by="device rep",
            name="P1",
            waveform="tonic",
            reason="first program",
        ),
    )
    clinic.on(2, "09:00").call(trial, CallOutcome.NO_ANSWER, about=1)
    clear = SafetyCheck(answers=(SafetyAnswer(item_id="fever", answer=False),))
    first = clinic.on(2, "09:30").check_in(trial, 1, pain(4), safety=clear, note="gardened")
    correct_check_in(
        clinic.on(2, "11:00").session,
        command(trial, 1, pain(5), id=first.id, safety=clear, note="gardened"),
        revision=1,
        reason="misheard",
    )
    report_safety_event(
        clinic.on(3, "10:00").session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=trial.patient_id,
            trial_id=trial.id,
            finding="Fever",
            description="38.2 at home",
            urgency=Urgency.URGENT,
        ),
    )
    record_decision(
        clinic.on(3, "12:00").session, trial.id, kind=DecisionKind.EXTEND, reason="too early"
    )
    lines = [(entry.kind, entry.text) for entry in clinic.review(trial).timeline]
    assert lines == [
        ("decision", "Decision: extend the trial. too early"),
        ("safety", "Fever: 38.2 at home"),
        ("change", "Day 1 corrected: misheard"),
        ("check_in", "Day 1 recorded by phone, safety asked and clear, gardened"),
        ("change", "Trial changed: first value of a trial day"),
        ("call", "Called about day 1: no answer"),
        ("program", "Program P1 tonic, first program"),
    ]
    assert clinic.review(trial).timeline[3].who == "Anna"
    assert clinic.review(trial).timeline[3].at == datetime.fromisoformat("2026-11-17T09:30")


def test_that_a_retracted_trial_gives_way_to_the_newest_on_reload(clinic: Clinic) -> None:
    first = clinic.trial(trial_start=day(-30))
    second = clinic.trial(open_workspace(clinic.session, first.patient_id).patient)
    retract_trial(clinic.session, second.id, reason="wrong patient")
    workspace = reload_workspace(clinic.session, first.patient_id, trial_id=second.id)
    assert workspace.review is not None
    assert workspace.review.trial.id == first.id
    retract_trial(clinic.session, first.id, reason="wrong patient")
    workspace = reload_workspace(clinic.session, first.patient_id, trial_id=first.id)
    assert (workspace.review, workspace.trials) == (None, ())


def test_that_a_patient_merged_twice_opens_as_the_last_one(clinic: Clinic) -> None:
    first, second, third = (clinic.patient(f"Okafor, {name}") for name in ("A", "B", "C"))
    merge_patients(clinic.session, keep=second.id, duplicate=first.id, reason="twice")
    merge_patients(clinic.session, keep=third.id, duplicate=second.id, reason="twice")
    assert open_workspace(clinic.session, first.id).patient.id == third.id
