"""Safety events: reported at once, told, acknowledged, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.services.session import Session


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


def report_safety_event(session: Session, command: ReportSafetyEvent) -> SafetyEvent:
    """Store the event durably, before any form is saved."""
    raise NotImplementedError


def describe_event(session: Session, event_id: UUID, *, description: str) -> SafetyEvent:
    """Change what was reported in words; the old words stay in the audit."""
    raise NotImplementedError


def record_told(session: Session, event_id: UUID, *, who: str) -> SafetyEvent:
    """Record who was told, now."""
    raise NotImplementedError


def acknowledge_event(session: Session, event_id: UUID) -> SafetyEvent:
    """Record that this account acknowledged the event, now."""
    raise NotImplementedError


def resolve_event(session: Session, event_id: UUID, *, resolution: str) -> SafetyEvent:
    """Record how it was resolved, by this account, now."""
    raise NotImplementedError


def retract_event(session: Session, event_id: UUID, *, reason: str) -> None:
    """Mark the event as entered in error."""
    raise NotImplementedError
