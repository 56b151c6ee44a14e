"""A check-in of the clinical record: answers about one day, how they were obtained, safety."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series


class HowObtained(StrEnum):
    """How the answers reached the clinic."""

    PHONE = "phone"
    VISIT = "visit"
    PAPER_DIARY = "paper_diary"
    MESSAGE = "message"
    PROXY = "proxy"
    REPRESENTATIVE = "representative"
    IMPORT = "import"


class SafetyCheckState(StrEnum):
    """Whether the safety questions of a day were asked, and what came of it."""

    ASKED_CLEAR = "asked_clear"
    FINDING = "finding"
    PARTLY_ASKED = "partly_asked"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAnswer:
    """One safety question: yes, no, or None where it was not asked."""

    item_id: str
    answer: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyCheck:
    """The safety questions of one check-in; ``wording_version`` names the approved list."""

    answers: tuple[SafetyAnswer, ...] = ()
    wording_version: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None

    @property
    def state(self) -> SafetyCheckState:
        """Return finding before partly asked before asked and clear; empty is not asked."""
        given = [answer.answer for answer in self.answers]
        if any(given):
            return SafetyCheckState.FINDING
        if not given or all(answer is None for answer in given):
            return SafetyCheckState.NOT_ASKED
        if None in given:
            return SafetyCheckState.PARTLY_ASKED
        return SafetyCheckState.ASKED_CLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One revision of one check-in. A missing score has no key; it is never zero.

    ``day`` is the civil date that the answers are about. ``recorded_at`` is the aware UTC instant
    of the call (of the first revision: a correction does not move it); ``revised_at``,
    ``revised_by`` and ``reason`` say who made this revision, when and why. At most one check-in
    that is not entered in error exists per (trial, day, phase).
    """

    id: UUID
    trial_id: UUID
    day: date
    phase: Phase
    values: Mapping[Series, Decimal] = field(default_factory=dict)
    missed: bool = False
    stimulation_off: bool = False
    program: str | None = None
    how_obtained: HowObtained | None = None
    identity_confirmed: bool = False
    safety: SafetyCheck = field(default_factory=SafetyCheck)
    helped: str = ""
    triggered: str = ""
    note: str = ""
    recorded_at: datetime | None = None
    recorded_by: UUID | None = None
    revision: int = 1
    revised_at: datetime | None = None
    revised_by: UUID | None = None
    reason: str = ""
    entered_in_error: bool = False


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    MESSAGE_LEFT = "message_left"
    CALL_BACK = "call_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAttempt:
    """One call; it orders the list and never closes the day."""

    id: UUID
    trial_id: UUID
    about_day: date
    at: datetime
    by: UUID
    outcome: CallOutcome
    call_back_at: datetime | None = None
    note: str = ""
