"""What the services need of the record's accounts; a part of ``ports``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from scs_trial.domain.clinic import Account, Role


class Accounts(Protocol):
    """Accounts (their keys lie in the slots beside the record)."""

    def roles_of(self, account_id: UUID) -> frozenset[Role]:
        """Return the roles of an account as they stand; none when there is no such account."""
        ...

    def all(self) -> Sequence[Account]:
        """Return every account."""
        ...

    def save(self, account: Account, *, reason: str = "") -> None:
        """Insert or update."""
        ...
