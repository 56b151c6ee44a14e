"""What the services need of the record. The encrypted file and the tests' fakes both offer it.

Every ``save`` and ``add`` writes the audit row (old and new as canonical JSON, actor, reason) in
the same transaction; nothing is durable before ``UnitOfWork.commit``, which is one commit.
Every write of a versioned entity raises ``ConflictError`` when the stored version is not the one
that was read (``entity.version``); the stored version is then one higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from scs_trial.domain.check_in import CallAttempt, CheckIn
from scs_trial.domain.clinic import Account, ClinicSettings, Role
from scs_trial.domain.diary import Phase
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import (
    ConfirmationAnswer,
    Decision,
    FollowUp,
    MedicationEntry,
    ProgramChange,
    Trial,
)
from scs_trial.services.account_port import Accounts
from scs_trial.services.audit_port import AuditQuery, ChainState
from scs_trial.services.draft_port import Drafts
from scs_trial.services.import_port import Imports
from scs_trial.services.key_keeper import KeyKeeper
from scs_trial.services.signature_port import Signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A half-typed form; ``payload`` is the form's own JSON text. Kept for each account."""

    account_id: UUID
    key: str
    """What is being typed, e.g. ``check_in:<trial id>:<day>:trial``."""
    patient_id: UUID | None
    payload: str
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One row of the audit trail."""

    seq: int
    at: datetime
    actor: str
    workstation: str
    action: str
    entity: str
    entity_id: str
    patient_id: UUID | None
    reason: str
    old: str | None
    new: str | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """Where the trail stands: printed on every page (seq and the first 16 hex digits)."""

    seq: int
    digest: str


class Patients(Protocol):
    """Patients; retracted and merged ones are found by id only."""

    def get(self, patient_id: UUID) -> Patient:
        """Return the patient; raise ``NotFoundError``."""
        ...

    def get_many(self, patient_ids: Iterable[UUID]) -> Mapping[UUID, Patient]:
        """Return the patients with these ids."""
        ...

    def by_mrn(self, mrn: str) -> Patient | None:
        """Return the live patient with exactly that MRN."""
        ...

    def search(self, query: str, *, limit: int = 20) -> Sequence[Patient]:
        """Find by name parts (accents and case ignored), MRN prefix or birth date; indexed."""
        ...

    def recent(self, *, limit: int = 20) -> Sequence[Patient]:
        """Return the patients changed last."""
        ...

    def save(self, patient: Patient, *, reason: str = "") -> Patient:
        """Insert or update; return the stored patient with its new version."""
        ...


class Trials(Protocol):
    """Trials; those entered in error are found by id only."""

    def get(self, trial_id: UUID) -> Trial:
        """Return the trial; raise ``NotFoundError``."""
        ...

    def of_patient(self, patient_id: UUID) -> Sequence[Trial]:
        """Return the patient's trials, newest first."""
        ...

    def newest_of(self, patient_ids: Iterable[UUID]) -> Mapping[UUID, tuple[UUID, date | None]]:
        """Return id and placement date of each patient's newest trial; one query."""
        ...

    def every(self, patient_id: UUID) -> Sequence[Trial]:
        """Return the patient's trials with those entered in error, by placement date and id."""
        ...

    def active(self) -> Sequence[Trial]:
        """Return trials in work: running, awaiting a diary or decision, half set up; indexed."""
        ...

    def ended_since(self, day: date) -> Sequence[Trial]:
        """Return trials whose lead removal or end is on or after that day; indexed."""
        ...

    def save(self, trial: Trial, *, reason: str = "") -> Trial:
        """Insert or update; return the stored trial with its new version."""
        ...


class CheckIns(Protocol):
    """Check-ins by (trial, day, phase); a correction is a new revision."""

    def get(self, check_in_id: UUID) -> CheckIn:
        """Return the current revision; raise ``NotFoundError``."""
        ...

    def at(self, trial_id: UUID, day: date, phase: Phase) -> CheckIn | None:
        """Return the live check-in of that day and phase."""
        ...

    def of_trial(self, trial_id: UUID) -> Sequence[CheckIn]:
        """Return the live check-ins of a trial, by day and phase."""
        ...

    def of_trials(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[CheckIn]]:
        """Return the live check-ins of several trials in few queries."""
        ...

    def history(self, check_in_id: UUID) -> Sequence[CheckIn]:
        """Return all revisions, oldest first."""
        ...

    def histories(self, trial_id: UUID) -> Sequence[Sequence[CheckIn]]:
        """Return all revisions of each check-in of a trial, retracted ones included."""
        ...

    def restore(self, history: Sequence[CheckIn]) -> None:
        """Store a check-in of another record with all its revisions."""
        ...

    def add(self, check_in: CheckIn) -> CheckIn:
        """Insert the first revision. The same id again is the same check-in (safe retry)."""
        ...

    def revise(self, check_in: CheckIn) -> CheckIn:
        """Store a further revision; ``check_in.revision`` is the one that was read."""
        ...


class SafetyEvents(Protocol):
    """Safety events."""

    def get(self, event_id: UUID) -> SafetyEvent:
        """Return the event; raise ``NotFoundError``."""
        ...

    def of_patient(self, patient_id: UUID) -> Sequence[SafetyEvent]:
        """Return live events, newest first."""
        ...

    def every(self, patient_id: UUID) -> Sequence[SafetyEvent]:
        """Return the patient's events with those entered in error, oldest first."""
        ...

    def open(self) -> Sequence[SafetyEvent]:
        """Return every open event, the most urgent first; indexed."""
        ...

    def save(self, event: SafetyEvent, *, reason: str = "") -> SafetyEvent:
        """Insert or update."""
        ...


