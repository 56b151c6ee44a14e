"""Values that a careful nurse would ask again: asked once, never blocking.

Source: the evaluation specification, section 11: "5 or more points from the last value, least
above average, or average above worst".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scs_trial.domain.measures import Catalogue, Measure, Series

JUMP_POINTS = Decimal(5)
"""Points of a 0-10 scale; times ten on the 100 mm line."""
_TEN = Decimal(10)
_MM_PER_POINT = 10


class JumpKind(StrEnum):
    """What makes a value worth asking again."""

    FAR_FROM_LAST = "far_from_last"
    LEAST_ABOVE_AVERAGE = "least_above_average"
    AVERAGE_ABOVE_WORST = "average_above_worst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """One value to ask again. ``other`` is the value that it was compared with."""

    kind: JumpKind
    series: Series
    value: Decimal
    other: Decimal


def jumps(
    values: Mapping[Series, Decimal],
    last_values: Mapping[Series, Decimal],
    catalogue: Catalogue,
) -> tuple[Jump, ...]:
    """Return what to ask once before saving.

    Parameters
    ----------
    values
        The answers of the form.
    last_values
        For each series the last value recorded before that day; missing ones are not compared.
    catalogue
        Scales: only answers on a 0-10 scale, or the 100 mm line, can jump.
    """
    found = [
        Jump(kind=JumpKind.FAR_FROM_LAST, series=series, value=value, other=last_values[series])
        for series, value in values.items()
        if series in last_values
        and (points := jump_points(catalogue[series.code])) is not None
        and abs(value - last_values[series]) >= points
    ]
    for item in dict.fromkeys(series.item for series in values):
        average = Series("pain_average", item)
        found += _crossed(values, Series("pain_least", item), average, JumpKind.LEAST_ABOVE_AVERAGE)
        found += _crossed(values, average, Series("pain_worst", item), JumpKind.AVERAGE_ABOVE_WORST)
    return tuple(found)


def jump_points(measure: Measure) -> Decimal | None:
    """Return the difference that is a jump on this measure, or None where none is."""
    if measure.unit == "mm":
        return JUMP_POINTS * _MM_PER_POINT
    if measure.low == 0 and measure.high == _TEN:
        return JUMP_POINTS
    return None


def _crossed(
    values: Mapping[Series, Decimal], lower: Series, upper: Series, kind: JumpKind
) -> list[Jump]:
    if lower not in values or upper not in values or values[lower] <= values[upper]:
        return []
    return [Jump(kind=kind, series=lower, value=values[lower], other=values[upper])]
