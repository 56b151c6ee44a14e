"""What the workspace and the page are given: one snapshot with everything derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from scs_trial.domain.check_in import CallAttempt, CheckIn
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.course import Course
from scs_trial.domain.diary import Diary
from scs_trial.domain.patient import Patient
from scs_trial.domain.result import Evaluation
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.signature import Amendment, Signature, of_trial, open_amendment
from scs_trial.domain.trial import (
    ConfirmationAnswer,
    Decision,
    FollowUp,
    MedicationEntry,
    ProgramChange,
    Trial,
)
from scs_trial.domain.verdict import Verdict
from scs_trial.services.ports import AuditHead


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One line of the timeline: clinic-local time, kind, plain text and who.

    ``kind`` is one of check_in, program, safety, call, change, decision, confirmation.
    """

    at: datetime
    kind: str
    text: str
    who: str = ""
    check_in_id: UUID | None = None
    event_id: UUID | None = None
    timed: bool = True
    """False where only the day is documented, as in an imported diary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialReview:
    """One trial with everything derived from it; built by one function for screen and page."""

    patient: Patient
    trial: Trial
    diary: Diary | None
    """None while the trial has no placement date."""
    evaluation: Evaluation | None
    verdict: Verdict | None
    course: Course | None
    check_ins: tuple[CheckIn, ...]
    programs: tuple[ProgramChange, ...]
    medication: tuple[MedicationEntry, ...]
    confirmations: tuple[ConfirmationAnswer, ...]
    """The latest answer of each name."""
    decisions: tuple[Decision, ...]
    follow_ups: tuple[FollowUp, ...]
    events: tuple[SafetyEvent, ...]
    calls: tuple[CallAttempt, ...]
    timeline: tuple[TimelineEntry, ...]
    rule_text: str
    """The criteria in plain words (``describe``)."""
    account_names: Mapping[UUID, str]
    settings: ClinicSettings
    audit_head: AuditHead
    demo: bool
    signatures: tuple[Signature, ...] = ()
    """Of the trial and of its check-ins, oldest first."""
    amendments: tuple[Amendment, ...] = ()
    changed_since: bool = False
    """True where the record is not what the trial's latest signature covers."""
    signed_elsewhere: tuple[Signature, ...] = ()
    """Signatures that came with an imported case file, oldest first; they sign nothing here."""
    as_of: datetime | None = None
    """When the copy was made that this was read from; None for the record itself."""

    @property
    def signature(self) -> Signature | None:
        """The latest signature of the trial with its decision."""
        return of_trial(self.signatures)

    @property
    def amendment(self) -> Amendment | None:
        """The amendment under way, or None."""
        return open_amendment(self.signatures, self.amendments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A patient with all trials; ``review`` is the trial that was asked for, or the newest."""

    patient: Patient
    trials: tuple[Trial, ...]
    review: TrialReview | None
    open_red_flags: tuple[SafetyEvent, ...]
    similar: tuple[Patient, ...]
    """Patients in running trials with a similar name: the name alert."""
    today: date
