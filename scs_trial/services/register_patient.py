"""Register, change, find, merge and retract patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scs_trial.domain.patient import Patient
from scs_trial.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientHit:
    """One line of a search: the patient, and the trial to open first."""

    patient: Patient
    trial_id: UUID | None
    trial_start: date | None


def save_patient(session: Session, patient: Patient, *, reason: str = "") -> Patient:
    """Register a new patient (a client-made id, ``version`` 1) or change one.

    Raises
    ------
    UserError
        Empty name or MRN, an MRN that another patient holds, control characters, over 200
        characters, a birth date in the future.
    """
    raise NotImplementedError


def find_patients(session: Session, query: str, *, limit: int = 20) -> Sequence[PatientHit]:
    """Find by name, MRN or birth date; an empty query returns the recent ones. Not audited."""
    raise NotImplementedError


def similar_names(session: Session, name: str) -> Sequence[Patient]:
    """Return patients in running trials whose name is easily mistaken for this one."""
    raise NotImplementedError


def merge_patients(session: Session, *, keep: UUID, duplicate: UUID, reason: str) -> Patient:
    """Move the duplicate's trials and events to ``keep`` and take the duplicate out of lists."""
    raise NotImplementedError


def retract_patient(session: Session, patient_id: UUID, *, reason: str) -> None:
    """Mark a patient, with trials, as entered in error: kept in the audit, out of every list."""
    raise NotImplementedError
