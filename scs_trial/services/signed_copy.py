"""The page as it was signed, here or in the record that a case file came from."""

from __future__ import annotations

from hashlib import sha256 as sha256_of
from uuid import UUID

from scs_trial.domain.signature import Signature
from scs_trial.domain.trial import Trial
from scs_trial.errors import ConflictError, UserError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.carried import signed_elsewhere
from scs_trial.services.live import signed_trial
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session


@allowed(Action.OPEN_PATIENT)
def signed_copy(session: Session, signature_id: UUID, *, trial_id: UUID) -> bytes:
    """Return the page as it was signed (PDF); the reading is audited.

    Raises
    ------
    NotFoundError
        There is no such signature.
    UserError
        The stored page is not the one that was signed.
    """
    with session.writing() as work:
        trial = work.trials.get(trial_id)
        signature, page = _page_of(work, trial, signature_id)
        if sha256_of(page).hexdigest() != signature.page_digest:
            raise UserError(
                "The stored page is not the one that was signed.",
                "Run verify on the record, and tell your administrator.",
            )
        work.audit.note(
            "open_signed_page",
            entity="signature",
            entity_id=str(signature_id),
            patient_id=trial.patient_id,
        )
        work.commit()
    return page


def _page_of(work: UnitOfWork, trial: Trial, signature_id: UUID) -> tuple[Signature, bytes]:
    """Return a signature with its page; one that came with a case file lies in the trail."""
    for carried in signed_elsewhere(work, trial.patient_id, trial.id):
        if carried.signature.id == signature_id:
            return carried.signature, carried.page
    signature = _named(work, trial.id, signature_id)
    return signature, work.signatures.document(signature_id).page


def _named(work: UnitOfWork, trial_id: UUID, signature_id: UUID) -> Signature:
    signatures, _ = signed_trial(work, trial_id)
    for held in signatures:
        if held.id == signature_id:
            return held
    work.signatures.document(signature_id)
    raise ConflictError("This signature is not of this trial.", "Open the patient again.")
