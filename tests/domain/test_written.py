"""Source: the evaluation specification, section 2, numbers read as the decimals written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scs_trial.domain.written import plain_decimal, region_name, too_many_digits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("0", "0"),
        ("10.0", "10.0"),
        ("6.859999999999999", "6.859999999999999"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+4", "4"),
        ("-0.25", "-0.25"),
        ("123456789012345678", "123456789012345678"),
        ("00123456789012345678000", "123456789012345678000"),
        ("0.000000000000000001", "0.000000000000000001"),
        ("0" * 63 + "5", "5"),
    ],
)
def test_that_a_plain_decimal_keeps_its_digits(text: str, value: str) -> None:
    read = plain_decimal(text)
    assert read is not None
    assert read.as_tuple() == Decimal(value).as_tuple()


@pytest.mark.parametrize(
    "text",
    (
        *("", " ", "4,5", "1e3", "1E3", "NaN", "Infinity", "inf", "0x1", "1_000", "1 000", "--1"),
        *("٣", "７", "4.5.1", ".", "+", "five", "1234567890123456789", "0." + "0" * 70 + "1"),
    ),
)
def test_that_anything_else_is_no_plain_decimal(text: str) -> None:
    assert plain_decimal(text) is None


def test_that_a_negative_zero_becomes_zero() -> None:
    read = plain_decimal("-0.0")
    assert read is not None
    assert not read.is_signed()


@pytest.mark.parametrize(
    ("text", "too_many"),
    [
        ("1234567890123456789", True),
        ("0.1234567890123456789", True),
        ("0." + "0" * 70 + "1", True),
        ("0" * 64 + "5", True),
        ("0" * 63 + "5", False),
        ("123456789012345678", False),
        ("1234567890123456780", False),
        ("abc", False),
    ],
)
def test_that_only_its_length_makes_a_number_too_long(text: str, *, too_many: bool) -> None:
    assert too_many_digits(text) is too_many


def test_that_region_names_are_compared_composed_and_trimmed() -> None:
    assert region_name("  arrie\u0300re ") == "arri\u00e8re"
