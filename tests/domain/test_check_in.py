"""What became of the safety questions of a day; source: the product page, "Check-in"."""

from __future__ import annotations

import pytest

from scs_trial.domain.check_in import SafetyAnswer, SafetyCheck, SafetyCheckState


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((), SafetyCheckState.NOT_ASKED),
        ((None, None), SafetyCheckState.NOT_ASKED),
        ((False, None), SafetyCheckState.PARTLY_ASKED),
        ((False, False), SafetyCheckState.ASKED_CLEAR),
        ((False, True), SafetyCheckState.FINDING),
        ((True, None), SafetyCheckState.FINDING),
    ],
)
def test_that_a_finding_comes_before_questions_left_out(
    answers: tuple[bool | None, ...], state: SafetyCheckState
) -> None:
    check = SafetyCheck(
        answers=tuple(SafetyAnswer(item_id=str(n), answer=a) for n, a in enumerate(answers))
    )
    assert check.state is state
