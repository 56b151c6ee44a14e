"""Who may do what: one table, deny by default, checked at the door of every use case.

On one file roles are policy and not cryptography: whoever can open the record could read it with
another program. Every use case of this package carries ``@allowed(Action...)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar

from scs_trial.domain.clinic import Account, Role
from scs_trial.errors import AccessDeniedError, ReadOnlyCopyError
from scs_trial.services.session import Session

P = ParamSpec("P")
T = TypeVar("T")


class Action(StrEnum):
    """Everything that an account can be allowed to do; the value completes "may not ..."."""

    PASS_DOOR = "log in or lock the screen"
    KEEP_OWN_KEYS = "change its own password or PIN"
    MANAGE_ACCOUNTS = "manage accounts"
    BREAK_GLASS = "open patients in an emergency"
    READ_SETTINGS = "read the clinic's settings"
    READ_LISTS = "see the lists of patients"
    OPEN_PATIENT = "open a patient"
    EDIT_PATIENT = "register or change a patient"
    MERGE_PATIENTS = "merge patients"
    RETRACT_PATIENT = "mark a patient as entered in error"
    EDIT_TRIAL = "set up or change a trial"
    CHANGE_FIXED_RULES = "change region, pain measure or criteria of a trial that has begun"
    END_TRIAL = "end, reopen or extend a trial"
    RETRACT_TRIAL = "mark a trial as entered in error"
    MOVE_TRIAL = "move a trial to another patient"
    RECORD_PROGRAM = "record a stimulation program"
    RECORD_MEDICATION = "record medication"
    RECORD_CHECK_IN = "record a check-in"
    CORRECT_CHECK_IN = "correct a check-in"
    RETRACT_CHECK_IN = "mark a check-in as entered in error"
    MOVE_CHECK_IN = "move a check-in"
    NOTE_CALL = "note a call"
    KEEP_DRAFT = "keep a half-typed form"
    REPORT_SAFETY = "report a safety event"
    ACKNOWLEDGE_SAFETY = "acknowledge a safety event"
    RESOLVE_SAFETY = "resolve a safety event"
    RESOLVE_RED_FLAG = "resolve an emergency, urgent or same-day safety event"
    RETRACT_SAFETY = "mark a safety event as entered in error"
    CONFIRM = "answer a confirmation"
    DECIDE = "record the decision"
    SIGN = "sign a record"
    AMEND = "amend a signed record"
    RECORD_FOLLOW_UP = "record what followed a trial"
    IMPORT_DIARY = "import diaries"
    UNDO_IMPORT = "undo an import"
    KEEP_IMPORT_PROFILE = "keep how a kind of file is imported"
    IMPORT_CASE = "import a case file"
    EXPORT_DATA = "export data"
    EDIT_SETTINGS = "change the clinic's settings"
    EDIT_SAFETY_LIST = "approve or change the safety questions"
    EDIT_CRITERIA = "add or change criteria"
    READ_AUDIT = "read the audit trail"
    VERIFY_RECORD = "check the record"
    BACK_UP = "back up the record"
    RESTORE_BACKUP = "restore or check backups"


_ANYBODY = frozenset(Role)
_CLINICAL = frozenset({Role.NURSE, Role.CLINICIAN})
_CLINICIAN = frozenset({Role.CLINICIAN})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

RULES: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.PASS_DOOR: _ANYBODY,
        Action.KEEP_OWN_KEYS: _ANYBODY,
        Action.MANAGE_ACCOUNTS: _ADMINISTRATOR,
        Action.BREAK_GLASS: _ADMINISTRATOR,
        Action.READ_SETTINGS: _ANYBODY,
        Action.READ_LISTS: _CLINICAL,
        Action.OPEN_PATIENT: _CLINICAL,
        Action.EDIT_PATIENT: _CLINICAL,
        Action.MERGE_PATIENTS: _CLINICIAN,
        Action.RETRACT_PATIENT: _CLINICIAN,
        Action.EDIT_TRIAL: _CLINICAL,
        Action.CHANGE_FIXED_RULES: _CLINICIAN,
        Action.END_TRIAL: _CLINICAL,
        Action.RETRACT_TRIAL: _CLINICIAN,
        Action.MOVE_TRIAL: _CLINICIAN,
        Action.RECORD_PROGRAM: _CLINICAL,
        Action.RECORD_MEDICATION: _CLINICAL,
        Action.RECORD_CHECK_IN: _CLINICAL,
        Action.CORRECT_CHECK_IN: _CLINICAL,
        Action.RETRACT_CHECK_IN: _CLINICAL,
        Action.MOVE_CHECK_IN: _CLINICAL,
        Action.NOTE_CALL: _CLINICAL,
        Action.KEEP_DRAFT: _CLINICAL,
        Action.REPORT_SAFETY: _CLINICAL,
        Action.ACKNOWLEDGE_SAFETY: _CLINICAL,
        Action.RESOLVE_SAFETY: _CLINICAL,
        Action.RESOLVE_RED_FLAG: _CLINICIAN,
        Action.RETRACT_SAFETY: _CLINICIAN,
        Action.CONFIRM: _CLINICIAN,
        Action.DECIDE: _CLINICIAN,
        Action.SIGN: _CLINICIAN,
        Action.AMEND: _CLINICIAN,
        Action.RECORD_FOLLOW_UP: _CLINICAL,
        Action.IMPORT_DIARY: _CLINICAL,
        Action.UNDO_IMPORT: _CLINICIAN,
        Action.KEEP_IMPORT_PROFILE: _CLINICAL,
        Action.IMPORT_CASE: _CLINICIAN,
        Action.EXPORT_DATA: _CLINICAL,
        Action.EDIT_SETTINGS: _ADMINISTRATOR,
        Action.EDIT_SAFETY_LIST: _CLINICIAN,
        Action.EDIT_CRITERIA: _CLINICIAN | _ADMINISTRATOR,
        Action.READ_AUDIT: _CLINICIAN | _ADMINISTRATOR,
        Action.VERIFY_RECORD: _CLINICIAN | _ADMINISTRATOR,
        Action.BACK_UP: _ANYBODY,
        Action.RESTORE_BACKUP: _ADMINISTRATOR,
    }
)
"""Roles that hold each action. An action without a line is held by nobody."""

IN_AN_EMERGENCY = frozenset({Action.READ_LISTS, Action.OPEN_PATIENT})
"""What the glass protects: reading, and nothing that changes."""


ON_A_COPY: frozenset[Action] = frozenset(
    {
        Action.PASS_DOOR,
        Action.READ_SETTINGS,
        Action.READ_LISTS,
        Action.OPEN_PATIENT,
        Action.READ_AUDIT,
        Action.VERIFY_RECORD,
    }
)
"""What can be done on a copy for reading; everything else is refused there."""


def is_allowed(account: Account, action: Action) -> bool:
    """Return whether one of the account's roles holds the action."""
    return bool(account.roles & RULES.get(action, frozenset()))


