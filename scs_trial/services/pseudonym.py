"""Take out of a case who it is about: a study number stands for name, MRN and birth date.

The number and the shift of dates come from the patient's id in the record, which no such export
holds: they stay the same from export to export, and only the clinic can lead them back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from scs_trial.domain.case import Case, CaseTrial, Change, rebuilt
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.services.local_time import to_instant, to_local

_DIGITS = 10
_WEEKS = 52
_CALENDAR_BEGINS = 2
_KEPT = frozenset(
    (
        *("pain_measure", "criteria_id", "criteria_version", "criteria_text", "measures_asked"),
        *("target_region", "other_regions", "other_analgesics", "program", "wording_version"),
        *("item_id", "name", "waveform", "amplitude_unit", "drug", "unit"),
    )
)
"""Texts that the evaluation needs or that come from a list; every other text is left out."""


def study_number(patient_id: UUID) -> str:
    """Return the number that stands for a patient outside the clinic."""
    return f"S-{sha256(b'study number' + patient_id.bytes).hexdigest()[:_DIGITS].upper()}"


def weeks_back(patient_id: UUID) -> int:
    """Return by how many weeks (1 to 52) the patient's dates are moved back when asked."""
    return 1 + int.from_bytes(sha256(b"date shift" + patient_id.bytes).digest()[:4]) % _WEEKS


def pseudonymised(case: Case, *, zone: ZoneInfo, shift_dates: bool = False) -> Case:
    """Return the case without name, MRN, birth date, contact, free words, people and trail.

    Ids are replaced, goals are numbered, dates are kept or moved back by whole weeks: weekday and
    time of day in the clinic's zone stay.
    """
    back = timedelta(weeks=weeks_back(case.patient.id) if shift_dates else 0)
    number = study_number(case.patient.id)
    change = partial(_without, case.patient.id, partial(_moved, back, zone))
    patient = Patient(
        id=uuid5(case.patient.id, "patient"), name=number, mrn=number, sex=case.patient.sex
    )
    trials = tuple(_trial(one, change, patient.id) for one in case.trials)
    events = tuple(_event(one, change, patient.id) for one in case.events)
    return Case(patient=patient, trials=trials, events=events)


def _trial(held: CaseTrial, change: Change, owner: UUID) -> CaseTrial:
    made = rebuilt(held, change)
    goals = tuple(f"goal {number}" for number, _ in enumerate(held.trial.goals, 1))
    return replace(made, trial=replace(made.trial, goals=goals, patient_id=owner))


def _event(held: SafetyEvent, change: Change, owner: UUID) -> SafetyEvent:
    return replace(rebuilt(held, change), finding=held.item_id or "finding", patient_id=owner)


def _without(
    patient_id: UUID, moved: Callable[[date], date], _kind: type, name: str, value: Any
) -> Any:
    if isinstance(value, UUID):
        return uuid5(patient_id, str(value))
    if isinstance(value, date):
        return moved(value)
    if type(value) is str and name not in _KEPT:
        return ""
    return value


def _moved(back: timedelta, zone: ZoneInfo, value: date) -> date:
    if value.year <= _CALENDAR_BEGINS:
        return value
    if isinstance(value, datetime) and value.tzinfo is not None:
        return to_instant(to_local(value, zone) - back, zone) if back else value
    return value - back
