"""Half-typed forms, kept for each account and offered again after a crash."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from scs_trial.services.authorize import Action, allowed
from scs_trial.services.ports import Draft
from scs_trial.services.session import Session


@allowed(Action.KEEP_DRAFT)
def keep_draft(session: Session, *, key: str, patient_id: UUID | None, payload: str) -> None:
    """Store a draft durably (callers debounce under half a second)."""
    with session.writing() as work:
        work.drafts.put(
            Draft(
                account_id=session.account.id,
                key=key,
                patient_id=patient_id,
                payload=payload,
                updated_at=session.clock.now(),
            )
        )
        work.commit()


@allowed(Action.KEEP_DRAFT)
def drafts(session: Session) -> Sequence[Draft]:
    """Return this account's drafts, newest first."""
    with session.reading() as work:
        return work.drafts.of_account(session.account.id)


@allowed(Action.KEEP_DRAFT)
def discard_draft(session: Session, key: str) -> None:
    """Delete a draft."""
    with session.writing() as work:
        work.drafts.discard(session.account.id, key)
        work.commit()