def authorize(account: Account, action: Action) -> None:
    """Let the account pass or refuse it.

    Raises
    ------
    AccessDeniedError
        None of the account's roles holds the action.
    """
    if is_allowed(account, action):
        return
    if not account.roles:
        raise AccessDeniedError("This account has no role any more.", "Ask an administrator.")
    holders = " or ".join(sorted(RULES.get(action, frozenset())))
    article = "an" if holders.startswith("a") else "a"
    raise AccessDeniedError(
        f"This account may not {action}.", f"Ask {article} {holders}." if holders else ""
    )


def may(session: Session, action: Action) -> bool:
    """Return whether a session may do it: by a role, or by reading in an emergency."""
    if is_allowed(session.account, action):
        return True
    return action in IN_AN_EMERGENCY and session.emergency.is_open(session.clock.now())


def allowed(
    action: Action, *, as_it_stands: bool = True
) -> Callable[[Callable[Concatenate[Session, P], T]], Callable[Concatenate[Session, P], T]]:
    """Declare the action of a use case; it is checked before the body runs.

    The roles are read from the record anew: one that was taken away ends at once. ``as_it_stands``
    False spares that for a use case that must not touch the record.
    """

    def declare(
        use_case: Callable[Concatenate[Session, P], T],
    ) -> Callable[Concatenate[Session, P], T]:
        @wraps(use_case)
        def checked(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
            _authorize(session, action)
            if session.copy is not None and action not in ON_A_COPY:
                raise ReadOnlyCopyError
            if as_it_stands:
                session = session.as_it_stands()
                _authorize(session, action)
            return use_case(session, *args, **kwargs)

        checked.action = action  # type: ignore[attr-defined]
        return checked

    return declare


def _authorize(session: Session, action: Action) -> None:
    if not may(session, action):
        authorize(session.account, action)


def action_of(use_case: Callable[..., object]) -> Action | None:
    """Return the action that a use case declares, or None."""
    found = getattr(use_case, "action", None)
    return found if isinstance(found, Action) else None
