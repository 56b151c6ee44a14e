"""The roles of accounts as they stand, for a program that alone may change them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

from scs_trial.domain.clinic import Role

Roles = frozenset[Role]


class KnownRoles:
    """Remembers the roles that were read until this program changes an account.

    Every action asks for the roles anew. While the program holds the record's lock nobody else
    changes an account, so that only its own changes have to be watched; without the lock nothing
    is remembered.

    Parameters
    ----------
    alone
        The lock is held.
    """

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._gate = threading.Lock()
        self._held: dict[UUID, Roles] = {}
        self._changes = 0

    def of(self, account_id: UUID, read: Callable[[UUID], Roles]) -> Roles:
        """Return the roles of an account, from the record when they are not known."""
        with self._gate:
            held, changes = self._held.get(account_id), self._changes
        if held is not None:
            return held
        roles = read(account_id)
        with self._gate:
            if self._alone and changes == self._changes:  # nothing was saved while it was read
                self._held[account_id] = roles
        return roles

    def changed(self) -> None:
        """Forget them all: an account was saved."""
        with self._gate:
            self._held = {}
            self._changes += 1
