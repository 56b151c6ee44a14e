"""The worked cases of the evaluation specification, sections 2 and 10."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from scs_trial.domain.numbers import json_number, percent_text
from scs_trial.domain.result import DayState, Method, Reason, Status
from tests.domain.build import (
    captured,
    check_in,
    codes,
    columns,
    diary,
    evaluated,
    leaf,
    leaf_result,
    rules,
)

PAIN = "pain_average"
# Section 10: baseline 8 7 8 9 7 8 8 (mean 55/7), trial days 0-7: 7 6 5 4 4 3 4 3, ended on day 7.
WORKED = diary(
    columns(PAIN, [8, 7, 8, 9, 7, 8, 8], dict(enumerate([7, 6, 5, 4, 4, 3, 4, 3]))),
    ended=7,
)


@pytest.mark.parametrize(
    ("method", "relief", "status"),
    [  # Section 10, the table.
        (Method.MEAN_FROM_DAY_0, 42.727273, Status.NOT_MET),
        (Method.MEAN_FROM_DAY_1, 47.272727, Status.NOT_MET),
        (Method.MEAN_FROM_DAY_2, 51.212121, Status.MET),
        (Method.MEAN_LAST_3, 57.575758, Status.MET),
        (Method.LAST_DAY, 61.818182, Status.MET),
        (Method.BEST_DAY, 61.818182, Status.MET),
        (Method.MEDIAN, 49.090909, Status.NOT_MET),
    ],
)
def test_that_the_worked_methods_agree(method: Method, relief: float, status: Status) -> None:
    found = next(m for m in evaluated(WORKED).methods if m.method is method)
    assert found.value is not None
    assert json_number(found.value) == relief
    assert found.status is status


def test_that_the_worked_trial_is_not_met_and_settled_near_the_line() -> None:
    answer = evaluated(WORKED)
    assert answer.status is Status.NOT_MET
    assert answer.settled
    assert answer.primary.value is not None
    assert percent_text(answer.primary.value) == "47.2 %"
    assert codes(answer) == ["near_threshold", "method_dependent"]


@pytest.mark.parametrize(
    ("baseline", "trial", "relief", "status"),
    [
        # Section 2: exactly 50 %, though floats give 49.999999999999986.
        (["8.7", "9.1"], ["6.0", "2.9"], Fraction(50), Status.MET),
        # Section 10: "Baseline 7.0, trial mean 4.9 is exactly 30 %" (floats: 29.999999999999993).
        (["7.0"], ["4.9"], Fraction(30), Status.NOT_MET),
        # Section 10: "Baseline 5, trial mean 6 is -20 %"; never clamped.
        (["5"], ["6"], Fraction(-20), Status.NOT_MET),
        # One part in 10**15 short of half is not half.
        (["8"], ["4.000000000000001"], Fraction(50) - Fraction(1, 8 * 10**13), Status.NOT_MET),
    ],
)
def test_that_relief_is_exact(
    baseline: list[str], trial: list[str], relief: Fraction, status: Status
) -> None:
    days = diary(columns(PAIN, baseline, dict(enumerate(trial, start=1))), ended=7)
    result = leaf_result(days, leaf(min_days=1))
    assert result.value == relief
    assert result.status is status


def test_that_thirty_percent_is_met_at_exactly_thirty() -> None:
    days = diary(columns(PAIN, ["7.0"], {1: "4.9", 2: "5.0", 3: "4.8"}), ended=7)
    assert leaf_result(days, leaf(threshold="30")).status is Status.MET


def test_that_a_baseline_of_zero_is_not_assessable() -> None:
    days = diary(columns(PAIN, [0, 0], {1: 0, 2: 1, 3: 0}), ended=3)
    answer = evaluated(days)
    assert answer.status is Status.NOT_ASSESSABLE
    assert answer.primary.reasons == (Reason.BASELINE_ZERO,)
    assert answer.primary.value is None


def test_that_one_to_zero_is_a_hundred_percent_and_a_low_baseline() -> None:
    answer = evaluated(diary(columns(PAIN, [1, 1, 1], {1: 0, 2: 0, 3: 0}), ended=3))
    assert answer.primary.value == 100
    assert answer.status is Status.MET
    assert "low_baseline" in codes(answer)


def test_that_morning_calls_about_yesterday_fill_days_one_to_seven_and_nothing_else() -> None:
    """Section 10: seven calls at 09:00 on days 2 to 8, each about the day before."""
    calls = [
        check_in(call - 1, {PAIN: 3}, recorded_at=captured(call, hour=9)) for call in range(2, 9)
    ]
    for day, call in zip(calls, range(2, 9), strict=True):
        assert day.recorded_at is not None
        assert day.day == day.recorded_at.date() - timedelta(days=1)
        assert day.recorded_at == captured(call)
    answer = evaluated(diary(columns(PAIN, [8, 8, 8], {}), extra=calls))
    assert dict(answer.day_states) == dict.fromkeys(range(1, 8), DayState.RECORDED)
    assert answer.primary.recorded_days == 7
    assert answer.primary.open_days == 0
    assert codes(answer) == []


def test_that_the_sample_of_section_nine_is_reproduced() -> None:
    """The sample object: baseline 7.7, trial 3.6, range, needed and programs by hand."""
    days = diary(
        columns(PAIN, ["7.7", "7.7", "7.7"], {}),
        extra=[
            check_in(1, {PAIN: "5"}, program="P1"),
            check_in(2, {PAIN: "5"}, program="P1"),
            check_in(3, {PAIN: "3"}, program="P2"),
            check_in(4, {PAIN: "3"}, program="P2"),
            check_in(5, {PAIN: "2"}, program="P2"),
        ],
    )
    answer = evaluated(days, rules())
    result = answer.leaves[0]
    assert result.range is not None
    assert [json_number(end) for end in result.range] == [29.499072, 66.604824]
    assert result.needed is not None
    assert (result.needed.mean, result.needed.days) == (Fraction("4.475"), 2)
    assert (result.recorded_days, result.open_days) == (5, 2)
    assert [status.value for status in answer.possible] == ["met", "not_met"]
    assert [(p.program, p.days, p.mean) for p in answer.programs] == [
        ("P1", 2, Fraction(5)),
        ("P2", 3, Fraction(8, 3)),
    ]
    assert codes(answer) == ["near_threshold", "program_changed"]
