"""Who works with the record: accounts, roles, passwords, PINs, the recovery key.

The way in (a password's slot) is opened only after the account is on record, and taken away after
the account was ended there: a crash in between opens nothing to anybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from scs_trial.domain.clinic import Account, Role
from scs_trial.errors import FieldError, InputError, NotFoundError, UserError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.session import Session
from scs_trial.services.validation import one_line, refuse, text_faults

_LONGEST_NAME = 60
_ONE_TIME_GROUPS = 5
_ONE_TIME_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_ENTITY = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account as the administrator sees it."""

    account: Account
    one_time: bool
    """Whether the one-time password was not changed yet."""

    @property
    def removed(self) -> bool:
        """Whether the account was ended; its name stays on what it has written."""
        return not self.account.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedAccount:
    """An account and the one-time password to hand over; it is stored nowhere."""

    account: Account
    one_time_password: str


@allowed(Action.MANAGE_ACCOUNTS)
def list_accounts(session: Session) -> tuple[AccountLine, ...]:
    """Return all accounts, those that were removed last."""
    with session.reading() as work:
        accounts = work.accounts.all()
    one_time = session.keys.one_time()
    lines = [AccountLine(account=held, one_time=held.id in one_time) for held in accounts]
    return tuple(sorted(lines, key=lambda line: line.removed))


@allowed(Action.MANAGE_ACCOUNTS)
def add_account(
    session: Session, *, user_name: str, display_name: str, roles: Iterable[Role]
) -> AddedAccount:
    """Add an account with a one-time password.

    Raises
    ------
    InputError, ConflictError
        A name is missing or taken, or there is no role.
    """
    account = Account(
        id=uuid4(),
        user_name=one_line(user_name),
        display_name=one_line(display_name),
        roles=frozenset(roles),
    )
    refuse(_faults(account))
    with session.writing() as work:
        work.accounts.save(account, reason="added")
        work.commit()
    return _with_one_time_password(session, account)


@allowed(Action.MANAGE_ACCOUNTS)
def change_account(
    session: Session, account_id: UUID, *, display_name: str, roles: Iterable[Role], reason: str
) -> Account:
    """Change the name or the roles of an account.

    A role that is taken away ends at the next action, one that is given counts from the next
    log-in.

    Raises
    ------
    InputError, UserError
        Nobody would be administrator, or the account was removed.
    """
    with session.writing() as work:
        accounts = work.accounts.all()
        before = _live(accounts, account_id)
        after = replace(before, display_name=one_line(display_name), roles=frozenset(roles))
        refuse(_faults(after))
        _keep_an_administrator(accounts, after)
        work.accounts.save(after, reason=reason)
        work.commit()
        changed = [after if held.id == after.id else held for held in accounts]
    session.keys.relabel(changed)
    return after


@allowed(Action.MANAGE_ACCOUNTS)
def remove_account(session: Session, account_id: UUID, *, reason: str) -> None:
    """End an account: its password opens nothing any more, and the file is encrypted anew.

    What it has written stays, with its name. Slow: the whole file is written.

    Raises
    ------
    UserError
        It is one's own, or the only administrator's.
    """
    if account_id == session.account.id:
        raise UserError(
            "You can't remove your own account.", "Ask another administrator to remove it."
        )
    with session.writing() as work:
        accounts = work.accounts.all()
        ended = replace(_live(accounts, account_id), roles=frozenset())
        _keep_an_administrator(accounts, ended)
        work.accounts.save(ended, reason=reason or "removed")
        work.commit()
    session.keys.remove(account_id)


@allowed(Action.MANAGE_ACCOUNTS)
def give_one_time_password(session: Session, account_id: UUID) -> AddedAccount:
    """Give somebody who forgot the password a one-time one; the PIN goes with the old one."""
    with session.writing() as work:
        account = _live(work.accounts.all(), account_id)
        work.audit.note("one_time_password", entity=_ENTITY, entity_id=str(account_id))
        work.commit()
    return _with_one_time_password(session, account)


@allowed(Action.MANAGE_ACCOUNTS)
def propose_recovery_key(session: Session) -> str:
    """Return a recovery key to print and to type back; the old one is still in force."""
    return session.keys.new_recovery_key()


@allowed(Action.MANAGE_ACCOUNTS)
def take_recovery_key(session: Session, text: str) -> None:
    """Put a printed recovery key in force and encrypt the file anew; the old one ends.

    Raises
    ------
    UserError
        The file could not be encrypted anew; the trail says that it was not done, or waits.
    """
    _note(session, "recovery_key_changed")
    try:
        session.keys.take_recovery_key(text)
    except UserError:
        _note(session, "recovery_key_not_in_force")
        raise


def one_time_password() -> str:
    """Return a random password that is easily read out: five groups of four signs."""
    groups = (
        "".join(secrets.choice(_ONE_TIME_SIGNS) for _ in range(4)) for _ in range(_ONE_TIME_GROUPS)
    )
    return "-".join(groups)


def _with_one_time_password(session: Session, account: Account) -> AddedAccount:
    password = one_time_password()
    session.keys.add(account, password, one_time=True)
    return AddedAccount(account=account, one_time_password=password)


def _live(accounts: Iterable[Account], account_id: UUID) -> Account:
    found = next((held for held in accounts if held.id == account_id and held.roles), None)
    if found is None:
        raise NotFoundError("There is no such account.", "Reload the list.")
    return found


def _keep_an_administrator(accounts: Iterable[Account], after: Account) -> None:
    others = any(Role.ADMINISTRATOR in held.roles for held in accounts if held.id != after.id)
    if Role.ADMINISTRATOR not in after.roles and not others:
        raise InputError(
            [FieldError("roles", "Nobody would be administrator any more.")],
            "Give somebody else that role first.",
        )


def _faults(account: Account) -> list[FieldError]:
    found = [
        *text_faults("user_name", account.user_name, required=True, limit=_LONGEST_NAME),
        *text_faults("display_name", account.display_name, required=True, limit=_LONGEST_NAME),
    ]
    if not account.roles:
        found.append(FieldError("roles", "Choose at least one role."))
    return found


def _note(session: Session, action: str) -> None:
    with session.writing() as work:
        work.audit.note(action, entity=_ENTITY, entity_id=str(session.account.id))
        work.commit()
