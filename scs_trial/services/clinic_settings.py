"""The clinic's own settings: letterhead, measures, days, safety list, criteria."""

from __future__ import annotations

from scs_trial.domain.clinic import ClinicSettings
from scs_trial.services.session import Session


def clinic_settings(session: Session) -> ClinicSettings:
    """Return the settings in force."""
    return session.settings()


def save_settings(session: Session, settings: ClinicSettings, *, reason: str = "") -> None:
    """Replace the settings (administrators; the safety list needs a clinician)."""
    raise NotImplementedError


def save_criteria(session: Session, *, file_name: str, text: str, reason: str) -> None:
    """Add or replace one of the clinic's own criteria files; faults are refused, all at once."""
    raise NotImplementedError
