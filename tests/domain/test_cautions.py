"""Cautions and notes: the evaluation specification, section 7, row by row."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scs_trial.domain.criteria import All, Statistic
from scs_trial.domain.diary import Diary, EndReason
from scs_trial.domain.result import CautionCode, Status
from tests.domain.build import (
    Score,
    captured,
    check_in,
    codes,
    columns,
    diary,
    evaluated,
    figures,
    leaf,
    rules,
)

PAIN = "pain_average"
BEFORE: list[Score] = [10, 10, 10]
CALM = columns(PAIN, BEFORE, {1: 2, 2: 2, 3: 2})
"""Baseline 10, relief 80 %, three complete days: raises nothing."""


def calm(*parts: Any, ended: int | None = 3, **more: Any) -> Diary:
    return diary(CALM, *parts, ended=ended, **more)


def notes(trial: Diary, **more: Any) -> dict[str, bool]:
    return {c.code.value: c.note for c in evaluated(trial, rules(**more)).cautions}


def raised(code: str, trial: Diary, **more: Any) -> bool:
    return code in notes(trial, **more)


def test_that_a_plain_trial_raises_nothing() -> None:
    assert codes(evaluated(calm())) == []


def test_that_an_open_red_flag_stands_first() -> None:
    trial = calm(red_flag_open=True, end_reason=EndReason.SAFETY)
    answer = evaluated(trial)
    assert codes(answer) == ["red_flag_open", "ended_for_safety"]
    assert figures(answer, "ended_for_safety") == {"day": 3}
    assert set(notes(trial).values()) == {False}


@pytest.mark.parametrize("reason", [r for r in EndReason if r is not EndReason.SAFETY])
def test_that_other_reasons_are_no_safety_matter(reason: EndReason) -> None:
    assert not raised("ended_for_safety", calm(end_reason=reason))


@pytest.mark.parametrize(("inside", "note"), [(2, False), (3, True)])
def test_that_older_baseline_values_raise_a_note_while_three_are_left(
    inside: int, note: bool
) -> None:
    old = [check_in(-15, {PAIN: 9}), check_in(-20, {PAIN: 9})]
    trial = diary(columns(PAIN, BEFORE[:inside], {1: 2, 2: 2, 3: 2}), extra=old, ended=3)
    assert notes(trial)["baseline_outside_window"] is note
    assert figures(evaluated(trial), "baseline_outside_window") == {
        "left_out": 2,
        "used": inside,
        "window_days": 14,
    }


def test_that_older_values_of_another_measure_raise_nothing() -> None:
    old = check_in(-15, {"activity_score": 9, f"{PAIN}[left leg]": 4})
    assert not raised("baseline_outside_window", calm(extra=[old]))


@pytest.mark.parametrize(
    ("measure", "baseline", "expected"),
    [
        (PAIN, "3.9", True),
        (PAIN, "4", False),
        ("pain_worst", "3.9", True),
        ("pain_least", "3.9", True),
        ("pain_now", "3.9", True),
        ("pain_vas", "39.9", True),  # times ten
        ("pain_vas", "40", False),
        ("activity_score", "3", False),  # no pain measure
        ("procedure_pain", "3", False),  # kept apart from the target
    ],
)
def test_that_a_low_baseline_of_pain_is_a_caution(
    measure: str, baseline: str, expected: bool
) -> None:
    trial = diary(columns(measure, [baseline] * 3, {1: 1, 2: 1, 3: 1}), ended=3)
    primary = leaf(measure=measure)
    assert raised("low_baseline", trial, primary=primary) is expected
    assert not raised("low_baseline", trial, primary=primary, low_baseline=None)


def test_that_a_low_baseline_shows_its_figures() -> None:
    days = columns("pain_vas", [30, 30, 30], {1: 1, 2: 1, 3: 1})
    trial = diary(days, pain_measure="pain_vas", ended=3)
    assert figures(evaluated(trial), "low_baseline") == {"baseline": 30, "low": 40}
    assert notes(trial)["low_baseline"] is False
    nrs = diary(columns(PAIN, [0, 1], {}))
    assert figures(evaluated(nrs), "low_baseline") == {"baseline": Fraction(1, 2), "low": 4}


def test_that_no_baseline_is_not_a_low_one() -> None:
    assert not raised("low_baseline", diary(columns(PAIN, [], {1: 1})))


@pytest.mark.parametrize(("count", "expected"), [(0, True), (1, True), (2, True), (3, False)])
def test_that_fewer_than_three_baseline_values_are_a_note(count: int, expected: bool) -> None:
    trial = diary(columns(PAIN, [10] * count, {1: 2, 2: 2, 3: 2}), ended=3)
    found = notes(trial)
    assert ("few_baseline_days" in found) is expected
    assert found.get("few_baseline_days", True) is True
    if expected:
        assert figures(evaluated(trial), "few_baseline_days") == {"values": count}


@pytest.mark.parametrize(
    ("days", "more", "missing", "through"),
    [
        ({1: 2, 3: 2}, {"ended": 3}, (2,), 3),
        ({1: 2, 2: 2}, {"ended": 4}, (3, 4), 4),
        ({1: 2, 2: 2}, {}, None, None),  # running: only up to the last recorded day
        ({2: 2, 5: 2}, {}, (1, 3, 4), 5),
        ({}, {}, None, None),  # running and nothing recorded: there is no E
        ({}, {"ended": 2}, (1, 2), 2),
        ({0: 2}, {"ended": 0}, None, None),
        ({2: 2}, {"ended": 4, "awaiting_diary": True}, (1,), 2),
    ],
)
def test_that_gaps_up_to_the_end_are_a_note(
    days: dict[int, Score],
    more: dict[str, Any],
    missing: tuple[int, ...] | None,
    through: int | None,
) -> None:
    trial = diary(columns(PAIN, BEFORE, days), **more)
    found = notes(trial)
    if missing is None:
        assert "missing_days" not in found
    else:
        assert found["missing_days"] is True
        assert figures(evaluated(trial), "missing_days") == {"days": missing, "through": through}


def test_that_an_excluded_day_raises_stimulation_off_instead_of_missing() -> None:
    off = check_in(2, {PAIN: 9}, stimulation_off=True)
    answer = evaluated(calm(extra=[off]))
    assert codes(answer) == ["stimulation_off"]
    assert figures(answer, "stimulation_off") == {"days": (2,)}
    assert answer.cautions[0].note is False
    kept = codes(evaluated(calm(extra=[off]), rules(exclude_stimulation_off=False)))
    assert "stimulation_off" not in kept


@pytest.mark.parametrize("number", [0, 4])
def test_that_stimulation_off_outside_the_window_is_no_matter(number: int) -> None:
    off = check_in(number, {}, stimulation_off=True)
    assert not raised("stimulation_off", calm(extra=[off]))
    assert raised("stimulation_off", calm(extra=[off]), first_day=0) is (number == 0)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (check_in(4, {"sleep_hours": 6}), True),  # any measure
        (check_in(4, {PAIN: 6}, stimulation_off=True), True),  # excluded or not
        (check_in(4, {}), False),
        (check_in(4, {}, missed=True), False),
    ],
)
def test_that_values_after_the_last_day_are_a_caution(late: Any, expected: bool) -> None:
    trial = calm(extra=[late])
    assert raised("outside_window", trial) is expected
    if expected:
        assert figures(evaluated(trial), "outside_window") == {"days": (4,), "last_day": 3}
        assert notes(trial)["outside_window"] is False


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(20, False), (24 + 9, False), (47, False), (48, True), (80, True), (None, False)],
)
def test_that_a_value_captured_after_the_next_day_is_a_note(
    hours: int | None, expected: bool
) -> None:
    at = None if hours is None else captured(2, hour=hours)
    trial = calm(extra=[check_in(2, {PAIN: 2}, recorded_at=at)])
    found = notes(trial)
    assert ("backfilled" in found) is expected
    if expected:
        assert found["backfilled"] is True
        assert figures(evaluated(trial), "backfilled") == {"days": (2,)}


def test_that_only_recorded_window_days_are_backfilled() -> None:
    late = [
        check_in(0, {PAIN: 2}, recorded_at=captured(5)),
        check_in(2, {"sleep_hours": 2}, recorded_at=captured(5)),
        check_in(3, {PAIN: 2}, recorded_at=captured(9), stimulation_off=True),
        check_in(4, {PAIN: 2}, recorded_at=captured(9)),
    ]
    assert not raised("backfilled", calm(extra=late))


@pytest.mark.parametrize(
    ("trial_score", "expected"),
    [("5.5", True), ("5.6", False), ("4.5", True), ("4.4", False), ("5", True)],
)
def test_that_five_points_around_the_threshold_are_near(trial_score: str, expected: bool) -> None:
    trial = diary(columns(PAIN, BEFORE, dict.fromkeys((1, 2, 3), trial_score)), ended=3)
    assert raised("near_threshold", trial) is expected
    if expected:
        value = 100 - 10 * Fraction(trial_score)
        assert figures(evaluated(trial), "near_threshold") == {"value": value, "threshold": 50}
        assert notes(trial)["near_threshold"] is False


def test_that_near_needs_an_assessable_primary() -> None:
    few = diary(columns(PAIN, BEFORE, {1: 5, 2: 5}), ended=2)
    assert not raised("near_threshold", few)


def test_that_methods_on_both_sides_are_a_caution() -> None:
    trial = diary(columns(PAIN, BEFORE, {1: 9, 2: 4, 3: 4}), ended=3)
    answer = evaluated(trial)
    shown = figures(answer, "method_dependent")
    assert shown["met"] == 3  # last_day, median, mean_from_day_2
    assert shown["not_met"] == 5
    assert (shown["lowest"], shown["highest"]) == (Fraction(130, 3), 60)
    assert notes(trial)["method_dependent"] is False


def test_that_a_primary_that_stands_alone_against_all_methods_is_method_dependent() -> None:
    """The best day is not counted; as the primary's own statistic it can differ from all."""
    trial = diary(columns(PAIN, BEFORE, {1: 1, 2: 9, 3: 9}), ended=3)
    best = leaf(statistic=Statistic.BEST)
    answer = evaluated(trial, rules(All(children=(best,)), primary=best))
    assert answer.primary.status is Status.MET
    assert answer.agreement[Status.MET] == 0
    assert "method_dependent" in codes(answer)


