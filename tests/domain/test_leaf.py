"""Leaves: statistics, tests, reasons, ranges and needs, by hand from the specification."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from scs_trial.domain.criteria import All, Statistic, Test
from scs_trial.domain.result import LeafResult, Reach, Reason, Status
from tests.domain.build import (
    Score,
    check_in,
    columns,
    diary,
    evaluated,
    leaf,
    leaf_result,
    rules,
)

PAIN = "pain_average"
MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.NOT_ASSESSABLE
ALL = (MET, NOT_MET, UNKNOWN)


def pain(
    baseline: list[Score], trial: list[Score], /, *, ended: int | None = None, **more: Any
) -> LeafResult:
    """Evaluate one leaf on pain; trial scores start on day 1, None leaves a day out."""
    days = diary(columns(PAIN, baseline, dict(enumerate(trial, start=1))), ended=ended)
    return leaf_result(days, leaf(**more))


@pytest.mark.parametrize(
    ("statistic", "last_n", "trial", "expected"),
    [  # section 2, "Trial summary T"
        (Statistic.MEAN, None, [8, 1, 3, 4], Fraction(4)),
        (Statistic.MEDIAN, None, [8, 1, 3], Fraction(3)),
        (Statistic.MEDIAN, None, [8, 1, 3, 4], Fraction("3.5")),
        (Statistic.LAST, None, [8, 1, 3, None], Fraction(3)),
        (Statistic.BEST, None, [8, 1, 3, 4], Fraction(1)),
        (Statistic.MEAN_LAST, 2, [8, 1, 3, 4], Fraction("3.5")),
        (Statistic.MEAN_LAST, 2, [8, 1, None, 4], Fraction("2.5")),
        (Statistic.MEAN_LAST, 1, [8, 1, 3, 4], Fraction(4)),
        (Statistic.MEAN_LAST, 9, [8, 1, 3], Fraction(4)),  # fewer than N: all of them
    ],
)
def test_that_each_statistic_summarises_recorded_days(
    statistic: Statistic, last_n: int | None, trial: list[Score], expected: Fraction
) -> None:
    result = pain([8], trial, ended=7, statistic=statistic, last_n=last_n)
    assert result.trial == expected


def test_that_best_is_the_highest_where_higher_is_better() -> None:
    days = diary(columns("activity_score", [2], {1: 3, 2: 6, 3: 4}), ended=3)
    result = leaf_result(days, leaf(measure="activity_score", statistic=Statistic.BEST))
    assert (result.trial, result.value, result.points) == (6, 200, 4)


@pytest.mark.parametrize(
    ("test", "threshold", "status"),
    [  # section 3: B = 8, T = 4; equal holds
        (Test.IMPROVEMENT_PERCENT, "50", MET),
        (Test.IMPROVEMENT_PERCENT, "50.0001", NOT_MET),
        (Test.IMPROVEMENT_POINTS, "4", MET),
        (Test.IMPROVEMENT_POINTS, "4.1", NOT_MET),
        (Test.TRIAL_AT_LEAST, "4", MET),
        (Test.TRIAL_AT_LEAST, "4.1", NOT_MET),
        (Test.TRIAL_AT_MOST, "4", MET),
        (Test.TRIAL_AT_MOST, "3.9", NOT_MET),
        (Test.BASELINE_AT_LEAST, "8", MET),
        (Test.BASELINE_AT_LEAST, "8.1", NOT_MET),
        (Test.RECORDED_DAYS_AT_LEAST, "3", MET),
        (Test.RECORDED_DAYS_AT_LEAST, "4", NOT_MET),
    ],
)
def test_that_each_test_holds_at_its_threshold(test: Test, threshold: str, status: Status) -> None:
    result = pain([8], [4, 4, 4], ended=3, test=test, threshold=threshold)
    assert result.status is status
    assert result.possible == (status,)


def test_that_not_worse_means_zero_points() -> None:
    assert pain([5], [5, 5, 5], test=Test.IMPROVEMENT_POINTS, threshold="0").status is MET


@pytest.mark.parametrize(
    ("baseline", "trial", "min_baseline", "reasons"),
    [  # section 9: every code that applies, in order
        ([], [4, 4, 4], 1, [Reason.NO_BASELINE]),
        ([8], [4, 4, 4], 2, [Reason.TOO_FEW_BASELINE_DAYS]),
        ([8], [4, 4], 1, [Reason.TOO_FEW_TRIAL_DAYS]),
        ([0], [4, 4, 4], 1, [Reason.BASELINE_ZERO]),
        ([], [4], 2, [Reason.NO_BASELINE, Reason.TOO_FEW_TRIAL_DAYS]),
        (
            [0],
            [],
            2,
            [Reason.TOO_FEW_BASELINE_DAYS, Reason.BASELINE_ZERO, Reason.TOO_FEW_TRIAL_DAYS],
        ),
        ([8, 8], [4, 4, 4], 2, []),
    ],
)
def test_that_every_reason_is_listed_in_order(
    baseline: list[Score], trial: list[Score], min_baseline: int, reasons: list[Reason]
) -> None:
    days = diary(columns(PAIN, baseline, dict(enumerate(trial, start=1))), ended=7)
    result = leaf_result(days, leaf(), baseline_min_days=min_baseline)
    assert list(result.reasons) == reasons
    assert (result.status is UNKNOWN) is bool(reasons)


@pytest.mark.parametrize(
    ("test", "baseline", "trial", "reasons"),
    [
        (Test.TRIAL_AT_MOST, [], [4, 4, 4], []),  # needs no baseline
        (Test.TRIAL_AT_LEAST, [], [4], [Reason.TOO_FEW_TRIAL_DAYS]),
        (Test.IMPROVEMENT_POINTS, [0], [0, 0, 0], []),  # zero matters to percent alone
        (Test.BASELINE_AT_LEAST, [8], [], []),  # ignores the trial's min_days
        (Test.BASELINE_AT_LEAST, [0], [], []),
        (Test.BASELINE_AT_LEAST, [], [], [Reason.NO_BASELINE]),
        (Test.RECORDED_DAYS_AT_LEAST, [], [], []),
    ],
)
def test_that_a_test_has_only_the_reasons_that_concern_it(
    test: Test, baseline: list[Score], trial: list[Score], reasons: list[Reason]
) -> None:
    assert list(pain(baseline, trial, ended=7, test=test, threshold="0").reasons) == reasons


def test_that_the_minimum_of_baseline_days_binds_a_baseline_test() -> None:
    days = diary(columns(PAIN, [8], {}))
    tested = leaf(test=Test.BASELINE_AT_LEAST, threshold="4")
    result = leaf_result(days, tested, baseline_min_days=2)
    assert result.status is UNKNOWN
    assert result.value == 8
    assert result.range is None


class TestBaselineZeroIsNotMet:
    """Section 3: for "half the opioids" in a patient who takes none."""

    OPIOIDS = leaf("opioids", measure="mme", baseline_zero_is_not_met=True)

    def result(self, baseline: list[Score], trial: list[Score], **more: Any) -> LeafResult:
        return leaf_result(
            diary(columns("mme", baseline, dict(enumerate(trial, start=1)))),
            self.OPIOIDS,
            **more,
        )

    def test_that_it_is_not_met_and_settled(self) -> None:
        result = self.result([0, 0], [0, 0, 0])
        assert (result.status, result.possible) == (NOT_MET, (NOT_MET,))
        assert result.reasons == (Reason.BASELINE_ZERO,)
        assert (result.value, result.range, result.needed) == (None, None, None)

    def test_that_it_beats_too_few_trial_days(self) -> None:
        result = self.result([0], [])
        assert (result.status, result.possible) == (NOT_MET, (NOT_MET,))
        assert result.reasons == (Reason.BASELINE_ZERO, Reason.TOO_FEW_TRIAL_DAYS)

    def test_that_it_does_not_beat_too_few_baseline_days(self) -> None:
        result = self.result([0], [0, 0, 0], baseline_min_days=2)
        assert (result.status, result.possible) == (UNKNOWN, (UNKNOWN,))
        assert result.reasons == (Reason.TOO_FEW_BASELINE_DAYS, Reason.BASELINE_ZERO)

    def test_that_it_changes_nothing_with_a_baseline(self) -> None:
        assert self.result([30], [10, 10, 10]).status is MET
        assert self.result([], [10, 10, 10]).status is UNKNOWN


def test_that_figures_are_given_while_too_few_days_keep_the_leaf_open() -> None:
    """Section 9: "31 % so far, 2 of 3 days"."""
    result = pain([10], ["6.9", "6.9"])
    assert (result.status, result.value, result.points) == (UNKNOWN, 31, Fraction("3.1"))


@pytest.mark.parametrize(
    ("statistic", "last_n", "trial", "expected"),
    [
        # B = 10, days 1-7, open days take 0..10: relief 0 is T = 10, relief 100 is T = 0.
        (Statistic.MEAN, None, [4, 4, 4, 4, 4], (Fraction(300, 7), Fraction(500, 7))),
        (Statistic.MEDIAN, None, [4, 4, 4, 4, 4], (60, 60)),
        (Statistic.MEDIAN, None, [2, 6], (0, 100)),
        (Statistic.MEDIAN, None, [2, 2, 6, 6], (40, 80)),
        (Statistic.LAST, None, [4, 4, 4, 4, 4], (0, 100)),
        (Statistic.LAST, None, [None, 4, 4, 4, 4, 4, 4], (60, 60)),  # the gap lies before
        (Statistic.BEST, None, [4, 4, 5, 6, 7], (60, 100)),
        (Statistic.MEAN_LAST, 3, [4, 4, 4, 4, 4], (20, Fraction(260, 3))),
        (Statistic.MEAN_LAST, 3, [None, 4, 4, 4, None, 4, 4], (40, Fraction(220, 3))),
        (Statistic.MEAN_LAST, 3, [None, 4, 4, 4, 4, 4, 4], (60, 60)),
        (Statistic.MEAN_LAST, 9, [None, 4, 4, 4, 4, 4, 4], (Fraction(360, 7), Fraction(460, 7))),
    ],
)
def test_that_the_range_is_what_the_open_days_can_bring(
    statistic: Statistic,
    last_n: int | None,
    trial: list[Score],
    expected: tuple[Fraction | int, Fraction | int],
) -> None:
    result = pain([10], trial, statistic=statistic, last_n=last_n)
    assert result.range == expected


def test_that_the_range_is_of_completions_with_enough_days() -> None:
    assert pain([10], [4], min_days=8).range is None
    assert pain([10], [4], min_days=8).possible == (UNKNOWN,)
    assert pain([10], [None, 4], min_days=7).possible == ALL
    assert pain([10], [None, 4], min_days=7).range == (
        100 * (10 - Fraction(64, 7)) / 10,
        100 * (10 - Fraction(4, 7)) / 10,
    )


def test_that_counting_days_ranges_from_recorded_to_all_open_ones() -> None:
    few = pain([], [1, 1], test=Test.RECORDED_DAYS_AT_LEAST, threshold="3", min_days=9)
    assert (few.status, few.value, few.range) == (NOT_MET, 2, (2, 7))
    assert few.possible == (MET, NOT_MET)
    enough = pain([], [1, 1, 1], test=Test.RECORDED_DAYS_AT_LEAST, threshold="3")
    assert enough.possible == (MET,)
    never = pain([], [1, 1], ended=2, test=Test.RECORDED_DAYS_AT_LEAST, threshold="3")
    assert (never.range, never.possible) == ((2, 2), (NOT_MET,))
    assert few.needed is None


def test_that_a_baseline_test_is_settled_at_once() -> None:
    result = pain([6], [], test=Test.BASELINE_AT_LEAST, threshold="5")
    assert (result.status, result.possible, result.range) == (MET, (MET,), (6, 6))
    assert (result.recorded_days, result.open_days, result.needed) == (0, 7, None)


def test_that_the_range_is_ordered_for_a_percentage_of_a_negative_baseline() -> None:
    """The formula of section 2 as it stands; shipped criteria refuse such a percentage."""
    days = diary(columns("eq5d_index", ["-0.5"], {1: "0.5", 2: "0.5", 3: "0.5"}))
    result = leaf_result(days, leaf(measure="eq5d_index"))
    assert (result.value, result.status) == (-200, NOT_MET)
    assert leaf_result(days, leaf(measure="eq5d_index", threshold="-200")).status is MET
    assert result.range is not None
    assert result.range[0] < result.range[1]
    assert result.needed is not None
    assert result.needed.at_most


@pytest.mark.parametrize(
    ("more", "trial", "mean", "reach", "at_most"),
    [
        # B = 10 (mean of the leaf's measure), days 1-7, five recorded, two open.
        ({}, [5, 5, 5, 5, 5], 5, Reach.POSSIBLE, True),
        ({}, [7, 7, 7, 7, 7], 0, Reach.POSSIBLE, True),  # only 0 itself would do
        ({}, [8, 8, 8, 8, 8], Fraction(-5, 2), Reach.OUT_OF_REACH, True),
        ({}, [3, 3, 3, 3, 3], 10, Reach.ASSURED, True),  # the worst value would still do
        ({}, [2, 2, 2, 2, 2], Fraction(25, 2), Reach.ASSURED, True),
        (
            {"test": Test.IMPROVEMENT_POINTS, "threshold": "4"},
            [6, 6, 6, 6, 6],
            6,
            Reach.POSSIBLE,
            True,
        ),
        (
            {"test": Test.TRIAL_AT_MOST, "threshold": "4"},
            [4, 4, 4, 4, 3],
            Fraction(9, 2),
            Reach.POSSIBLE,
            True,
        ),
        (
            {"test": Test.TRIAL_AT_LEAST, "threshold": "4"},
            [4, 4, 4, 4, 3],
            Fraction(9, 2),
            Reach.POSSIBLE,
            False,
        ),
    ],
)
def test_that_the_need_is_where_the_figure_equals_its_threshold(
    more: dict[str, Any],
    trial: list[Score],
    mean: Fraction | int,
    reach: Reach,
    at_most: bool,
) -> None:
    needed = pain([10], trial, **more).needed
    assert needed is not None
    assert (needed.mean, needed.days) == (mean, 2)
    assert (needed.reach, needed.at_most) == (reach, at_most)


def test_that_the_need_points_up_where_higher_is_better() -> None:
    days = diary(columns("activity_score", [4], {1: 5, 2: 5, 3: 5}), planned_days=4)
    needed = leaf_result(days, leaf(measure="activity_score")).needed
    assert needed is not None
    assert (needed.mean, needed.days) == (9, 1)  # T wanted 6, so 24 - 15
    assert (needed.reach, needed.at_most) == (Reach.POSSIBLE, False)


@pytest.mark.parametrize(
    ("baseline", "trial", "more"),
    [
        ([], [5], {}),  # no baseline
        ([0], [5], {}),  # baseline zero
        ([8], [5], {"statistic": Statistic.MEDIAN}),  # mean alone
        ([8], [5], {"statistic": Statistic.MEAN_LAST, "last_n": 3}),
        ([8], [5], {"min_days": 8}),  # recorded + open < min_days
        ([8], [5], {"ended": 7}),  # nothing open
        ([8], [5], {"test": Test.BASELINE_AT_LEAST}),
    ],
)
def test_that_there_is_no_need_where_none_can_be_said(
    baseline: list[Score], trial: list[Score], more: dict[str, Any]
) -> None:
    assert pain(baseline, trial, **more).needed is None


def test_that_a_need_exists_before_the_first_day_and_without_a_baseline_that_it_needs() -> None:
    assert pain([8], []).needed is not None
    assert pain([], [], test=Test.TRIAL_AT_MOST, threshold="4").needed is not None


class TestPainThresholds:
    """Section 3: absolute thresholds on ``pain`` are NRS points, times ten for pain_vas."""

    @pytest.mark.parametrize(
        ("test", "threshold", "expected"),
        [
            (Test.IMPROVEMENT_POINTS, "2", 20),
            (Test.TRIAL_AT_LEAST, "2", 20),
            (Test.TRIAL_AT_MOST, "2.5", 25),
            (Test.BASELINE_AT_LEAST, "5", 50),
            (Test.IMPROVEMENT_PERCENT, "50", 50),
            (Test.RECORDED_DAYS_AT_LEAST, "3", 3),
        ],
    )
    def test_that_points_are_times_ten_on_a_hundred_millimetre_line(
        self, test: Test, threshold: str, expected: int
    ) -> None:
        days = diary(columns("pain_vas", [80], {1: 40, 2: 40, 3: 40}), pain_measure="pain_vas")
        result = leaf_result(days, leaf(test=test, threshold=threshold))
        assert result.threshold == expected
        assert result.measure == "pain_vas"

    def test_that_nothing_is_scaled_elsewhere(self) -> None:
        days = diary(columns("pain_vas", [80], {1: 40, 2: 40, 3: 40}), pain_measure="pain_vas")
        named = leaf(measure="pain_vas", test=Test.BASELINE_AT_LEAST, threshold="50")
        assert leaf_result(days, named).threshold == 50
        nrs = leaf(test=Test.BASELINE_AT_LEAST, threshold="5")
        assert leaf_result(diary(columns(PAIN, [8], {})), nrs).threshold == 5


def test_that_regions_are_series_of_their_own() -> None:
    days = diary(
        columns(PAIN, [8], {1: 2, 2: 2, 3: 2}),
        columns(f"{PAIN}[left leg]", [6], {1: 6, 2: 6, 3: 6}),
    )
    assert leaf_result(days, leaf()).value == 75
    assert leaf_result(days, leaf(item="left leg")).value == 0


class TestConfirmation:
    CONFIRM = leaf("function", test=Test.CONFIRM, confirm="functional_improvement")

    @pytest.mark.parametrize(
        ("answers", "status", "possible"),
        [
            ({"functional_improvement": True}, MET, (MET,)),
            ({"functional_improvement": False}, NOT_MET, (NOT_MET,)),
            ({"another": True}, UNKNOWN, ALL),
        ],
    )
    def test_that_the_answer_decides(
        self, answers: dict[str, bool], status: Status, possible: tuple[Status, ...]
    ) -> None:
        result = leaf_result(diary(confirmations=answers), self.CONFIRM)
        assert (result.status, result.possible) == (status, possible)
        assert result.reasons == ()
        numbers = (
            result.value,
            result.threshold,
            result.range,
            result.needed,
            result.recorded_days,
            result.open_days,
        )
        assert numbers == (None,) * 6

    def test_that_an_unanswered_one_keeps_a_final_trial_unsettled(self) -> None:
        days = diary(columns(PAIN, [8], {1: 2, 2: 2, 3: 2}), ended=3)
        answer = evaluated(days, rules(All(children=(leaf(), self.CONFIRM))))
        assert (answer.running, answer.settled, answer.possible) == (False, False, ALL)


def test_that_a_neutral_measure_has_a_mean_but_no_improvement_and_no_best() -> None:
    days = diary(columns("stimulation_hours", [1], {1: 20, 2: 22, 3: 24}), ended=3)
    counted = leaf(measure="stimulation_hours", test=Test.TRIAL_AT_LEAST, threshold="22")
    result = leaf_result(days, counted)
    assert (result.status, result.trial, result.points) == (MET, 22, None)
    best = leaf(
        measure="stimulation_hours",
        test=Test.RECORDED_DAYS_AT_LEAST,
        threshold="3",
        statistic=Statistic.BEST,
    )
    assert leaf_result(days, best).trial is None


def test_that_the_baseline_window_includes_both_its_ends() -> None:
    """Section 2: -window_days <= day <= 0."""
    extra = [
        check_in(-15, {PAIN: 1}),
        check_in(-14, {PAIN: 8}),
        check_in(0, {PAIN: 6}, phase=check_in(-1, {}).phase),
    ]
    days = diary(columns(PAIN, [], {0: 9, 1: 2, 2: 2, 3: 2}), extra=extra)
    assert leaf_result(days, leaf()).baseline == 7
    assert leaf_result(days, leaf(), baseline_window_days=15).baseline == 5
    assert leaf_result(days, leaf(), baseline_window_days=0).baseline == 6
