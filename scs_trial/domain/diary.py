"""What the evaluation needs of a trial: its dates, its check-ins, its answers.

Sources of these records are the diary CSV and the clinical record; both give the same verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from scs_trial.domain.measures import Series


class Phase(StrEnum):
    """To which part of a trial a check-in belongs."""

    BASELINE = "baseline"
    TRIAL = "trial"


class EndReason(StrEnum):
    """Why a trial ended."""

    PLANNED = "planned"
    SAFETY = "safety"
    NO_BENEFIT = "no_benefit"
    PATIENT_WISH = "patient_wish"
    TECHNICAL = "technical"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryDay:
    """The answers about one date in one phase. A missing score has no key; it is never zero.

    Attributes
    ----------
    day
        Civil date that the answers are about, never the day of the call.
    phase
        Baseline or trial; the placement date may carry both.
    values
        Exact decimals by series.
    missed
        Declared missed: the day is closed and holds no values.
    stimulation_off
        The stimulator was off; excluded from summaries where the criteria say so.
    program
        Name of the stimulation program of the day, or None.
    recorded_at
        Clinic-local date and time (naive) at which the value was captured, or None when unknown.
    note
        Words of the patient or nurse, or None; the evaluation never reads it.
    """

    day: date
    phase: Phase
    values: Mapping[Series, Decimal] = field(default_factory=dict)
    missed: bool = False
    stimulation_off: bool = False
    program: str | None = None
    recorded_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """One trial of one patient, as the evaluation sees it.

    ``days`` may stand in any order; at most one entry per (day, phase).
    ``confirmations`` holds the answered ones only. ``red_flag_open`` is true while an emergency,
    urgent or same-day safety event is not resolved.
    """

    trial_start: date
    planned_days: int = 7
    trial_ended: date | None = None
    end_reason: EndReason | None = None
    awaiting_diary: bool = False
    pain_measure: str = "pain_average"
    days: tuple[DiaryDay, ...] = ()
    confirmations: Mapping[str, bool] = field(default_factory=dict)
    red_flag_open: bool = False

    @property
    def running(self) -> bool:
        """True until the trial has ended, and after that while a diary is still awaited."""
        return self.trial_ended is None or self.awaiting_diary

    @property
    def last_day(self) -> int:
        """Number L of the last day that counts."""
        if self.trial_ended is None:
            return self.planned_days
        return (self.trial_ended - self.trial_start).days

    def day_number(self, day: date) -> int:
        """Return the day number of a date; the placement date is day 0."""
        return (day - self.trial_start).days
