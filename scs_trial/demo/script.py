"""Turns a made-up patient into steps on the stage: registration, calls, programs, end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from scs_trial.demo.ending import plan_end
from scs_trial.demo.safety_steps import clear_check, plan_events
from scs_trial.demo.stage import Stage, made_id
from scs_trial.demo.story import Story
from scs_trial.demo.values import day_values
from scs_trial.domain.check_in import CallAttempt, CallOutcome, HowObtained
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.diary import Phase
from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.trial import (
    Candidacy,
    Indication,
    LeadKind,
    Maker,
    Procedure,
    ProgramChange,
    Trial,
)
from scs_trial.services.manage_trial import change_program, save_trial
from scs_trial.services.record_check_in import (
    RecordCheckIn,
    declare_missed,
    note_call,
    record_check_in,
)
from scs_trial.services.register_patient import save_patient
from scs_trial.services.session import Session

_DAY = timedelta(days=1)


def plan_story(stage: Stage, story: Story, settings: ClinicSettings, *, place: int) -> None:
    """Put everything that happens to one patient on the stage.

    Parameters
    ----------
    stage, story
        Where, and who.
    settings
        The clinic's settings, for the wording of the safety questions.
    place
        Place in the cast: calls are made one after the other.
    """
    patient, trial = _patient(story), _trial(story)
    set_up = story.first_answered - _DAY
    stage.at(set_up, "10:00", lambda session: save_patient(session, patient))
    stage.at(set_up, "10:05", lambda session: save_trial(session, trial))
    calling_time = f"{8 + place // 12:02}:{place % 12 * 5:02}"
    _plan_baseline(stage, story, trial, calling_time)
    if story.placed is None:
        return
    _plan_days(stage, story, trial, settings, calling_time=calling_time)
    for number in story.told.get("missed", ()):
        step = partial(_declare_missed, trial=trial, day=story.day(number))
        stage.at(story.day(number + 2), calling_time, step)
    for entry in story.told.get("program", ()):
        _plan_program(stage, story, trial, entry)
    for entry in story.told.get("call", ()):
        _plan_call(stage, story, trial, entry)
    plan_events(stage, story, trial)
    plan_end(stage, story, trial)


def _patient(story: Story) -> Patient:
    told = story.told
    return Patient(
        id=made_id(story.shows, "patient"),
        name=told["name"],
        mrn=told["mrn"],
        birth_date=told["born"],
        sex=Sex(told["sex"]),
        telephones=(told["telephone"],),
        best_time=told.get("best_time", ""),
        who_may_answer=told.get("who_may_answer", ""),
        language=told.get("language", ""),
        communication_needs=told.get("wording", ""),
    )


def _trial(story: Story) -> Trial:
    told = story.told
    removal = told.get("removal_planned")
    screened = story.first_answered - timedelta(days=30)
    return Trial(
        id=made_id(story.shows, "trial"),
        patient_id=made_id(story.shows, "patient"),
        trial_start=story.placed,
        planned_days=told.get("planned", 7),
        target_region=told["region"],
        other_regions=tuple(told.get("regions", ())),
        criteria_id=told.get("criteria", "general-50"),
        goals=tuple(told.get("goals", ())),
        takes_no_opioids=told.get("no_opioids", False),
        indication=Indication(told["indication"]),
        history=told.get("history", ""),
        candidacy=Candidacy(
            pain_months=48,
            conservative_care_completed=True,
            screening_on=screened,
            screening_by="Dr Invented (psychology)",
            education_on=screened,
            consent_on=screened + timedelta(days=7),
        ),
        procedure=Procedure(
            operator="Dr Invented",
            lead_kind=LeadKind.PERCUTANEOUS_TEMPORARY,
            lead_count=2,
            contacts_per_lead=8,
            tip_level="T8",
            maker=Maker.OTHER,
        ),
        lead_removal_planned_at=None
        if removal is None
        else datetime.combine(story.day(removal), time(9, 30)),
    )


def _plan_baseline(stage: Stage, story: Story, trial: Trial, calling_time: str) -> None:
    for position in range(story.baseline_days):
        values = day_values(story.baseline, position, story.derived)
        if not values:
            continue
        day = story.first_answered + timedelta(days=position)
        command = RecordCheckIn(
            id=made_id(story.shows, "baseline", position),
            trial_id=trial.id,
            day=day,
            phase=Phase.BASELINE,
            values=values,
            how_obtained=HowObtained.PHONE,
            identity_confirmed=True,
        )
        stage.at(day + _DAY, calling_time, partial(_record, command=command))


def _plan_days(
    stage: Stage, story: Story, trial: Trial, settings: ClinicSettings, *, calling_time: str
) -> None:
    notes = {entry["day"]: entry["text"] for entry in story.told.get("note", ())}
    days = max((len(values) for values in story.trial.values()), default=0)
    for number in range(1, days + 1):
        values = day_values(story.trial, number - 1, story.derived)
        called_on = story.day(number + 1)
        if not values or called_on > stage.today:
            continue
        asked_at = stage.instant(stage.moment(called_on, calling_time))
        command = RecordCheckIn(
            id=made_id(story.shows, "trial", number),
            trial_id=trial.id,
            day=story.day(number),
            phase=Phase.TRIAL,
            values=values,
            stimulation_off=number in story.told.get("off", ()),
            how_obtained=HowObtained.PHONE,
            identity_confirmed=True,
            safety=clear_check(settings, asked_at=asked_at),
            note=notes.get(number, ""),
        )
        stage.at(called_on, calling_time, partial(_record, command=command))


def _plan_program(stage: Stage, story: Story, trial: Trial, entry: Mapping[str, Any]) -> None:
    moment = stage.moment(story.day(entry["day"]), "12:15")
    change = ProgramChange(
        id=made_id(story.shows, "program", entry["name"]),
        trial_id=trial.id,
        from_when=moment,
        by=entry["by"],
        name=entry["name"],
        waveform=entry["waveform"],
        amplitude=Decimal(entry["amplitude"]),
        frequency_hz=Decimal(entry["frequency"]),
        paresthesia=entry.get("paresthesia", True),
        reason=entry["reason"],
    )
    stage.at(moment.date(), "12:20", lambda session: change_program(session, change))


def _plan_call(stage: Stage, story: Story, trial: Trial, entry: Mapping[str, Any]) -> None:
    day = story.day(entry["day"])
    call = CallAttempt(
        id=made_id(story.shows, "call", entry["day"], entry["time"]),
        trial_id=trial.id,
        about_day=day - _DAY,
        at=stage.instant(stage.moment(day, entry["time"])),
        by=made_id("account"),
        outcome=CallOutcome(entry["outcome"]),
    )
    stage.at(day, entry["time"], lambda session: note_call(session, call))


def _record(session: Session, *, command: RecordCheckIn) -> None:
    record_check_in(session, command)


def _declare_missed(session: Session, *, trial: Trial, day: date) -> None:
    declare_missed(session, trial.id, [day])
