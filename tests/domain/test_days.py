"""Days: which check-ins count, and the state of each window day (specification, section 1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scs_trial.domain.diary import Diary, Phase
from scs_trial.domain.result import DayState
from tests.domain.build import (
    START,
    check_in,
    codes,
    columns,
    diary,
    evaluated,
    leaf,
    leaf_result,
    on_day,
    rules,
)

PAIN = "pain_average"
RECORDED, CLOSED, OPEN = DayState.RECORDED, DayState.CLOSED, DayState.OPEN


def states(trial: Diary, **more: int | bool) -> list[DayState]:
    return list(evaluated(trial, rules(**more)).day_states.values())


def test_that_each_window_day_has_one_state() -> None:
    trial = diary(
        columns(PAIN, [8], {1: 4}),
        extra=[
            check_in(2, {}, missed=True),
            check_in(3, {PAIN: 3}, stimulation_off=True),
            check_in(4, {"activity_score": 5}),
        ],
        planned_days=5,
    )
    assert states(trial) == [RECORDED, CLOSED, CLOSED, OPEN, OPEN]
    assert states(trial, exclude_stimulation_off=False) == [
        RECORDED,
        CLOSED,
        RECORDED,
        OPEN,
        OPEN,
    ]
    result = leaf_result(trial, leaf())
    assert (result.recorded_days, result.open_days) == (1, 2)


def test_that_the_window_runs_from_the_first_day_to_the_last() -> None:
    trial = diary(columns(PAIN, [8], {0: 1, 1: 2, 2: 3, 3: 4}), planned_days=2)
    assert list(evaluated(trial).day_states) == [1, 2]
    assert list(evaluated(trial, rules(first_day=0)).day_states) == [0, 1, 2]
    assert list(evaluated(trial, rules(first_day=2)).day_states) == [2]
    assert leaf_result(trial, leaf(min_days=1)).trial == 2.5  # days 0 and 3 are not used
    assert leaf_result(trial, leaf(min_days=1), first_day=0).trial == 2
    assert leaf_result(trial, leaf(min_days=1), first_day=2).trial == 3


@pytest.mark.parametrize(
    ("ended", "awaiting", "running", "second"),
    [
        (None, False, True, OPEN),
        (2, False, False, CLOSED),
        (2, True, True, OPEN),  # a paper diary may still arrive
    ],
)
def test_that_days_stay_open_while_a_diary_is_awaited(
    ended: int | None, awaiting: bool, running: bool, second: DayState
) -> None:
    trial = diary(columns(PAIN, [8], {1: 4}), ended=ended, awaiting_diary=awaiting, planned_days=2)
    assert evaluated(trial).running is running
    assert states(trial) == [RECORDED, second]


def test_that_the_last_day_is_the_end_of_the_trial_else_the_planned_one() -> None:
    assert len(states(diary(planned_days=5))) == 5
    assert len(states(diary(ended=3, planned_days=5))) == 3
    assert len(states(diary(ended=9, planned_days=5))) == 9


@pytest.mark.parametrize("ended", [0, -1])
def test_that_the_window_may_be_empty(ended: int) -> None:
    answer = evaluated(diary(columns(PAIN, [8, 8, 8], {0: 2}), ended=ended))
    assert dict(answer.day_states) == {}
    assert answer.status.value == "not_assessable"
    assert answer.settled
    assert (answer.primary.recorded_days, answer.primary.open_days) == (0, 0)
    assert "missing_days" not in codes(answer)


def test_that_an_excluded_day_is_no_value_anywhere() -> None:
    trial = diary(
        columns(PAIN, [8], {1: 4, 2: 4}),
        extra=[
            check_in(0, {PAIN: 0}, stimulation_off=True),
            check_in(3, {PAIN: 0}, stimulation_off=True),
        ],
        ended=3,
    )
    answer = evaluated(trial)
    assert answer.primary.trial == 4
    values = {m.method.value: m.value for m in answer.methods}
    assert values["mean_from_day_0"] == 50
    assert values["best_day"] == 50
    assert values["baseline_carried"] == pytest.approx(100 / 3)
    assert values["locf"] == 50
    kept = evaluated(trial, rules(exclude_stimulation_off=False))
    assert kept.primary.trial == pytest.approx(8 / 3)


def test_that_the_placement_date_carries_both_phases() -> None:
    trial = diary(
        columns(PAIN, [], {1: 2, 2: 2, 3: 2}),
        extra=[
            check_in(0, {PAIN: 8}, phase=Phase.BASELINE),
            check_in(0, {PAIN: 0}, phase=Phase.TRIAL),
        ],
        ended=3,
    )
    answer = evaluated(trial)
    assert answer.primary.baseline == 8
    assert answer.primary.trial == 2
    assert answer.methods[0].value == 100 * (8 - 1.5) / 8  # mean_from_day_0


def test_that_faulty_phases_are_not_used() -> None:
    """A baseline after placement and a trial day before it are faults of the readers."""
    trial = diary(
        columns(PAIN, [8], {1: 2, 2: 2, 3: 2}),
        extra=[
            check_in(1, {PAIN: 0}, phase=Phase.BASELINE),
            check_in(2, {PAIN: 0}, phase=Phase.BASELINE),
            check_in(-1, {PAIN: 0}, phase=Phase.TRIAL),
        ],
        ended=3,
    )
    answer = evaluated(trial)
    assert answer.primary.baseline == 8
    assert answer.methods[0].value == 75


def test_that_days_are_counted_across_a_change_of_clocks(any_time_zone: str) -> None:
    for start in (date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 28)):
        trial = Diary(trial_start=start, trial_ended=start + timedelta(days=7))
        assert trial.last_day == 7
        assert trial.day_number(start + timedelta(days=1)) == 1


def test_that_day_numbers_count_from_placement() -> None:
    trial = diary()
    assert trial.day_number(START) == 0
    assert trial.day_number(on_day(-3)) == -3
