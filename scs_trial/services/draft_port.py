"""What the services need of half-typed forms; a part of ``ports``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from scs_trial.services.ports import Draft


class Drafts(Protocol):
    """Half-typed forms. Not audited; deleted in the transaction that saves the form."""

    def put(self, draft: Draft) -> None:
        """Insert or replace by (account, key)."""
        ...

    def of_account(self, account_id: UUID) -> Sequence[Draft]:
        """Return the account's drafts, newest first."""
        ...

    def discard(self, account_id: UUID, key: str) -> None:
        """Delete one; nothing happens when there is none."""
        ...
