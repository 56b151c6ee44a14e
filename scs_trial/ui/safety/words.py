"""Urgencies in words, and their tones."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.domain.verdict import Tone

TONES: dict[Urgency, Tone] = {
    Urgency.EMERGENCY: Tone.DANGER,
    Urgency.URGENT: Tone.DANGER,
    Urgency.SAME_DAY: Tone.WARNING,
    Urgency.ROUTINE: Tone.INFO,
    Urgency.NOTE: Tone.NEUTRAL,
}


def urgency_words(urgency: Urgency) -> str:
    """Return the urgency in words."""
    return {
        Urgency.EMERGENCY: _tr("Emergency"),
        Urgency.URGENT: _tr("Urgent, same day"),
        Urgency.SAME_DAY: _tr("Same day"),
        Urgency.ROUTINE: _tr("Routine"),
        Urgency.NOTE: _tr("Note"),
    }[urgency]


def state_words(event: SafetyEvent) -> str:
    """Return how far an event has come."""
    if event.entered_in_error:
        return _tr("entered in error")
    if event.resolved_at is not None:
        return _tr("resolved")
    if event.acknowledged_at is not None:
        return _tr("acknowledged, open")
    if event.told_at is not None:
        return _tr("told, not acknowledged")
    return _tr("open, nobody told yet")


def _tr(text: str) -> str:
    return QCoreApplication.translate("safety", text)
