"""What the services need of the keys beside a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from scs_trial.domain.clinic import Account


class KeyKeeper(Protocol):
    """The ways into an open record. Slow calls (Argon2id) run off the GUI thread."""

    def add(self, account: Account, password: str, *, one_time: bool = False) -> None:
        """Give an account a way in, or a new one."""
        ...

    def change_password(self, account_id: UUID, *, old: str, new: str) -> None:
        """Change a password; raise ``UserError`` when the old one is wrong."""
        ...

    def set_pin(self, account_id: UUID, *, password: str, digits: str) -> None:
        """Set a PIN; raise ``UserError`` when the password is wrong."""
        ...

    def has_pin(self, account_id: UUID) -> bool:
        """Return whether an account has a PIN."""
        ...

    def unlocks(self, account_id: UUID) -> bool:
        """Return whether the account's PIN unlocks the screen now."""
        ...

    def pin_fits(self, account_id: UUID, digits: str) -> bool:
        """Return whether these digits are its PIN."""
        ...

    def one_time(self) -> frozenset[UUID]:
        """Return the accounts whose one-time password was not changed yet."""
        ...

    def remove(self, account_id: UUID) -> None:
        """Take a way in away and change the data key."""
        ...

    def relabel(self, accounts: Iterable[Account]) -> None:
        """Let the log-in's list say what the record says."""
        ...

    def new_recovery_key(self) -> str:
        """Return a recovery key to print; it is not in force yet."""
        ...

    def take_recovery_key(self, text: str) -> None:
        """Put a recovery key in force, in the place of the old one."""
        ...
