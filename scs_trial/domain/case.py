"""A case: one patient with everything that the record holds of them, as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from scs_trial.domain.check_in import CallAttempt, CheckIn
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.signature import Amendment, Signature
from scs_trial.domain.trial import (
    ConfirmationAnswer,
    Decision,
    FollowUp,
    MedicationEntry,
    ProgramChange,
    Trial,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is meant by an account's id, also where the record has no such account."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One change in the audit trail of the record in which it was made.

    ``old`` and ``new`` are the canonical JSON of the entity before and after; ``seq`` and
    ``digest`` name the row in that record's trail.
    """

    seq: int
    at: datetime
    actor: str
    workstation: str
    action: str
    entity: str
    entity_id: str
    reason: str
    old: str | None
    new: str | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSignature:
    """A signature with what was signed: the canonical text, and the page as a PDF.

    ``page`` is empty for the signature of a check-in.
    """

    signature: Signature
    content: str
    page: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTrial:
    """One trial with all that belongs to it.

    ``check_ins`` holds each check-in as its revisions, oldest first, retracted ones included.
    """

    trial: Trial
    check_ins: tuple[tuple[CheckIn, ...], ...] = ()
    calls: tuple[CallAttempt, ...] = ()
    programs: tuple[ProgramChange, ...] = ()
    medication: tuple[MedicationEntry, ...] = ()
    confirmations: tuple[ConfirmationAnswer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    def live_check_ins(self) -> tuple[CheckIn, ...]:
        """Return the current revisions of the check-ins that count, by day and phase."""
        current = (history[-1] for history in self.check_ins)
        return tuple(one for one in current if not one.entered_in_error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One patient with all trials and events, the people named in them, and the changes made.

    ``signatures`` are those of every trial and check-in, in whichever record they were made.
    """

    patient: Patient
    trials: tuple[CaseTrial, ...] = ()
    events: tuple[SafetyEvent, ...] = ()
    people: tuple[Person, ...] = ()
    trail: tuple[TrailEntry, ...] = ()
    signatures: tuple[CaseSignature, ...] = ()
    amendments: tuple[Amendment, ...] = ()


Change = Callable[[type, str, Any], Any]
"""Gets the dataclass, the name of its field and one value in it; returns what takes its place."""


def rebuilt(value: T, change: Change) -> T:
    """Return a copy of a dataclass in which every single value went through ``change``.

    Members of tuples and values of mappings are passed one by one; nested dataclasses are rebuilt.
    """
    kind = type(value)
    if not is_dataclass(kind):
        raise TypeError(kind.__name__)
    changed = {
        field.name: _changed(kind, field.name, getattr(value, field.name), change)
        for field in fields(kind)
    }
    return cast("T", kind(**changed))


def _changed(kind: type, name: str, value: Any, change: Change) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return rebuilt(value, change)
    if type(value) is tuple:
        return tuple(_changed(kind, name, one, change) for one in value)
    if isinstance(value, Mapping):
        return {key: change(kind, name, one) for key, one in value.items()}
    return change(kind, name, value)
