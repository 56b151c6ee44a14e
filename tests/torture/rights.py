"""Rights hold: every use case is called as every role, generated from the code."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scs_trial.domain.clinic import Role
from scs_trial.errors import AccessDeniedError, UserError
from scs_trial.services.authorize import RULES, Action, action_of
from tests.services.test_authorize import USE_CASES, expected_roles, session_as
from tests.torture.promise import Promise, Reached

ROLES = (*Role, None)


@dataclass(slots=True)
class Matrix:
    """What was tried and what was wrong."""

    calls: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def matrix(use_cases: Mapping[str, Callable[..., Any]] = USE_CASES) -> Matrix:
    """Call every use case as every role, and as an account without any."""
    seen = Matrix()
    seen.wrong += [f"{action} has no rule" for action in Action if not RULES.get(action)]
    for name, use_case in sorted(use_cases.items()):
        action = action_of(use_case)
        if action is None:
            seen.wrong.append(f"{name} declares no action")
        for role in ROLES:
            may = action is not None and role in expected_roles(action)
            let = _lets_pass(use_case, role)
            seen.calls += 1
            seen.refused += not let
            if let is not may:
                seen.wrong.append(f"{name} {'lets' if let else 'refuses'} {role or 'nobody'}")
    return seen


def _lets_pass(use_case: Callable[..., Any], role: Role | None) -> bool:
    """Whether the use case does anything else than refuse; its record can't be touched."""
    parameters = list(inspect.signature(use_case).parameters.values())[1:]
    positional = [None for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    named = {one.name: None for one in parameters if one.kind is one.KEYWORD_ONLY}
    try:
        use_case(session_as(*([role] if role else [])), *positional, **named)
    except AccessDeniedError:
        return False
    except (AssertionError, AttributeError, TypeError, ValueError, NotImplementedError, UserError):
        return True  # it reached the record, or stumbled over an empty form
    return True


def run(size: int, seed: int, folder: Path) -> Reached:
    """Try the whole matrix; it has one size."""
    seen = matrix()
    return Reached(
        text=f"{len(USE_CASES)} service functions x {len(ROLES)} (each role, and none):"
        f" {seen.refused} of {seen.calls} calls refused, {len(seen.wrong)} wrong"
        + "".join(f"; {wrong}" for wrong in seen.wrong[:5]),
        held=seen.calls > 0 and not seen.wrong,
    )


PROMISE = Promise(
    name="rights",
    words="rights hold",
    figure="full matrix, every service function",
    full=1,
    short=1,
    run=run,
)