def test_that_methods_on_one_side_of_an_unassessable_primary_are_no_matter() -> None:
    few = diary(columns(PAIN, BEFORE, {1: 2, 2: 2}), ended=2)
    assert not raised("method_dependent", few)
    assert not raised("method_dependent", diary())


@pytest.mark.parametrize(("stated", "expected"), [("49.9", True), (50, False), (None, False)])
def test_that_a_stated_figure_on_the_other_side_is_a_conflict(
    stated: Score, expected: bool
) -> None:
    trial = calm(columns("stated_relief", [], {2: stated}))
    assert raised("stated_conflict", trial) is expected
    if expected:
        shown = figures(evaluated(trial), "stated_conflict")
        assert shown == {"stated": Fraction("49.9"), "value": 80, "threshold": 50}
        assert notes(trial)["stated_conflict"] is False


def test_that_a_stated_success_against_a_calculated_failure_is_a_conflict() -> None:
    days = columns(PAIN, BEFORE, {1: 8, 2: 8, 3: 8})
    assert raised("stated_conflict", diary(days, columns("stated_relief", [], {3: 50}), ended=3))
    assert not raised(
        "stated_conflict", diary(days, columns("stated_relief", [], {3: 49}), ended=3)
    )


def test_that_a_stated_conflict_needs_an_assessable_primary() -> None:
    few = diary(columns(PAIN, BEFORE, {1: 2}), columns("stated_relief", [], {1: 0}), ended=1)
    assert not raised("stated_conflict", few)


