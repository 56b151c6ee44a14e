"""What a refusal says, and that the declaration of an action is what is asked."""

import pytest

from scs_trial.domain.clinic import Role
from scs_trial.errors import AccessDeniedError
from scs_trial.services.authorize import RULES, Action, action_of, allowed, authorize, is_allowed
from tests.records import make_account


@pytest.mark.parametrize(
    ("roles", "action", "what", "to_do"),
    [
        (
            [Role.NURSE],
            Action.MANAGE_ACCOUNTS,
            "This account may not manage accounts.",
            "Ask an administrator.",
        ),
        (
            [Role.ADMINISTRATOR],
            Action.DECIDE,
            "This account may not record the decision.",
            "Ask a clinician.",
        ),
        (
            [Role.NURSE],
            Action.EDIT_CRITERIA,
            "This account may not add or change criteria.",
            "Ask an administrator or clinician.",
        ),
        (
            [],
            Action.PASS_DOOR,
            "This account has no role any more.",
            "Ask an administrator.",
        ),
    ],
)
def test_that_a_refusal_says_who_may(roles, action, what: str, to_do: str) -> None:
    with pytest.raises(AccessDeniedError) as refused:
        authorize(make_account(roles=roles), action)
    assert (refused.value.what, refused.value.to_do) == (what, to_do)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_that_an_account_passes_exactly_where_the_table_lets_it(role: Role, action: Action) -> None:
    account = make_account(roles=[role])
    assert is_allowed(account, action) is (role in RULES[action])
    if role in RULES[action]:
        authorize(account, action)
    else:
        with pytest.raises(AccessDeniedError):
            authorize(account, action)


def test_that_only_a_declared_action_is_one() -> None:
    def plain() -> None:
        """Do nothing."""

    assert action_of(plain) is None
    plain.action = "decide"  # type: ignore[attr-defined]
    assert action_of(plain) is None
    for action in (Action.DECIDE, Action.SIGN):
        assert action_of(allowed(action)(lambda session: None)) is action
        assert action_of(allowed(action, as_it_stands=False)(lambda session: None)) is action
