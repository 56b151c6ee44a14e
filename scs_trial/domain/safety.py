"""Safety questions, urgencies and events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Urgency(StrEnum):
    """How soon a finding needs a clinician, the most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SAME_DAY = "same_day"
    ROUTINE = "routine"
    NOTE = "note"

    @property
    def is_red_flag(self) -> bool:
        """True for findings that stand above the verdict until resolved."""
        return self in (Urgency.EMERGENCY, Urgency.URGENT, Urgency.SAME_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyItem:
    """One safety question with the clinic's own dated instruction and number for it."""

    id: str
    question: str
    finding: str
    urgency: Urgency
    says: str
    instruction: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyList:
    """The safety questions in force: shipped examples until the clinic approves them."""

    version: str
    items: tuple[SafetyItem, ...]
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyEvent:
    """A finding and what was done about it. Instants are aware UTC; None means not yet.

    ``instruction`` and ``number`` are copied from the clinic's list as they were then.
    """

    id: UUID
    patient_id: UUID
    trial_id: UUID | None
    reported_at: datetime
    reported_by: UUID
    urgency: Urgency
    finding: str
    description: str = ""
    item_id: str | None = None
    check_in_day: date | None = None
    instruction: str = ""
    number: str = ""
    told_who: str = ""
    told_at: datetime | None = None
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    resolved_by: str = ""
    resolved_at: datetime | None = None
    resolution: str = ""
    version: int = 1
    entered_in_error: bool = False

    @property
    def is_open(self) -> bool:
        """True until the event is resolved or retracted."""
        return self.resolved_at is None and not self.entered_in_error

    @property
    def is_open_red_flag(self) -> bool:
        """True while the event must stand above the verdict."""
        return self.is_open and self.urgency.is_red_flag
