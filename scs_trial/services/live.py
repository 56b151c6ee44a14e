"""What may still be written to: nothing that was taken out of the record."""

from __future__ import annotations

from uuid import UUID

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import ConflictError
from scs_trial.services.ports import UnitOfWork


def live_patient(work: UnitOfWork, patient_id: UUID) -> Patient:
    """Return a patient to write to.

    Raises
    ------
    NotFoundError, ConflictError
        There is none; it was entered in error or merged away.
    """
    patient = work.patients.get(patient_id)
    if patient.entered_in_error or patient.merged_into is not None:
        raise ConflictError("This patient was taken out of the record.", "Search again.")
    return patient


def live_trial(work: UnitOfWork, trial_id: UUID) -> Trial:
    """Return a trial to write to.

    Raises
    ------
    NotFoundError, ConflictError
        There is none; it was entered in error.
    """
    trial = work.trials.get(trial_id)
    if trial.entered_in_error:
        raise ConflictError("This trial was entered in error.", "Open the patient again.")
    return trial


def live_check_in(work: UnitOfWork, check_in_id: UUID) -> CheckIn:
    """Return the newest revision of a check-in to revise.

    Raises
    ------
    NotFoundError, ConflictError
        There is none; it was entered in error.
    """
    check_in = work.check_ins.get(check_in_id)
    if check_in.entered_in_error:
        raise ConflictError("This check-in was entered in error.", "Open the patient again.")
    return check_in
