"""Small words for sentences about days and figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from scs_trial.domain.measures import Measure
from scs_trial.domain.numbers import mean_text

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

MISSING = "–"
"""What stands where there is no figure."""


def number_word(count: int) -> str:
    """Return a small count as a word, others in figures."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else str(count)


def days_text(count: int) -> str:
    """Return a number of days, ``1 day`` or ``3 days``."""
    return f"{count} day" if count == 1 else f"{count} days"


def joined(parts: Sequence[str]) -> str:
    """Return parts as a list in words: ``4, 4 and 3``."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def day_list(days: Sequence[int]) -> str:
    """Return day numbers, ``day 3`` or ``days 2, 3 and 5``."""
    return f"day{'' if len(days) == 1 else 's'} {joined([str(day) for day in days])}"


def scale_text(measure: Measure) -> str:
    """Return the unit to print behind a value, with a space; empty on a plain scale."""
    return f" {measure.unit}" if measure.unit else ""


def exact_text(value: Fraction) -> str:
    """Return a threshold as it was written, without needless zeros."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def beside(value: Fraction, threshold: Fraction | None) -> str:
    """Return a mean as it is printed, but in words where rounding would hide on which side it is.

    4.04 beside a threshold of 4 reads ``just over 4``, for ``4.0`` would belie "not met".
    """
    text = mean_text(value)
    printed = Fraction(text)
    if threshold is None or _side(printed, threshold) == _side(value, threshold):
        return text
    return f"just {'over' if value > threshold else 'under'} {exact_text(threshold)}"


def _side(value: Fraction, threshold: Fraction) -> int:
    return (value > threshold) - (value < threshold)


def whole_percent(value: Fraction, text: str) -> str:
    """Return a printed percentage without ``.0`` where the value is a whole number."""
    return text.replace(".0 %", " %") if value.denominator == 1 else text
