"""The catalogue of measures: what may be recorded, on which scale, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Better(StrEnum):
    """Which direction of a measure is an improvement."""

    LOWER = "lower"
    HIGHER = "higher"
    NEUTRAL = "neutral"


class Asked(StrEnum):
    """When a measure is asked."""

    DAILY = "daily"
    BASELINE_AND_END = "baseline_and_end"
    END = "end"


class Series(NamedTuple):
    """One line of values: a measure, and the pain region for all but the target region.

    ``item`` is None for the target region and for measures without regions.
    """

    code: str
    item: str | None = None

    def __str__(self) -> str:
        """Return the column name of the series, e.g. ``pain_average[left leg]``."""
        return self.code if self.item is None else f"{self.code}[{self.item}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One entry of the catalogue (``resources/measures.toml``).

    Attributes
    ----------
    code
        Column name everywhere: CSV, database, criteria.
    title
        What it is called on screen and page, e.g. ``"Average pain"``.
    question
        What the nurse reads aloud, in the words that the clinic asks.
    unit
        Unit as printed, e.g. ``"MME"``, ``"min"``; empty for a 0-10 scale.
    low, high
        Range, inclusive.
    decimals
        Decimals that the entry form offers; imported values keep their own.
    better
        Direction of improvement.
    asked
        When it is asked.
    per_region
        True when each pain region may have its own series.
    loinc
        Confirmed LOINC code or None.
    ratio_scale
        False when the scale has no true zero, so that a percentage of it means nothing.
    """

    code: str
    title: str
    question: str
    unit: str
    low: Decimal
    high: Decimal
    decimals: int
    better: Better
    asked: Asked
    per_region: bool = False
    loinc: str | None = None
    ratio_scale: bool = True


class Catalogue(Mapping[str, Measure]):
    """All measures by code, in the order of the catalogue file."""

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        self._measures = dict(measures)
        self._places = {code: place for place, code in enumerate(self._measures)}

    def __getitem__(self, code: str) -> Measure:
        """Return the measure with that code; KeyError when there is none."""
        return self._measures[code]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the codes in file order."""
        return iter(self._measures)

    def __len__(self) -> int:
        """Return the number of measures."""
        return len(self._measures)

    def in_order(self, series: Iterable[Series]) -> list[Series]:
        """Return series as the catalogue stands, the target region first, then by region."""
        return sorted(series, key=lambda one: (self._places[one.code], one.item or ""))
