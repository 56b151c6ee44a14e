"""The course of a trial: one description that the plot, its table and the page all draw.

Positions are day numbers, never time stamps. Figures are exact; a missing one is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scs_trial.domain.measures import Better, Series


class ColumnKind(StrEnum):
    """What a day column stands for."""

    PLACEMENT = "placement"
    """Day 0: shown hatched and not counted, where it has a trial check-in or an event."""
    COUNTED = "counted"
    OUTSIDE = "outside"
    """A trial day before ``first_day`` or after the last day."""


class CellState(StrEnum):
    """What is known of one day for one series."""

    RECORDED = "recorded"
    MISSED = "missed"
    EXCLUDED = "excluded"
    OPEN = "open"
    EMPTY = "empty"
    """Closed or outside, and without a value."""
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumn:
    """One day of the trial phase."""

    day_number: int
    day: date
    kind: ColumnKind
    is_today: bool = False
    is_asked: bool = False
    """The day that the check-in form is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of one series on one day."""

    state: CellState
    value: Decimal | None = None
    text: str = ""
    """As printed: the value (in brackets when excluded), a middle dot for a day without one, an
    en dash for a day that was declared missed or is excluded without a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselinePoint:
    """One baseline value at its (negative or zero) day number."""

    day_number: int
    day: date
    value: Decimal
    used: bool
    """False where it is older than the baseline window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """One series: its baseline, its days, its mean and its change.

    ``cells`` stand in the order of ``Course.columns``. ``change_text`` carries sign and, where it
    has one, the per cent sign; ``change_is_better`` is None for no change or neutral measures.
    """

    series: Series
    title: str
    unit: str
    low: Decimal
    high: Decimal
    baseline_points: tuple[BaselinePoint, ...]
    baseline: Fraction | None
    baseline_text: str
    cells: tuple[Cell, ...]
    mean: Fraction | None
    mean_text: str
    change_text: str
    change_is_better: bool | None
    is_primary: bool = False
    is_pain: bool = False
    better: Better = Better.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class PainStrip:
    """What one strip of the plot shows: a region's average, with worst and least where recorded."""

    title: str
    row: CourseRow
    worst: CourseRow | None
    least: CourseRow | None
    threshold: Fraction | None
    """Value at which the primary test of this region is exactly met; None without a baseline."""
    threshold_text: str
    """e.g. "50 % relief 3.85"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramBand:
    """A program from one day number to another (inclusive), for the band behind the plot."""

    name: str
    label: str
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMark:
    """An event on a day: a safety finding, a program change, lead removal."""

    day_number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Plot and day table in one: columns, strips for the plot, rows for the table.

    ``summary`` states the plot's content in a sentence, for a screen reader and the page.
    """

    columns: tuple[DayColumn, ...]
    baseline_label: str
    """e.g. "10-14 Nov"; empty without a baseline value."""
    strips: tuple[PainStrip, ...]
    activity: tuple[CourseRow, ...]
    """Rows offered as the lower plot (activity, walking, sleep, ...), the shown one first."""
    rows: tuple[CourseRow, ...]
    bands: tuple[ProgramBand, ...]
    events: tuple[EventMark, ...]
    summary: str
