"""Set up, change, end, extend and retract trials; medication, programs, confirmations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from scs_trial.domain.diary import EndReason
from scs_trial.domain.trial import (
    Decision,
    DecisionKind,
    FollowUp,
    MedicationEntry,
    PatientWish,
    ProgramChange,
    Trial,
)
from scs_trial.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTrial:
    """End of a trial. ``last_full_day`` counts; the removal is a clinic-local time of its own.

    ``measures`` holds measures asked at the end (PGIC, PEG, ...) by code, exact decimals.
    """

    trial_id: UUID
    version: int
    last_full_day: date
    reason: EndReason
    lead_removed_at: datetime | None = None
    awaiting_diary: bool = False
    patient_wish: PatientWish = PatientWish.NOT_ASKED
    measures: tuple[tuple[str, Decimal], ...] = ()


def save_trial(session: Session, trial: Trial, *, reason: str = "") -> Trial:
    """Create a trial (it may be half done) or change its set-up.

    Region, pain measure, criteria and version are fixed at the first trial-day value; a change
    after that needs a clinician and a reason.
    """
    raise NotImplementedError


def end_trial(session: Session, command: EndTrial) -> Trial:
    """End the trial; measures asked at the end go to the check-in of the last full day."""
    raise NotImplementedError


def reopen_trial(session: Session, trial_id: UUID, *, planned_days: int, reason: str) -> Trial:
    """Take back the end, or extend a running trial; settled verdicts reopen and say so."""
    raise NotImplementedError


def diary_arrived(session: Session, trial_id: UUID) -> Trial:
    """Clear "a diary is still awaited", by name and date."""
    raise NotImplementedError


def retract_trial(session: Session, trial_id: UUID, *, reason: str) -> None:
    """Mark a trial as entered in error."""
    raise NotImplementedError


def move_trial(session: Session, trial_id: UUID, *, to_patient: UUID, reason: str) -> Trial:
    """Move a trial that was entered under the wrong patient."""
    raise NotImplementedError


def change_program(session: Session, change: ProgramChange) -> None:
    """Add a line to the program ledger."""
    raise NotImplementedError


def record_medication(session: Session, entry: MedicationEntry) -> None:
    """Add an opioid to the medication list, or end it."""
    raise NotImplementedError


def answer_confirmation(
    session: Session, trial_id: UUID, *, name: str, answer: bool, note: str = ""
) -> None:
    """Answer a confirmation that the criteria ask (clinicians only)."""
    raise NotImplementedError


def record_decision(
    session: Session, trial_id: UUID, *, kind: DecisionKind, reason: str
) -> Decision:
    """Record the clinician's decision; an earlier version stays."""
    raise NotImplementedError


def record_follow_up(session: Session, follow_up: FollowUp) -> None:
    """Record what followed the trial."""
    raise NotImplementedError
