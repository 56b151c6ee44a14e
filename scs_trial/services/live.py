"""What may still be written to: nothing that was taken out of the record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.clinic import Account
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.signature import (
    Amendment,
    Signature,
    of_check_in,
    of_trial,
    open_amendment,
)
from scs_trial.domain.trial import Trial
from scs_trial.errors import ConflictError, SignedError
from scs_trial.services.authorize import Action, is_allowed
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


def live_trial(work: UnitOfWork, trial_id: UUID, *, signed_too: bool = False) -> Trial:
    """Return a trial to write to.

    Parameters
    ----------
    work
        The transaction that will write.
    trial_id
        Which trial.
    signed_too
        Allow a signed one: for what a signature does not cover.

    Raises
    ------
    NotFoundError, ConflictError
        There is none; it was entered in error.
    SignedError
        It is signed, and no amendment is under way.
    """
    trial = work.trials.get(trial_id)
    if trial.entered_in_error:
        raise ConflictError("This trial was entered in error.", "Open the patient again.")
    if not signed_too:
        refuse_signed(work, trial_id)
    return trial


def refuse_signed(work: UnitOfWork, trial_id: UUID) -> None:
    """Refuse a change of a signed trial that nobody amends.

    Raises
    ------
    SignedError
        It is signed, and no amendment is under way.
    """
    signatures, amendments = signed_trial(work, trial_id)
    if of_trial(signatures) is not None and open_amendment(signatures, amendments) is None:
        raise SignedError(
            "This trial is signed; nothing was changed.",
            "A clinician can amend it, with a reason.",
        )


def refuse_signed_patient(work: UnitOfWork, patient_id: UUID) -> None:
    """Refuse a change of everything of a patient when one of the trials is signed.

    Raises
    ------
    SignedError
        A trial is signed, and no amendment is under way.
    """
    for trial in work.trials.of_patient(patient_id):
        refuse_signed(work, trial.id)


def refuse_signed_event(work: UnitOfWork, event: SafetyEvent) -> None:
    """Refuse to reword or take back an event that a signature covers.

    What is reported, told or done after the signature is never held up.

    Raises
    ------
    SignedError
        The event was there when its trial was signed, and no amendment is under way.
    """
    trials = work.trials.of_patient(event.patient_id)
    ids = [trial.id for trial in trials if event.trial_id in (trial.id, None)]
    for trial_id in ids:
        last = of_trial(signed_trial(work, trial_id)[0])
        if last is not None and event.reported_at <= last.at:
            refuse_signed(work, trial_id)


def signed_trial(
    work: UnitOfWork, trial_id: UUID
) -> tuple[Sequence[Signature], Sequence[Amendment]]:
    """Return a trial's signatures and amendments."""
    signatures = work.signatures.of_trials([trial_id]).get(trial_id, ())
    if not signatures:
        return (), ()
    return signatures, work.signatures.amendments([trial_id]).get(trial_id, ())


def is_signed(work: UnitOfWork, check_in: CheckIn) -> bool:
    """Return whether somebody signed this check-in, in whichever revision."""
    signatures, _ = signed_trial(work, check_in.trial_id)
    return of_check_in(signatures, check_in.id) is not None


def refuse_signed_check_in(work: UnitOfWork, check_in: CheckIn, *, by: Account) -> None:
    """Let nobody but a clinician change a signed check-in.

    Raises
    ------
    SignedError
        It is signed, and the account may not amend.
    """
    if is_signed(work, check_in) and not is_allowed(by, Action.AMEND):
        raise SignedError(
            "This check-in is signed; nothing was changed.",
            "A clinician can correct it, with a reason.",
        )


def live_check_in(work: UnitOfWork, check_in_id: UUID, *, by: Account) -> CheckIn:
    """Return the newest revision of a check-in to revise.

    Raises
    ------
    NotFoundError, ConflictError
        There is none; it was entered in error.
    SignedError
        Its trial is signed and not being amended, or it is signed and this is no clinician.
    """
    check_in = work.check_ins.get(check_in_id)
    if check_in.entered_in_error:
        raise ConflictError("This check-in was entered in error.", "Open the patient again.")
    refuse_signed(work, check_in.trial_id)
    refuse_signed_check_in(work, check_in, by=by)
    return check_in
