"""What a strip of the plot shows, apart from how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from scs_trial.domain.course import CellState, ColumnKind, Course, CourseRow, DayColumn, PainStrip
from scs_trial.ui.locale_words import in_locale

SAFETY = "safety"
"""Kind of the events that are safety findings."""

_MARGIN = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPoint:
    """One value of a strip; ``index`` counts the course's columns."""

    index: int
    value: float
    counted: bool
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBar:
    """Worst and least of one day."""

    index: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BandSpan:
    """A program over columns ``first..last``."""

    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event over a column."""

    index: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StripContent:
    """One strip: lines, points and zones in the unit of its measure.

    ``relief_to`` is the end of the scale towards which relief lies. Floats are for drawing only.
    """

    title: str
    remark: str
    low: float
    high: float
    step: float
    points: tuple[DayPoint, ...]
    bars: tuple[DayBar, ...]
    baseline_points: tuple[tuple[float, bool], ...]
    baseline: float | None
    baseline_text: str
    threshold: float | None
    threshold_text: str
    relief_to: float
    bands: tuple[BandSpan, ...]
    marks: tuple[Mark, ...]
    hatched: tuple[int, ...]
    asked: int | None
    today: int | None
    columns: int

    def drawn_range(self) -> tuple[float, float]:
        """Return the vertical range: a little more than the scale, so that its ends show whole."""
        margin = _MARGIN * (self.high - self.low)
        return self.low - margin, self.high + margin

    def y_of(self, value: float, height: float) -> float:
        """Return where a value stands in a strip of a height, from the top."""
        low, high = self.drawn_range()
        return (high - value) / (high - low) * height

    def words(self) -> str:
        """Return the content in one sentence, for a screen reader."""
        values = ", ".join(in_locale(f"{point.value:g}") for point in self.points) or "no value"
        parts = [f"{self.title}: {self.baseline_text or 'no baseline'}", f"by day {values}"]
        return "; ".join([*parts, self.threshold_text] if self.threshold_text else parts) + "."

    def links(self) -> tuple[tuple[DayPoint, DayPoint], ...]:
        """Return the pairs of points that a line joins: neighbouring days that both count."""
        return tuple(
            (left, right)
            for left, right in zip(self.points, self.points[1:], strict=False)
            if right.index == left.index + 1 and left.counted and right.counted
        )


def pain_content(course: Course, strip: PainStrip) -> StripContent:
    """Return the strip of one pain region, with its bars, threshold, programs and events."""
    bars = _bars(strip, course.columns)
    remark = _scale_words(strip.row) + (", bar least–worst" if bars else "")
    threshold = None if strip.threshold is None else float(strip.threshold)
    return _content(
        course,
        strip.row,
        title=strip.title,
        remark=remark,
        bars=bars,
        threshold=threshold,
        threshold_text=strip.threshold_text,
        with_bands=True,
    )


def lower_content(course: Course, row: CourseRow) -> StripContent:
    """Return the lower strip: one row on the same days, without programs and threshold."""
    return _content(
        course,
        row,
        title=row.title,
        remark={"higher": "more is better", "lower": "less is better"}.get(row.better.value, ""),
        bars=(),
        threshold=None,
        threshold_text="",
        with_bands=False,
    )


def _content(
    course: Course,
    row: CourseRow,
    *,
    title: str,
    remark: str,
    bars: tuple[DayBar, ...],
    threshold: float | None,
    threshold_text: str,
    with_bands: bool,
) -> StripContent:
    columns = course.columns
    low, high, step = _scale(row, bars)
    numbers = {column.day_number: index for index, column in enumerate(columns)}
    flags = {
        name: next((i for i, column in enumerate(columns) if getattr(column, name)), None)
        for name in ("is_asked", "is_today")
    }
    return StripContent(
        title=title,
        remark=remark,
        low=low,
        high=high,
        step=step,
        points=_points(row, columns),
        bars=bars,
        baseline_points=tuple((float(p.value), p.used) for p in row.baseline_points),
        baseline=None if row.baseline is None else float(row.baseline),
        baseline_text=in_locale(f"Baseline {row.baseline_text}")
        if row.baseline is not None
        else "",
        threshold=threshold if threshold is not None and low <= threshold <= high else None,
        threshold_text=in_locale(threshold_text),
        relief_to=low if row.better.value == "lower" else high,
        bands=tuple(
            BandSpan(label=b.label, first=numbers[b.first_day], last=numbers[b.last_day])
            for b in course.bands
            if with_bands
        ),
        marks=tuple(
            Mark(index=numbers[e.day_number], kind=e.kind, text=e.text)
            for e in course.events
            if with_bands and e.day_number in numbers
        ),
        hatched=tuple(
            i for i, column in enumerate(columns) if column.kind is not ColumnKind.COUNTED
        ),
        asked=flags["is_asked"],
        today=flags["is_today"],
        columns=len(columns),
    )


def _points(row: CourseRow, columns: Sequence[DayColumn]) -> tuple[DayPoint, ...]:
    return tuple(
        DayPoint(
            index=index,
            value=float(cell.value),
            counted=column.kind is ColumnKind.COUNTED and cell.state is not CellState.EXCLUDED,
            draft=cell.state is CellState.DRAFT,
        )
        for index, (column, cell) in enumerate(zip(columns, row.cells, strict=True))
        if cell.value is not None
    )


def _bars(strip: PainStrip, columns: Sequence[DayColumn]) -> tuple[DayBar, ...]:
    """Return a bar for each day with two of worst, average and least."""
    bars = []
    for index in range(len(columns)):
        ends = [
            float(value)
            for row in (strip.worst, strip.row, strip.least)
            if row is not None and (value := row.cells[index].value) is not None
        ]
        beside = any(
            row is not None and row.cells[index].value is not None
            for row in (strip.worst, strip.least)
        )
        if beside and len(ends) > 1:
            bars.append(DayBar(index=index, low=min(ends), high=max(ends)))
    return tuple(bars)


def _scale_words(row: CourseRow) -> str:
    low, high = f"{row.low.normalize():f}", f"{row.high.normalize():f}"
    return in_locale(f"{low}–{high} {row.unit}".strip())


def _scale(row: CourseRow, bars: Sequence[DayBar]) -> tuple[float, float, float]:
    """Return low, high and grid step: the whole scale up to 100, else what the values need."""
    low, high = float(row.low), float(row.high)
    if high - low <= 10:
        return low, high, (high - low) / 5
    if row.is_pain:
        return low, high, (high - low) / 5
    values = [float(c.value) for c in row.cells if c.value is not None]
    values += [float(p.value) for p in row.baseline_points] + [bar.high for bar in bars]
    top = max(values, default=high)
    step = _nice(max(top - low, 1.0) / 4)
    return low, low + step * max(ceil((top - low) / step), 1), step


def _nice(step: float) -> float:
    """Return the next of 1, 2, 2.5, 5 times a power of ten."""
    power = 1.0
    while power * 10 <= step:
        power *= 10
    while power > step:
        power /= 10
    return next((m * power for m in (1.0, 2.0, 2.5, 5.0) if m * power >= step), 10 * power)
