"""Methods side by side and programs: the evaluation specification, sections 6 and 8."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from scs_trial.domain.diary import Diary
from scs_trial.domain.result import Method, Status
from tests.domain.build import check_in, columns, diary, evaluated, leaf, rules

PAIN = "pain_average"
ORDER = [
    "mean_from_day_0",
    "mean_from_day_1",
    "mean_from_day_2",
    "mean_last_3",
    "last_day",
    "best_day",
    "median",
    "locf",
    "baseline_carried",
    "stated",
]


def relief(trial: Diary, **more: Any) -> dict[str, Fraction | None]:
    return {m.method.value: m.value for m in evaluated(trial, rules(**more)).methods}


def percent(trial_mean: Fraction | int, baseline: int = 10) -> Fraction:
    return Fraction(100 * (baseline - Fraction(trial_mean)), baseline)


def test_that_methods_stand_in_the_order_of_the_page() -> None:
    assert [m.method.value for m in evaluated(diary()).methods] == ORDER


def test_that_methods_ignore_both_minimums() -> None:
    trial = diary(columns(PAIN, [10], {1: 4}), ended=1)
    values = relief(trial, baseline_min_days=3)
    assert values["median"] == 60
    assert values["mean_from_day_2"] is None
    assert values["mean_last_3"] is None  # not assessable with fewer


def test_that_means_from_a_day_do_not_follow_the_first_day_of_the_criteria() -> None:
    trial = diary(columns(PAIN, [10], {0: 8, 1: 6, 2: 4, 3: 2}), ended=3)
    for first_day in (0, 1, 2, 3):
        values = relief(trial, first_day=first_day)
        assert values["mean_from_day_0"] == 50
        assert values["mean_from_day_1"] == 60
        assert values["mean_from_day_2"] == 70
    assert relief(trial, first_day=0)["median"] == 50
    assert relief(trial, first_day=2)["median"] == 70


def test_that_days_after_the_last_are_in_no_method() -> None:
    trial = diary(columns(PAIN, [10], {1: 4, 2: 4, 3: 4, 4: 0}), ended=3)
    values = relief(trial)
    assert {values[name] for name in ORDER[:-1]} == {60}


class TestGaps:
    """Baseline 10; days 1-6 of a trial ended on day 6: - 6 - 4 - -."""

    DAYS = columns(PAIN, [10], {2: 6, 4: 4})

    def test_that_a_final_trial_is_filled_to_its_last_day(self) -> None:
        values = relief(diary(self.DAYS, ended=6))
        assert values["locf"] == percent(Fraction(10 + 6 + 6 + 4 + 4 + 4, 6))
        assert values["baseline_carried"] == percent(Fraction(10 + 6 + 10 + 4 + 10 + 10, 6))

    def test_that_a_running_trial_is_filled_to_its_last_recorded_day(self) -> None:
        values = relief(diary(self.DAYS, planned_days=6))
        assert values["locf"] == percent(Fraction(10 + 6 + 6 + 4, 4))
        assert values["baseline_carried"] == percent(Fraction(10 + 6 + 10 + 4, 4))

    def test_that_nothing_is_carried_into_the_window_from_before_it(self) -> None:
        trial = diary(columns(PAIN, [10], {0: 2, 1: 2, 3: 4}), ended=3)
        values = relief(trial, first_day=2)
        assert values["locf"] == percent(Fraction(10 + 4, 2))

    def test_that_nothing_is_filled_without_a_recorded_day(self) -> None:
        values = relief(diary(columns(PAIN, [10], {0: 2}), ended=3))
        assert (values["locf"], values["baseline_carried"]) == (None, None)
        assert values["mean_from_day_0"] == 80

    def test_that_nothing_is_filled_without_a_baseline(self) -> None:
        values = relief(diary(columns(PAIN, [], {1: 2, 2: 2, 3: 2}), ended=3))
        assert set(values.values()) == {None}


def test_that_a_baseline_of_zero_leaves_only_the_stated_figure() -> None:
    trial = diary(columns(PAIN, [0], {1: 2, 2: 2}), columns("stated_relief", [], {1: 40}), ended=2)
    values = relief(trial)
    assert values.pop("stated") == 40
    assert set(values.values()) == {None}


def test_that_the_latest_stated_figure_of_the_window_counts() -> None:
    stated = columns("stated_relief", [], {0: 90, 1: 20, 3: 60, 5: 10})
    excluded = check_in(4, {"stated_relief": 0}, stimulation_off=True)
    trial = diary(stated, extra=[excluded], ended=4)
    answer = evaluated(trial)
    assert answer.methods[-1].value == 60  # needs no baseline; day 5 is late, day 4 excluded
    assert answer.methods[-1].status is Status.MET


def test_that_equal_to_the_threshold_is_met() -> None:
    answer = evaluated(diary(columns(PAIN, [10], {1: 5, 2: 5, 3: 5}), ended=3))
    assert {m.status for m in answer.methods[:-1]} == {Status.MET}


def test_that_best_and_stated_are_shown_but_not_counted() -> None:
    trial = diary(
        columns(PAIN, [10], {1: 1, 2: 9, 3: 9}),
        columns("stated_relief", [], {3: 80}),
        ended=3,
    )
    answer = evaluated(trial)
    met = [m.method for m in answer.methods if m.status is Status.MET]
    assert met == [Method.BEST_DAY, Method.STATED]
    assert answer.agreement == {
        Status.MET: 0,
        Status.NOT_MET: 8,
        Status.NOT_ASSESSABLE: 0,
    }
    assert list(answer.agreement) == [Status.MET, Status.NOT_MET, Status.NOT_ASSESSABLE]


def test_that_best_is_highest_where_higher_is_better() -> None:
    trial = diary(columns("activity_score", [4], {1: 3, 2: 8, 3: 5}), ended=3)
    values = relief(trial, primary=leaf(measure="activity_score"))
    assert values["best_day"] == 100
    assert values["last_day"] == 25


class TestPrograms:
    def answer(self, *programs: tuple[int, str | None, int | None], **more: Any) -> list[Any]:
        extra = [check_in(n, {PAIN: score}, program=name) for n, name, score in programs]
        trial = diary(columns(PAIN, [10], {}), extra=extra[::-1], ended=7, **more)
        return [(p.program, p.days, p.mean, p.value) for p in evaluated(trial).programs]

    def test_that_programs_stand_in_the_order_of_their_first_recorded_day(self) -> None:
        assert self.answer((1, "B", None), (2, "A", 4), (3, "B", 2), (4, "A", 5), (5, "B", 3)) == [
            ("A", 2, Fraction(9, 2), 55),
            ("B", 2, Fraction(5, 2), 75),
        ]

    def test_that_one_day_gives_no_figures(self) -> None:
        assert self.answer((1, "A", 4)) == [("A", 1, None, None)]

    def test_that_days_outside_the_window_and_without_a_name_are_left_out(self) -> None:
        assert self.answer((0, "A", 4), (1, None, 4), (8, "A", 4)) == []

    @pytest.mark.parametrize("baseline", [[], [0]])
    def test_that_a_mean_needs_no_baseline(self, baseline: list[int]) -> None:
        extra = [check_in(n, {PAIN: 4}, program="A") for n in (1, 2)]
        answer = evaluated(diary(columns(PAIN, baseline, {}), extra=extra, ended=2))
        assert [(p.mean, p.value) for p in answer.programs] == [(4, None)]

    def test_that_an_excluded_day_is_on_no_program(self) -> None:
        extra = [
            check_in(1, {PAIN: 4}, program="A", stimulation_off=True),
            check_in(2, {PAIN: 4}, program="B"),
        ]
        answer = evaluated(diary(columns(PAIN, [8], {}), extra=extra, ended=2))
        assert [p.program for p in answer.programs] == ["B"]
