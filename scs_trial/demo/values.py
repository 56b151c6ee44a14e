"""Made-up values of a day: what the cast lists, and the rest by a fixed formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from scs_trial.domain.measures import Series

PAIN = Series("pain_average")
_TEN = Decimal(10)
_TWO = Decimal(2)
Listed = Mapping[Series, Sequence[Decimal | None]]


def day_values(listed: Listed, position: int, derived: Sequence[str]) -> dict[Series, Decimal]:
    """Return the values of one day; an empty result is a day without a check-in.

    Parameters
    ----------
    listed
        Values by series in day order; None is a day without a value.
    position
        Which day, from 0.
    derived
        Measures that follow the average pain where they are not listed.
    """
    values = {
        series: value
        for series, days in listed.items()
        if position < len(days) and (value := days[position]) is not None
    }
    pain = values.get(PAIN)
    if pain is not None:
        for code in derived:
            if Series(code) not in listed:
                values[Series(code)] = _FORMULAS[code](pain)
    return values


def read_series(name: str) -> Series:
    """Return the series of a column name such as ``pain_average[left leg]``."""
    code, bracket, item = name.partition("[")
    return Series(code, item.removesuffix("]") if bracket else None)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)


_FORMULAS: Mapping[str, Callable[[Decimal], Decimal]] = {
    "pain_worst": lambda pain: min(_TEN, pain + _TWO),
    "pain_least": lambda pain: max(Decimal(0), pain - _TWO),
    "activity_score": lambda pain: _whole((_TEN - pain) / _TWO + _TWO),
    "walking_minutes": lambda pain: _whole((_TEN - pain) * 3 + 15),
    "sleep_hours": lambda pain: _whole((_TEN - pain) / _TWO + 8) / _TWO,
}
