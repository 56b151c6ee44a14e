"""Every number that is shown or written, rounded in one place and exactly.

Source: the evaluation specification, section 2. Screen, page and text print through these
functions; machine-readable output uses :func:`json_number`. Nothing here ever rounds a figure
before it is compared: status is decided on unrounded values elsewhere.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scs_trial.domain.measures import Better

_JSON_SCALE = 10**6


def _half_even(value: Fraction, scale: int) -> int:
    """Return ``value * scale`` as the nearest integer, ties to even."""
    quotient, rest = divmod(value.numerator * scale, value.denominator)
    twice = 2 * rest
    if twice > value.denominator or (twice == value.denominator and quotient % 2):
        return quotient + 1
    return quotient


def _tenths_text(tenths: int) -> str:
    """Write an integer number of tenths with one decimal; there is no minus zero."""
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}.{tenth}"


def percent_text(value: Fraction) -> str:
    """Print a percentage, rounded down (toward minus infinity) to one decimal.

    A failing 49.96 % prints as ``49.9 %``, never as 50; -0.04 % prints as ``-0.1 %``.
    """
    return f"{_tenths_text(value.numerator * 10 // value.denominator)} %"


def floor_percent(value: Fraction) -> int:
    """Return a percentage for a narrow row: rounded down, so 49.96 % reads 49."""
    return value.numerator // value.denominator


def mean_text(value: Fraction) -> str:
    """Print a mean or another figure in the measure's unit, half-even to one decimal."""
    return _tenths_text(_half_even(value, 10))


def needed_text(value: Fraction, *, at_most: bool) -> str:
    """Print a needed average, rounded to the side that keeps the sentence true.

    Parameters
    ----------
    value
        The average at which the figure equals its threshold.
    at_most
        True when the average may be that much at most (rounded down: 4.475 prints as ``4.4``),
        False when it must be that much at least (rounded up).
    """
    if at_most:
        return _tenths_text(value.numerator * 10 // value.denominator)
    return _tenths_text(-(-value.numerator * 10 // value.denominator))


def signed_text(value: Fraction) -> str:
    """Print a difference with its sign, half-even to one decimal; nothing has no sign."""
    tenths = _half_even(value, 10)
    return ("+" if tenths > 0 else "") + _tenths_text(tenths)


def threshold_text(value: Fraction, *, at_most: bool) -> str:
    """Print a threshold in the measure's unit, to two decimals without outer zeros.

    It is rounded to the side that keeps "reached from here on" true: 3.928571 where lower is
    better prints as ``3.92``, for 3.93 would not do.
    """
    scaled = value * 100
    hundredths = scaled.__floor__() if at_most else scaled.__ceil__()
    whole, rest = divmod(abs(hundredths), 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if hundredths < 0 else text


@lru_cache(maxsize=4096)  # a record holds few different scores, printed again and again
def score_text(value: Decimal, *, decimals: int) -> str:
    """Print one recorded value: half-even to the measure's decimals, one at least.

    Imported values keep digits that nobody reads (6.859999999999999 prints as ``6.9``); outer
    zeros are left out (7.0 prints as ``7``). The exact value stays in the record and on hover.
    """
    places = max(decimals, 1)
    scaled = _half_even(Fraction(value), 10**places)
    whole, rest = divmod(abs(scaled), 10**places)
    text = f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def change_text(baseline: Fraction, trial: Fraction, *, better: Better) -> str:
    """Print a change with its sign and the word better or worse, e.g. ``-4.1, better``.

    The change is trial minus baseline in the measure's unit. A neutral measure and a change of
    nothing carry no word.
    """
    change = trial - baseline
    text = signed_text(change)
    if change == 0 or better is Better.NEUTRAL:
        return text
    improved = (change < 0) is (better is Better.LOWER)
    return f"{text}, {'better' if improved else 'worse'}"


def json_number(value: Fraction) -> float:
    """Return the number for machine-readable output: half-even to six decimals, no minus zero."""
    return _half_even(value, _JSON_SCALE) / _JSON_SCALE
