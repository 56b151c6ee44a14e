"""Printed and written numbers: the evaluation specification, section 2."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_trial.domain.measures import Better
from scs_trial.domain.numbers import (
    change_text,
    floor_percent,
    json_number,
    mean_text,
    needed_text,
    percent_text,
    score_text,
    signed_text,
    threshold_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("49.96", "49.9 %"),  # section 2: never as 50
        ("50", "50.0 %"),
        ("100", "100.0 %"),
        ("0", "0.0 %"),
        ("0.05", "0.0 %"),
        ("0.1", "0.1 %"),
        ("-0.04", "-0.1 %"),  # toward minus infinity
        ("-20", "-20.0 %"),
        ("-20.01", "-20.1 %"),
        ("-150.55", "-150.6 %"),
    ],
)
def test_that_a_printed_percentage_is_rounded_down(value: str, text: str) -> None:
    assert percent_text(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "whole"), [("49.96", 49), ("50", 50), ("0.9", 0), ("-0.04", -1), ("-20", -20)]
)
def test_that_a_percentage_in_a_narrow_row_is_a_whole_number_rounded_down(
    value: str, whole: int
) -> None:
    found = floor_percent(Fraction(value))
    assert (found, type(found)) == (whole, int)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7.25", "7.2"),  # half to even
        ("7.35", "7.4"),
        ("7.3500001", "7.4"),
        ("7.2500001", "7.3"),
        ("-0.04", "0.0"),  # -0.0 prints as 0.0
        ("-0.05", "0.0"),
        ("-0.06", "-0.1"),
        ("-1.25", "-1.2"),
        ("12", "12.0"),
        ("6.25", "6.2"),
        ("6.15", "6.2"),
    ],
)
def test_that_a_printed_mean_is_half_even(value: str, text: str) -> None:
    assert mean_text(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "at_most", "text"),
    [
        ("4.475", True, "4.4"),  # section 2: 4.5 would fail
        ("4.475", False, "4.5"),
        ("4.4", True, "4.4"),
        ("4.4", False, "4.4"),
        ("-0.01", True, "-0.1"),
        ("-0.01", False, "0.0"),
        ("0.01", False, "0.1"),
        ("0.01", True, "0.0"),
        ("-3.21", False, "-3.2"),
    ],
)
def test_that_a_printed_need_keeps_its_sentence_true(value: str, at_most: bool, text: str) -> None:
    assert needed_text(Fraction(value), at_most=at_most) == text


@pytest.mark.parametrize(
    ("baseline", "trial", "better", "text"),
    [
        ("7.7", "3.6", Better.LOWER, "-4.1, better"),
        ("3.6", "7.7", Better.LOWER, "+4.1, worse"),
        ("2", "5", Better.HIGHER, "+3.0, better"),
        ("5", "2", Better.HIGHER, "-3.0, worse"),
        ("5", "2", Better.NEUTRAL, "-3.0"),
        ("2", "5", Better.NEUTRAL, "+3.0"),
        ("5", "5", Better.LOWER, "0.0"),
        ("5", "5", Better.HIGHER, "0.0"),
        ("5", "4.96", Better.LOWER, "0.0, better"),
    ],
)
def test_that_a_change_carries_its_sign_and_its_word(
    baseline: str, trial: str, better: Better, text: str
) -> None:
    assert change_text(Fraction(baseline), Fraction(trial), better=better) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.1", "+0.1"),
        ("4.1", "+4.1"),
        ("0.05", "0.0"),
        ("-0.05", "0.0"),
        ("-0.15", "-0.2"),
        ("0", "0.0"),
    ],
)
def test_that_a_difference_carries_its_sign(value: str, text: str) -> None:
    assert signed_text(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "at_most", "text"),
    [
        (Fraction(55, 14), True, "3.92"),  # 3.928571: 3.93 would not do
        (Fraction(55, 14), False, "3.93"),
        (Fraction("3.5"), True, "3.5"),
        (Fraction("3.05"), True, "3.05"),
        (Fraction(65), True, "65"),
        (Fraction(100), False, "100"),
        (Fraction(0), True, "0"),
        (Fraction("-0.255"), True, "-0.26"),
        (Fraction("-0.255"), False, "-0.25"),
    ],
)
def test_that_a_threshold_is_rounded_to_its_safe_side(
    value: Fraction, at_most: bool, text: str
) -> None:
    assert threshold_text(value, at_most=at_most) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("6.859999999999999", 1, "6.9"),
        ("7.0", 1, "7"),
        ("7.5", 0, "7.5"),  # one decimal at least
        ("0.625", 3, "0.625"),
        ("0.0625", 3, "0.062"),  # half to even
        ("-0.04", 1, "0"),
        ("-0.5", 3, "-0.5"),
        ("100", 0, "100"),
        ("0.05", 2, "0.05"),
    ],
)
def test_that_a_score_is_printed_without_digits_that_nobody_reads(
    value: str, decimals: int, text: str
) -> None:
    assert score_text(Decimal(value), decimals=decimals) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Fraction(4100, 77), 53.246753),
        (Fraction("0.0000005"), 0.0),  # half to even, down
        (Fraction("0.0000015"), 0.000002),  # half to even, up
        (Fraction("0.00000051"), 0.000001),
        (Fraction(50) - Fraction(1, 10**9), 50.0),
        (Fraction(-20), -20.0),
    ],
)
def test_that_a_written_number_has_six_decimals_half_even(value: Fraction, number: float) -> None:
    assert json_number(value) == number


def test_that_a_written_number_has_no_minus_zero() -> None:
    assert str(json_number(Fraction(-1, 10**9))) == "0.0"


@given(st.fractions(min_value=-2000, max_value=2000, max_denominator=10**9))
def test_that_rounding_agrees_with_decimal_arithmetic(value: Fraction) -> None:
    places = Decimal("0.000001")
    exact = Decimal(value.numerator) / Decimal(value.denominator)  # 28 digits: ample here
    assert json_number(value) == float(exact.quantize(places, ROUND_HALF_EVEN))


@given(st.fractions(min_value=-2000, max_value=2000, max_denominator=10**6))
def test_that_printed_bounds_enclose_the_value(value: Fraction) -> None:
    down, up = needed_text(value, at_most=True), needed_text(value, at_most=False)
    assert Fraction(down) <= value <= Fraction(up)
    assert Fraction(up) - Fraction(down) <= Fraction(1, 10)
    assert percent_text(value) == f"{down} %"
    assert abs(Fraction(mean_text(value)) - value) <= Fraction(1, 20)