class TestRegions:
    LEG = f"{PAIN}[left leg]"

    def test_that_another_region_on_the_other_side_is_a_conflict(self) -> None:
        trial = calm(columns(self.LEG, [8], {2: 7}))
        answer = evaluated(trial)
        assert codes(answer) == ["region_conflict"]
        assert figures(answer, "region_conflict") == {
            "regions": (("left leg", Fraction(25, 2)),),
            "value": 80,
            "threshold": 50,
        }
        assert answer.cautions[0].note is False

    @pytest.mark.parametrize(
        ("baseline", "days"),
        [
            ([8], {2: 4}),  # 50 %: the same side
            ([], {2: 7}),  # no baseline of its own
            ([8], {}),  # no day of its own
            ([8], {0: 7, 4: 7}),  # no window day
            ([0], {2: 7}),  # a baseline of 0
        ],
    )
    def test_that_a_region_without_its_own_figure_is_no_conflict(
        self, baseline: list[Score], days: dict[int, Score]
    ) -> None:
        trial = calm(columns(self.LEG, baseline, days))
        assert not raised("region_conflict", trial)

    def test_that_the_target_is_another_region_where_the_primary_names_an_item(self) -> None:
        trial = diary(CALM, columns(self.LEG, [8, 8, 8], {1: 7, 2: 7, 3: 7}), ended=3)
        answer = evaluated(trial, rules(primary=leaf(item="left leg")))
        assert figures(answer, "region_conflict")["regions"] == ((None, Fraction(80)),)

    def test_that_the_same_statistic_is_used(self) -> None:
        trial = calm(columns(self.LEG, [10], {1: 9, 2: 9, 3: 1}))
        assert raised("region_conflict", trial)
        assert not raised("region_conflict", trial, primary=leaf(statistic=Statistic.LAST))

    def test_that_regions_are_listed_in_one_order(self) -> None:
        trial = calm(
            columns(f"{PAIN}[right leg]", [8], {2: 8}),
            columns(self.LEG, [8], {1: 8}),
        )
        shown = figures(evaluated(trial), "region_conflict")
        assert shown["regions"] == (("left leg", 0), ("right leg", 0))

    def test_that_the_target_stands_first_among_the_regions(self) -> None:
        right = columns(f"{PAIN}[right leg]", [8], {2: 2})
        own = columns(self.LEG, [8, 8, 8], {1: 7, 2: 7, 3: 7})
        answer = evaluated(diary(CALM, own, right, ended=3), rules(primary=leaf(item="left leg")))
        shown = figures(answer, "region_conflict")
        assert shown["regions"] == ((None, 80), ("right leg", 75))

    @pytest.mark.parametrize("baseline", [[], [0]])
    def test_that_a_region_without_a_figure_hides_no_other(self, baseline: list[Score]) -> None:
        trial = calm(
            columns(self.LEG, baseline, {2: 8}),
            columns(f"{PAIN}[right leg]", [8], {2: 8}),
        )
        shown = figures(evaluated(trial), "region_conflict")
        assert shown["regions"] == (("right leg", 0),)

    def test_that_another_measure_is_no_region(self) -> None:
        trial = calm(columns("pain_worst", [8], {2: 8}))
        assert not raised("region_conflict", trial)

    def test_that_a_conflict_needs_an_assessable_primary(self) -> None:
        few = diary(columns(PAIN, BEFORE, {1: 2}), columns(self.LEG, [8], {1: 8}), ended=1)
        assert not raised("region_conflict", few)