class TrialNotes(Protocol):
    """Things that belong to a trial and are only ever added."""

    def add_call(self, call: CallAttempt) -> None:
        """Add a call attempt."""
        ...

    def calls(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[CallAttempt]]:
        """Return call attempts by trial, oldest first."""
        ...

    def add_program(self, change: ProgramChange) -> None:
        """Add a line to the program ledger."""
        ...

    def programs(self, trial_id: UUID) -> Sequence[ProgramChange]:
        """Return the ledger, oldest first."""
        ...

    def add_medication(self, entry: MedicationEntry) -> None:
        """Add (or, with the same id, end) a medication entry."""
        ...

    def medication(self, trial_id: UUID) -> Sequence[MedicationEntry]:
        """Return the medication list."""
        ...

    def medications(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[MedicationEntry]]:
        """Return the medication lists by trial."""
        ...

    def add_confirmation(self, answer: ConfirmationAnswer) -> None:
        """Add an answer; the latest of each name counts."""
        ...

    def confirmations(
        self, trial_ids: Iterable[UUID]
    ) -> Mapping[UUID, Sequence[ConfirmationAnswer]]:
        """Return all answers by trial, oldest first."""
        ...

    def add_decision(self, decision: Decision) -> None:
        """Add a version of the decision."""
        ...

    def decisions(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Decision]]:
        """Return all versions by trial, oldest first."""
        ...

    def add_follow_up(self, follow_up: FollowUp) -> None:
        """Add what followed."""
        ...

    def follow_ups(self, trial_id: UUID) -> Sequence[FollowUp]:
        """Return what followed, oldest first."""
        ...


class Settings(Protocol):
    """Clinical settings of the record."""

    def get(self) -> ClinicSettings:
        """Return the settings in force."""
        ...

    def save(self, settings: ClinicSettings, *, reason: str = "") -> None:
        """Replace the settings."""
        ...

    def record_info(self, key: str) -> str | None:
        """Return a fact about the record itself: ``record_id``, ``demo``, ``created_at``."""
        ...

    def set_record_info(self, key: str, value: str) -> None:
        """Store such a fact."""
        ...

    def criteria_files(self) -> Mapping[str, str]:
        """Return the clinic's own criteria files: text by file name."""
        ...

    def save_criteria_file(self, name: str, text: str, *, reason: str = "") -> None:
        """Add or replace one of the clinic's own criteria files."""
        ...


class Audit(Protocol):
    """The append-only trail."""

    def note(
        self,
        action: str,
        *,
        entity: str,
        entity_id: str,
        patient_id: UUID | None = None,
        reason: str = "",
        new: Mapping[str, object] | None = None,
    ) -> None:
        """Append a row that is no change of a row: a patient opened, a page exported."""
        ...

    def of_patient(self, patient_id: UUID, *, limit: int = 500) -> Sequence[AuditEntry]:
        """Return the rows about a patient, newest first; indexed."""
        ...

    def acts(self, patient_id: UUID, action: str) -> Sequence[AuditEntry]:
        """Return every row of one action about a patient, oldest first; indexed."""
        ...

    def head(self) -> AuditHead:
        """Return where the trail stands."""
        ...

    def search(self, query: AuditQuery) -> Iterable[AuditEntry]:
        """Return the rows found, newest first."""
        ...

    def digest_at(self, seq: int) -> str | None:
        """Return the digest of a row, None where there is no such row."""
        ...

    def latest_changes(self) -> Iterable[AuditEntry]:
        """Return the newest change of each row that is told of; of a check-in every revision."""
        ...

    def unaudited(self) -> Sequence[str]:
        """Return the tables that hold a row, or lack one, otherwise than the trail knows."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without ``commit`` rolls back."""

    @property
    def patients(self) -> Patients: ...  # noqa: D102
    @property
    def trials(self) -> Trials: ...  # noqa: D102
    @property
    def check_ins(self) -> CheckIns: ...  # noqa: D102
    @property
    def safety(self) -> SafetyEvents: ...  # noqa: D102
    @property
    def notes(self) -> TrialNotes: ...  # noqa: D102
    @property
    def drafts(self) -> Drafts: ...  # noqa: D102
    @property
    def settings(self) -> Settings: ...  # noqa: D102
    @property
    def signatures(self) -> Signatures: ...  # noqa: D102
    @property
    def imports(self) -> Imports: ...  # noqa: D102
    @property
    def accounts(self) -> Accounts: ...  # noqa: D102
    @property
    def audit(self) -> Audit: ...  # noqa: D102

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None:
        """Make everything durable in one commit; raise ``UserError`` and keep nothing."""
        ...


class Records(Protocol):
    """An open record: hands out units of work for an actor."""

    @property
    def keys(self) -> KeyKeeper:
        """The ways into the record."""
        ...

    def reading(self) -> UnitOfWork:
        """Return a unit of work for reading (no write lock is taken)."""
        ...

    def writing(self, *, actor: Account, workstation: str) -> UnitOfWork:
        """Return a unit of work whose audit rows name this actor."""
        ...

    def roles_of(self, account_id: UUID) -> frozenset[Role]:
        """Return the roles of an account as they stand; none when there is no such account."""
        ...

    def chain_state(self) -> ChainState:
        """Check every row of the audit trail, and the triggers."""
        ...

    def check(self) -> None:
        """Check every page, its code and every link; raise ``UserError`` for damage."""
        ...

    def close(self) -> None:
        """Close the record; nothing may be used afterwards."""
        ...
