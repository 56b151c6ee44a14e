"""Safety events: reported at once, told, acknowledged, resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from scs_trial.domain.safety import SafetyEvent, SafetyItem, SafetyList, Urgency
from scs_trial.errors import FieldError, NotFoundError
from scs_trial.services.authorize import Action, allowed, authorize
from scs_trial.services.live import refuse_signed_event
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session
from scs_trial.services.validation import MAX_WORDS, refuse, require_reason, text_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSafetyEvent:
    """A finding.

    ``id`` is made by the form (safe retry). ``item_id`` names a safety question; its urgency,
    instruction and number are copied unless ``urgency`` is given.
    """

    id: UUID
    patient_id: UUID
    trial_id: UUID | None
    item_id: str | None = None
    finding: str = ""
    description: str = ""
    urgency: Urgency | None = None
    check_in_day: date | None = None


@allowed(Action.REPORT_SAFETY)
def report_safety_event(session: Session, command: ReportSafetyEvent) -> SafetyEvent:
    """Store the event durably, before any form is saved.

    Raises
    ------
    FieldError, InputError
        An unknown safety question; neither a question nor a finding with its urgency.
    """
    with session.writing() as work:
        there = _existing(work, command.id)
        if there is not None:
            return there
        patient = work.patients.get(command.patient_id)
        if patient.merged_into is not None:
            command = replace(command, patient_id=patient.merged_into)
        item = _item(work.settings.get().safety, command.item_id)
        stored = work.safety.save(_event(session, command, item))
        work.commit()
    return stored


@allowed(Action.REPORT_SAFETY)
def describe_event(session: Session, event_id: UUID, *, description: str) -> SafetyEvent:
    """Change what was reported in words; the old words stay in the audit.

    Raises
    ------
    SignedError
        A signature covers the event, and no amendment is under way.
    """
    refuse(text_faults("description", description, limit=MAX_WORDS, lines=True))
    return _change(session, event_id, covered=True, description=description.strip())


@allowed(Action.ACKNOWLEDGE_SAFETY)
def record_told(session: Session, event_id: UUID, *, who: str) -> SafetyEvent:
    """Record who was told, now."""
    refuse(text_faults("told_who", who, required=True))
    return _change(session, event_id, told_who=who.strip(), told_at=session.clock.now())


@allowed(Action.ACKNOWLEDGE_SAFETY)
def acknowledge_event(session: Session, event_id: UUID) -> SafetyEvent:
    """Record that this account acknowledged the event, now."""
    return _change(
        session,
        event_id,
        acknowledged_by=session.account.display_name,
        acknowledged_at=session.clock.now(),
    )


@allowed(Action.RESOLVE_SAFETY)
def resolve_event(session: Session, event_id: UUID, *, resolution: str) -> SafetyEvent:
    """Record how it was resolved, by this account, now.

    An emergency, urgent or same-day event is resolved by a clinician.
    """
    refuse(text_faults("resolution", resolution, required=True, limit=MAX_WORDS, lines=True))
    with session.reading() as work:
        event = work.safety.get(event_id)
    if event.urgency.is_red_flag:
        authorize(session.account, Action.RESOLVE_RED_FLAG)
    return _change(
        session,
        event_id,
        resolution=resolution.strip(),
        resolved_by=session.account.display_name,
        resolved_at=session.clock.now(),
    )


@allowed(Action.RETRACT_SAFETY)
def retract_event(session: Session, event_id: UUID, *, reason: str) -> None:
    """Mark the event as entered in error.

    Raises
    ------
    SignedError
        A signature covers the event, and no amendment is under way.
    """
    reason = require_reason(reason)
    _change(session, event_id, reason=reason, covered=True, entered_in_error=True)


def _change(
    session: Session, event_id: UUID, *, reason: str = "", covered: bool = False, **changes: Any
) -> SafetyEvent:
    """Read, change and store an event in one transaction: the newest state is changed.

    ``covered`` says that it changes what a signature may cover.
    """
    with session.writing() as work:
        event = work.safety.get(event_id)
        if covered:
            refuse_signed_event(work, event)
        stored = work.safety.save(replace(event, **changes), reason=reason)
        work.commit()
    return stored


def _existing(work: UnitOfWork, event_id: UUID) -> SafetyEvent | None:
    try:
        return work.safety.get(event_id)
    except NotFoundError:
        return None


def _item(safety: SafetyList, item_id: str | None) -> SafetyItem | None:
    if item_id is None:
        return None
    for item in safety.items:
        if item.id == item_id:
            return item
    raise FieldError("item_id", f"There is no safety question {item_id!r}.")


def _event(session: Session, command: ReportSafetyEvent, item: SafetyItem | None) -> SafetyEvent:
    """Return the event; what the clinic says to a question is copied as it is now."""
    urgency = command.urgency or (item.urgency if item else None)
    finding = command.finding.strip() or (item.finding if item else "")
    faults = text_faults("finding", finding, required=True)
    faults += text_faults("description", command.description, limit=MAX_WORDS, lines=True)
    if urgency is None:
        faults.append(FieldError("urgency", "The urgency is not said.", "Choose one."))
    refuse(faults)
    assert urgency is not None  # refused above
    return SafetyEvent(
        id=command.id,
        patient_id=command.patient_id,
        trial_id=command.trial_id,
        reported_at=session.clock.now(),
        reported_by=session.account.id,
        urgency=urgency,
        finding=finding,
        description=command.description.strip(),
        item_id=command.item_id,
        check_in_day=command.check_in_day,
        instruction=(item.instruction or item.says) if item else "",
        number=item.number if item else "",
    )