def test_that_a_primary_that_is_not_met_by_a_zero_baseline_conflicts_with_nothing() -> None:
    zero = leaf(baseline_zero_is_not_met=True)
    trial = diary(
        columns(PAIN, [0, 0, 0], {1: 2, 2: 2, 3: 2}),
        columns(f"{PAIN}[left leg]", [8], {1: 1}),
        columns("stated_relief", [], {1: 90}),
        ended=3,
    )
    answer = evaluated(trial, rules(primary=zero, low_baseline=None))
    assert answer.primary.status is Status.NOT_MET
    assert codes(answer) == []


@pytest.mark.parametrize(
    ("baseline", "trial", "expected"),
    [
        ([20], {2: "20.1"}, True),
        ([20], {2: 20}, False),
        ([20, 40], {1: 30, 2: 30}, False),
        ([], {2: 20}, False),
        ([20], {}, False),
        ([0], {2: 5}, True),
        ([20], {4: 90, 0: 90}, False),
    ],
)
def test_that_more_opioids_than_before_are_a_caution(
    baseline: list[Score], trial: dict[int, Score], expected: bool
) -> None:
    days = calm(columns("mme", baseline, trial))
    assert raised("medication_increased", days) is expected
    if expected:
        assert notes(days)["medication_increased"] is False
        assert set(figures(evaluated(days), "medication_increased")) == {"baseline", "trial"}


