"""The words and figures of a course. Expected values by hand from the printing rule (section 2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from scs_trial.domain.course_text import change_of, date_range_text, row_title
from scs_trial.domain.numbers import score_text, signed_text, threshold_text
from tests.domain import sample_diary as sample


@pytest.mark.parametrize(
    ("code", "region", "goals", "title"),
    [
        ("pain_average", "low back", (), "Low back, average"),
        ("pain_average", "", (), "Average pain"),
        ("pain_vas", "", (), "Pain (100 mm line), mm"),
        ("pain_vas", "left leg", (), "Left leg, 100 mm line"),
        ("procedure_pain", "low back", (), "Procedure pain, 0–10"),
        ("goal_1", "", ("walk to the shop",), "Goal: walk to the shop"),
        ("goal_2", "", ("walk to the shop",), "Goal 2, 0–10"),
        ("goal_1", "", ("",), "Goal 1, 0–10"),
        ("steps", "", (), "Steps"),
        ("mme", "", (), "Opioids, MME"),
        ("eq5d_index", "", (), "EQ-5D index, -1–1"),
    ],
)
def test_that_a_row_is_called_by_region_goal_or_unit(
    code: str, region: str, goals: tuple[str, ...], title: str
) -> None:
    assert row_title(sample.CATALOGUE[code], region, goals=goals) == title


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([], ""),
        ([date(2026, 11, 14)], "14 Nov"),
        ([date(2026, 11, 14), date(2026, 11, 10)], "10–14 Nov"),
        ([date(2026, 10, 28), date(2026, 11, 3)], "28 Oct – 3 Nov"),
        ([date(2026, 12, 30), date(2027, 1, 2)], "30 Dec – 2 Jan"),
    ],
)
def test_that_a_span_of_days_is_short(days: list[date], text: str) -> None:
    assert date_range_text(days) == text


@pytest.mark.parametrize(
    ("code", "baseline", "mean", "text", "better"),
    [
        ("pain_average", "8", "4", "−50.0 %", True),
        ("pain_average", "8", "4.0001", "−49.9 %", True),  # printed down
        ("pain_average", "8", "8.001", "+0.1 %", False),  # relief -0.0125 % prints as -0.1 %
        ("walking_minutes", "10", "25", "+150.0 %", True),
        ("walking_minutes", "10", "5", "−50.0 %", False),
        ("walking_minutes", "10", "10.001", "0.0 %", True),
        ("stimulation_hours", "10", "12", "+2.0", None),
        ("stimulation_hours", "10", "8", "−2.0", None),
        ("pgic", "4", "2", "−2.0", True),
        ("eq5d_index", "0.5", "0.7", "+0.2", True),
        ("mme", "0", "10", "+10.0", False),
    ],
)
def test_that_a_change_has_its_sign_and_direction(
    code: str, baseline: str, mean: str, text: str, better: bool | None
) -> None:
    measure = sample.CATALOGUE[code]
    assert change_of(measure, Fraction(baseline), Fraction(mean)) == (text, better)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("6.859999999999999", 1, "6.9"),
        ("7.0", 1, "7"),
        ("0", 0, "0"),
        ("10", 0, "10"),
        ("0.25", 1, "0.2"),  # half to even
        ("0.712", 3, "0.712"),
        ("-0.25", 3, "-0.25"),
        ("-0.0001", 1, "0"),
        ("12.5", 0, "12.5"),  # one decimal at least
    ],
)
def test_that_a_score_prints_short_and_right(value: str, decimals: int, text: str) -> None:
    assert score_text(Decimal(value), decimals=decimals) == text


@pytest.mark.parametrize(
    ("value", "at_most", "text"),
    [
        (Fraction("3.85"), True, "3.85"),
        (Fraction(55, 14), True, "3.92"),
        (Fraction(55, 14), False, "3.93"),
        (Fraction(4), True, "4"),
        (Fraction("-0.5"), True, "-0.5"),
    ],
)
def test_that_a_threshold_prints_to_the_side_that_still_does(
    value: Fraction, at_most: bool, text: str
) -> None:
    assert threshold_text(value, at_most=at_most) == text


@pytest.mark.parametrize(
    ("value", "text"), [("0.04", "0.0"), ("-0.04", "0.0"), ("0.06", "+0.1"), ("-2", "-2.0")]
)
def test_that_nothing_has_no_sign(value: str, text: str) -> None:
    assert signed_text(Fraction(value)) == text
