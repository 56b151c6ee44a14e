"""What the start page shows: sections, rows, one cell for each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.check_in import CallAttempt
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.verdict import Verdict


class Section(StrEnum):
    """Sections of the start page, in their order."""

    SAFETY = "safety"
    DUE = "due"
    OVERDUE = "overdue"
    ENDING = "ending"
    AFTER_REMOVAL = "after_removal"
    AWAITING = "awaiting"
    DONE = "done"


class DayMark(StrEnum):
    """One cell for each window day."""

    RECORDED = "recorded"
    MISSED = "missed"
    OVERDUE = "overdue"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """One patient in one section.

    ``day_number`` is today's day number of ``last_day``; ``due_days`` the days to ask about, oldest
    first; ``badge`` the short state ("Day 5 due", "2 days missing", "Criteria met"); ``figure`` the
    relief so far, its range or the word for too early.
    """

    section: Section
    patient: Patient
    trial_id: UUID | None
    day_number: int | None = None
    last_day: int | None = None
    marks: tuple[DayMark, ...] = ()
    due_days: tuple[date, ...] = ()
    badge: str = ""
    badge_role: str = "neutral"
    """One of good, warning, danger, info, neutral."""
    figure: str = ""
    detail: str = ""
    """Second line, e.g. "MRN 104 882 · day 6 of 7" or "ended Fri"."""
    age: int | None = None
    verdict: Verdict | None = None
    events: tuple[SafetyEvent, ...] = ()
    last_call: CallAttempt | None = None
    call: str = ""
    """The last call that reached nobody, e.g. "no answer 09:12" or "call back 15:00"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayList:
    """The start page as of now; sections without rows are left out of a screen."""

    today: date
    rows: tuple[TodayRow, ...]
    running_trials: int

    def in_section(self, section: Section) -> tuple[TodayRow, ...]:
        """Return the rows of one section, in calling order."""
        return tuple(row for row in self.rows if row.section is section)
