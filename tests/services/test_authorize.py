"""Every use case states who may run it; whoever may not is refused before anything happens.

Source of the expected roles: the safekeeping design, "People".
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest

import scs_trial.services as package
from scs_trial.clock import FixedClock
from scs_trial.domain.clinic import Account, Role
from scs_trial.domain.measures import Catalogue
from scs_trial.errors import AccessDeniedError, ReadOnlyCopyError
from scs_trial.services.authorize import (
    ON_A_COPY,
    RULES,
    Action,
    action_of,
    allowed,
    authorize,
    is_allowed,
)
from scs_trial.services.session import Session

HELPERS = {
    "authorize.may",
    "build_review.build_review",
    "build_review.with_draft",
    "criteria_of.criteria_of",
    "criteria_of.fix_rules",
    "import_plan.make_plan",
    "judge.judge",
    "register_patient.store_patient",
    "judge.judge_stored",
    "today_facts.today_facts",
}
"""Public functions that take a session but are parts of use cases, never called by a screen."""

CLINICIAN_ONLY = {
    Action.MERGE_PATIENTS,
    Action.RETRACT_PATIENT,
    Action.CHANGE_FIXED_RULES,
    Action.RETRACT_TRIAL,
    Action.MOVE_TRIAL,
    Action.RESOLVE_RED_FLAG,
    Action.RETRACT_SAFETY,
    Action.CONFIRM,
    Action.DECIDE,
    Action.SIGN,
    Action.AMEND,
    Action.EDIT_SAFETY_LIST,
    Action.IMPORT_CASE,
    Action.UNDO_IMPORT,
}
ADMINISTRATOR = {
    Action.PASS_DOOR,
    Action.KEEP_OWN_KEYS,
    Action.MANAGE_ACCOUNTS,
    Action.BREAK_GLASS,
    Action.READ_SETTINGS,
    Action.EDIT_SETTINGS,
    Action.EDIT_CRITERIA,
    Action.BACK_UP,
    Action.READ_AUDIT,
    Action.VERIFY_RECORD,
    Action.RESTORE_BACKUP,
}
NOT_CLINICAL = {
    Action.EDIT_SETTINGS,
    Action.MANAGE_ACCOUNTS,
    Action.BREAK_GLASS,
    Action.RESTORE_BACKUP,
}

NOT_A_NURSES = {Action.EDIT_CRITERIA, Action.READ_AUDIT, Action.VERIFY_RECORD}


def expected_roles(action: Action) -> set[Role]:
    """Return who holds an action by the design."""
    expected = {
        Role.NURSE: action not in CLINICIAN_ONLY | NOT_CLINICAL | NOT_A_NURSES,
        Role.CLINICIAN: action not in NOT_CLINICAL,
        Role.ADMINISTRATOR: action in ADMINISTRATOR,
    }
    return {role for role, holds in expected.items() if holds}


def takes_session(function: Callable[..., object]) -> bool:
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation in ("Session", Session)


def session_functions() -> dict[str, Callable[..., Any]]:
    found = {}
    for module_info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        module = importlib.import_module(module_info.name)
        for name, member in inspect.getmembers(module, inspect.isfunction):
            planted = "__mutmut_" in name  # by a mutation run, beside the function itself
            if member.__module__ == module.__name__ and not name.startswith("_") and not planted:
                short = module.__name__.removeprefix(package.__name__ + ".")
                if takes_session(member):
                    found[f"{short}.{name}"] = member
    return found


USE_CASES = {name: one for name, one in session_functions().items() if name not in HELPERS}


class _Untouchable:
    """A record that no refused use case may reach."""

    def reading(self) -> Any:
        raise AssertionError("the record was read")

    def writing(self, **_: object) -> Any:
        raise AssertionError("the record was written")

    @property
    def keys(self) -> Any:
        raise AssertionError("the keys were used")


def session_as(*roles: Role) -> Session:
    return Session(
        account=Account(id=UUID(int=1), user_name="x", display_name="X", roles=frozenset(roles)),
        workstation="here",
        records=_Untouchable(),
        clock=FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC)),
        catalogue=Catalogue({}),
        library=MappingProxyType({}),
        library_texts=MappingProxyType({}),
    )


def test_that_helpers_are_named_once_and_exist() -> None:
    assert session_functions().keys() >= HELPERS


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_that_every_use_case_declares_an_action_with_a_rule(name: str) -> None:
    action = action_of(USE_CASES[name])
    assert action is not None, f"{name} lacks @allowed"
    assert RULES[action]


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_that_roles_hold_what_the_design_says(role: Role, action: Action) -> None:
    assert is_allowed(session_as(role).account, action) is (role in expected_roles(action))


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_that_a_role_without_the_action_is_refused_before_the_record(
    name: str, role: Role | None
) -> None:
    use_case = USE_CASES[name]
    action = action_of(use_case)
    assert action is not None
    session = session_as(*([role] if role else []))
    if is_allowed(session.account, action):
        return
    parameters = list(inspect.signature(use_case).parameters.values())[1:]
    positional = [None for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    named = {one.name: None for one in parameters if one.kind is one.KEYWORD_ONLY}
    with pytest.raises(AccessDeniedError):
        use_case(session, *positional, **named)


class _Copy:
    """A copy for reading that no refused use case may reach."""

    as_of = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_that_a_copy_for_reading_refuses_what_writes_before_the_record(name: str) -> None:
    use_case = USE_CASES[name]
    action = action_of(use_case)
    if action in ON_A_COPY:
        return
    parameters = list(inspect.signature(use_case).parameters.values())[1:]
    positional = [None for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    named = {one.name: None for one in parameters if one.kind is one.KEYWORD_ONLY}
    with pytest.raises(ReadOnlyCopyError):
        use_case(replace(session_as(*Role), copy=_Copy()), *positional, **named)


def test_that_little_can_be_done_on_a_copy() -> None:
    assert {
        Action.PASS_DOOR,
        Action.READ_SETTINGS,
        Action.READ_LISTS,
        Action.OPEN_PATIENT,
        Action.READ_AUDIT,
        Action.VERIFY_RECORD,
    } == ON_A_COPY


def test_that_an_action_without_a_rule_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {action: roles for action, roles in RULES.items() if action is not Action.DECIDE}
    monkeypatch.setattr("scs_trial.services.authorize.RULES", rules)
    with pytest.raises(AccessDeniedError):
        authorize(session_as(*Role).account, Action.DECIDE)


def test_that_an_account_with_two_roles_holds_the_actions_of_both() -> None:
    account = session_as(Role.NURSE, Role.ADMINISTRATOR).account
    assert is_allowed(account, Action.RECORD_CHECK_IN)
    assert is_allowed(account, Action.EDIT_SETTINGS)
    assert not is_allowed(account, Action.DECIDE)


def test_that_a_checked_use_case_runs_for_who_may() -> None:
    @allowed(Action.DECIDE, as_it_stands=False)
    def decide(session: Session, number: int) -> int:
        return number + 1

    assert decide(session_as(Role.CLINICIAN), 1) == 2
    with pytest.raises(AccessDeniedError, match="Ask a clinician"):
        decide(session_as(Role.NURSE), 1)
