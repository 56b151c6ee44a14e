"""The pages as signed, for an export that hands them on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from scs_trial.domain.case import Case
from scs_trial.exchange.export_model import SignedPage
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.build_review import build_review
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session


@allowed(Action.EXPORT_DATA)
def signed_pages(
    session: Session, work: UnitOfWork, cases: Iterable[Case]
) -> dict[UUID, SignedPage]:
    """Return the latest signature of every signed trial with its page, by trial."""
    found = {}
    for case in cases:
        for held in case.trials:
            if not work.signatures.of_trials([held.trial.id]):
                continue
            review = build_review(session, work, case.patient, held.trial)
            signature = review.signature
            if signature is not None:
                found[held.trial.id] = SignedPage(
                    signature=signature,
                    page=work.signatures.document(signature.id).page,
                    changed=review.changed_since,
                )
    return found
