"""Record, correct, retract and move check-ins; declare days missed; note calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_trial.domain.check_in import CallAttempt, CheckIn, HowObtained, SafetyCheck
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCheckIn:
    """A filled form. ``id`` is made by the form, so that a retry after a crash is the same one.

    ``draft_key`` names the draft that the same transaction deletes. ``values`` hold confirmed
    answers only: a grey suggestion that was not confirmed is no value.
    """

    id: UUID
    trial_id: UUID
    day: date
    phase: Phase
    values: Mapping[Series, Decimal] = field(default_factory=dict)
    stimulation_off: bool = False
    program: str | None = None
    how_obtained: HowObtained | None = None
    identity_confirmed: bool = False
    safety: SafetyCheck = field(default_factory=SafetyCheck)
    helped: str = ""
    triggered: str = ""
    note: str = ""
    draft_key: str = ""


def record_check_in(session: Session, command: RecordCheckIn) -> CheckIn:
    """Store a check-in durably with its audit row, in one commit.

    Raises
    ------
    FieldError
        A value out of its range, an unknown measure or region, a day outside the trial.
    ConflictError
        The day already has a check-in of that phase with another id.
    """
    raise NotImplementedError


def correct_check_in(
    session: Session, command: RecordCheckIn, *, revision: int, reason: str
) -> CheckIn:
    """Replace the answers by a new revision; ``revision`` is the one that was read."""
    raise NotImplementedError


def retract_check_in(session: Session, check_in_id: UUID, *, reason: str) -> None:
    """Mark a check-in as entered in error: out of every list, kept in the audit."""
    raise NotImplementedError


def move_check_in(
    session: Session, check_in_id: UUID, *, to_trial: UUID, day: date, phase: Phase, reason: str
) -> CheckIn:
    """Move a check-in to the right patient's trial, or to the right day."""
    raise NotImplementedError


def declare_missed(session: Session, trial_id: UUID, days: Sequence[date]) -> None:
    """Declare trial days missed (they close); a later answer is a correction."""
    raise NotImplementedError


def note_call(session: Session, call: CallAttempt) -> None:
    """Note a call attempt; the day stays open."""
    raise NotImplementedError


def check_in_history(session: Session, check_in_id: UUID) -> Sequence[CheckIn]:
    """Return every revision, oldest first."""
    raise NotImplementedError
