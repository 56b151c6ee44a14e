"""One's own password and PIN."""

from __future__ import annotations

from itertools import pairwise

from scs_trial.errors import FieldError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.door import password_problem
from scs_trial.services.session import Session

PIN_DIGITS = 6


@allowed(Action.KEEP_OWN_KEYS)
def change_own_password(session: Session, *, old: str, new: str) -> None:
    """Change one's own password; the PIN goes with the old one.

    Raises
    ------
    FieldError, UserError
        The new one is too weak, or the old one is wrong.
    """
    problem = password_problem(new, user_name=session.account.user_name)
    if problem:
        raise FieldError("new", problem)
    session.keys.change_password(session.account.id, old=old, new=new)
    _note(session, "password_changed")


@allowed(Action.KEEP_OWN_KEYS)
def set_own_pin(session: Session, *, password: str, digits: str) -> None:
    """Set one's own PIN, which unlocks the screen shortly after it was locked."""
    problem = pin_problem(digits)
    if problem:
        raise FieldError("digits", problem)
    session.keys.set_pin(session.account.id, password=password, digits=digits)
    _note(session, "pin_set")


@allowed(Action.KEEP_OWN_KEYS)
def has_own_pin(session: Session) -> bool:
    """Return whether one has set a PIN."""
    return session.keys.has_pin(session.account.id)


def pin_problem(digits: str) -> str:
    """Return what keeps a PIN from being used, or an empty text."""
    if len(digits) != PIN_DIGITS or not (digits.isascii() and digits.isdigit()):
        return f"Use {PIN_DIGITS} digits."
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return "This PIN is guessed first; choose another one."
    return ""


def _note(session: Session, action: str) -> None:
    with session.writing() as work:
        work.audit.note(action, entity="account", entity_id=str(session.account.id))
        work.commit()
