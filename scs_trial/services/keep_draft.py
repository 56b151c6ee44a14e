"""Half-typed forms, kept for each account and offered again after a crash."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from scs_trial.services.ports import Draft
from scs_trial.services.session import Session


def keep_draft(session: Session, *, key: str, patient_id: UUID | None, payload: str) -> None:
    """Store a draft durably (callers debounce under half a second)."""
    raise NotImplementedError


def drafts(session: Session) -> Sequence[Draft]:
    """Return this account's drafts, newest first."""
    raise NotImplementedError


def discard_draft(session: Session, key: str) -> None:
    """Delete a draft."""
    raise NotImplementedError
