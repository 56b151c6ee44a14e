"""The door to a record: create it, list who may enter, open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from scs_trial.errors import UserError

if TYPE_CHECKING:
    from scs_trial.services.log_in import DoorEvent
    from scs_trial.services.session import Session

SHORTEST_PASSWORD = 15
DEMO_PASSWORD = "a made-up clinic, nobody is real"
"""Of the demo's account, so that signing can be tried; no secret."""
_FEWEST_DIFFERENT = 5
_COMMON = (
    "password",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "letmein",
    "iloveyou",
    "welcome",
    "administrator",
    "spinalcordstimulation",
    "scstrial",
    "painclinic",
)
"""Words that common passwords are made of by repeating or joining them."""


class TooManyTriesError(UserError):
    """The next try must wait.

    Parameters
    ----------
    left
        How long.
    """

    def __init__(self, what: str, to_do: str, *, left: timedelta) -> None:
        super().__init__(what, to_do)
        self.left = left


class MustChangePasswordError(UserError):
    """The one-time password is right, and opens nothing before it was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAccount:
    """The account that a new record starts with; it holds all roles that a clinic needs."""

    user_name: str
    display_name: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountName:
    """An account as the log-in offers it, known without opening the record."""

    user_name: str
    display_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A new record, open, and its recovery key in groups, to be printed once."""

    session: Session
    recovery_key: str


class Door(Protocol):
    """Creates and opens records. Slow calls run off the GUI thread."""

    def default_path(self) -> Path:
        """Return where a record is kept when nothing else is chosen."""
        ...

    def last_path(self) -> Path | None:
        """Return the record that was open last, if it still exists."""
        ...

    def accounts(self, path: Path) -> Sequence[AccountName]:
        """Return who may open the record; raise ``UserError`` when it can't be read."""
        ...

    def create(self, path: Path, first: FirstAccount, *, zone: str) -> NewRecord:
        """Create an empty record with its first account, and open it."""
        ...

    def open(self, path: Path, user_name: str, password: str) -> Session:
        """Open a record; raise ``UserError`` for a wrong password, damage, a newer record."""
        ...

    def change_password(self, path: Path, user_name: str, *, old: str, new: str) -> None:
        """Change a password before the record is open: a one-time one must be."""
        ...

    def recover(
        self, path: Path, user_name: str, recovery_key: str, *, new_password: str
    ) -> Session:
        """Give an account a new password with the recovery key, and open the record."""
        ...

    def check_password(self, user_name: str, password: str) -> None:
        """Raise ``UserError`` unless it is the account's password: for unlocking."""
        ...

    def check_closed(self, path: Path, user_name: str, password: str) -> None:
        """Raise ``UserError`` unless it is an account's password of a record that is closed."""
        ...

    def has_pin(self) -> bool:
        """Return whether the account that has entered has a PIN that unlocks."""
        ...

    def check_pin(self, digits: str) -> bool:
        """Return whether these digits are its PIN."""
        ...

    def note(self, event: DoorEvent, *, why: str = "") -> None:
        """Put an event at the door of the open record on its trail, with the failed tries."""
        ...

    def open_demo(self) -> Session:
        """Make the demo clinic in a scratch record and open it."""
        ...

    def open_path(self) -> Path | None:
        """Return where the open record lies; None before one is open."""
        ...

    def restore(self, name: str, user_name: str, password: str) -> str:
        """Put a backup in the place of the open record, which is closed then; say what was kept.

        Raises ``UserError``; while the backup is only being checked the record stays open.
        """
        ...

    def repair(self, path: Path, user_name: str, password: str, say: Callable[[str], None]) -> str:
        """Mend a closed, damaged record step by step; return the folder of what was kept.

        Parameters
        ----------
        user_name, password
            Of an administrator, as they are in the record or were in the backup.
        say
            Told each step as a sentence.

        Raises
        ------
        UserError
            No step helped; the record is as it was, and kept aside besides.
        """
        ...

    def secure(self, step: Callable[[], None], *, why: str = "") -> None:
        """Note the log-out, and back the open record up before it is closed; may take long.

        Parameters
        ----------
        step
            Called between the steps; may raise ``CancelledError`` to end it there.

        Raises
        ------
        UserError
            With the reason; the record stays open.
        """
        ...

    def close_without_backup(self, *, why: str = "") -> None:
        """Note the log-out and close the open record as it is; a demo is deleted."""
        ...

    def close(self, *, why: str = "") -> None:
        """Note the log-out and close the open record, backed up; a demo is deleted."""
        ...


def password_problem(password: str, *, user_name: str) -> str:
    """Return what keeps a password from being used, or an empty text.

    At least 15 characters, no composition rules; names, repetitions and joined common words are
    refused (NIST SP 800-63B-4, section 3.1.1.2).
    """
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters; a short sentence is easy to remember."
    folded = password.casefold()
    if len(set(folded)) < _FEWEST_DIFFERENT:
        return "This password repeats a few characters; choose another one."
    if user_name and folded.replace(user_name.casefold(), "") != folded:
        return "The password must not contain the user name."
    rest = "".join(char for char in folded if char.isalnum())
    for word in sorted(_COMMON, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST_PASSWORD // 3:
        return "This password is made of words that are tried first; choose another one."
    return ""