def test_that_more_opioids_show_both_means() -> None:
    days = calm(columns("mme", [10, 20], {1: 30, 2: 31}))
    assert figures(evaluated(days), "medication_increased") == {
        "baseline": 15,
        "trial": Fraction(61, 2),
    }


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        (["A", "A", "A"], False),
        (["A", None, "A"], False),
        (["A", "B", "A"], True),
        ([None, None, "B"], False),
    ],
)
def test_that_more_than_one_program_is_a_note(programs: list[str | None], expected: bool) -> None:
    extra = [check_in(n, {PAIN: 2}, program=name) for n, name in enumerate(programs, start=1)]
    found = notes(calm(extra=extra))
    assert ("program_changed" in found) is expected
    if expected:
        assert found["program_changed"] is True
        shown = figures(evaluated(calm(extra=extra)), "program_changed")
        assert shown == {"programs": ("A", "B")}


@pytest.mark.parametrize(
    ("ended", "least", "expected"),
    [(3, 3, False), (3, 4, True), (None, 9, False), (3, None, False)],
)
def test_that_an_ended_trial_below_the_least_length_is_a_caution(
    ended: int | None, least: int | None, expected: bool
) -> None:
    trial = calm(ended=ended)
    found = notes(trial, length_min=least)
    assert ("short_trial" in found) is expected
    if expected:
        assert found["short_trial"] is False
        shown = figures(evaluated(trial, rules(length_min=least)), "short_trial")
        assert shown == {"days": 3, "least": 4}


def test_that_a_short_trial_is_short_also_while_a_diary_is_awaited() -> None:
    assert raised("short_trial", calm(awaiting_diary=True), length_min=4)


@pytest.mark.parametrize(
    ("planned", "caution", "warn", "expected"),
    [
        (7, 7, 10, None),
        (8, 7, 10, "long_trial"),
        (10, 7, 10, "long_trial"),
        (11, 7, 10, "very_long_trial"),  # the stronger one alone
        (11, 7, None, "long_trial"),
        (11, None, 10, "very_long_trial"),
        (11, None, None, None),
        (9, None, 10, None),
    ],
)
def test_that_length_raises_the_stronger_finding_alone(
    planned: int, caution: int | None, warn: int | None, expected: str | None
) -> None:
    found = notes(
        diary(CALM, planned_days=planned),
        length_caution_above=caution,
        length_warn_above=warn,
    )
    lengths = {code: note for code, note in found.items() if code.endswith("long_trial")}
    assert lengths == ({} if expected is None else {expected: expected == "long_trial"})


def test_that_length_shows_its_figures() -> None:
    assert figures(evaluated(diary(CALM, planned_days=9)), "long_trial") == {
        "days": 9,
        "above": 7,
    }
    assert figures(evaluated(diary(CALM, planned_days=11)), "very_long_trial") == {
        "days": 11,
        "above": 10,
    }


def test_that_everything_at_once_stands_in_the_order_of_the_page() -> None:
    days = diary(
        extra=[
            check_in(-20, {PAIN: 3}),
            check_in(-1, {PAIN: "3.5", "mme": 10, f"{PAIN}[left leg]": 8}),
            check_in(1, {PAIN: 3, "mme": 20}, program="A", recorded_at=captured(9)),
            check_in(2, {PAIN: "1.7"}, program="B"),
            check_in(4, {PAIN: "0.6", "stated_relief": 90, f"{PAIN}[left leg]": 1}),
            check_in(5, {PAIN: 9}, stimulation_off=True),
            check_in(13, {PAIN: 1}),
        ],
        ended=12,
        end_reason=EndReason.SAFETY,
        red_flag_open=True,
    )
    answer = evaluated(days, rules(length_min=20, low_baseline=Decimal(4)))
    expected = [code.value for code in CautionCode if code is not CautionCode.LONG_TRIAL]
    assert codes(answer) == expected
