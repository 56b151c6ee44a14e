"""What the door looks at before it lets somebody choose a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scs_trial.errors import FieldError, UserError
from scs_trial.services.door import password_problem

if TYPE_CHECKING:
    from scs_trial.domain.clinic import Account
    from scs_trial.services.ports import Records


def refuse_weak(password: str, user_name: str) -> None:
    """Refuse a password that is easily guessed; raise `FieldError`."""
    problem = password_problem(password, user_name=user_name)
    if problem:
        raise FieldError("new", problem)


def account_of(records: Records, user_name: str) -> Account:
    """Return an account that works with the record; raise ``UserError``."""
    with records.reading() as work:
        held = [a for a in work.accounts.all() if a.user_name == user_name and a.roles]
    if not held:
        raise UserError("There is no such account.", "Choose another one.")
    return held[0]
