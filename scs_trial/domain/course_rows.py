"""The rows of a course: one series each, from the same days that the evaluation uses.

Source: the evaluation specification, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from scs_trial.domain.course import BaselinePoint, Cell, CellState, ColumnKind, CourseRow, DayColumn
from scs_trial.domain.course_text import NO_FIGURE, NO_VALUE, change_of
from scs_trial.domain.days import TrialDays, series_days
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.measures import Measure, Series
from scs_trial.domain.numbers import mean_text, score_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """What every row is made of: the diary, its days, the columns and the day being typed."""

    diary: Diary
    days: TrialDays
    columns: Sequence[DayColumn]
    draft_day: date | None = None


def course_row(
    source: RowSource, series: Series, *, measure: Measure, title: str, is_primary: bool
) -> CourseRow:
    """Return one row: baseline, days, mean over the recorded window days, change.

    Parameters
    ----------
    source
        The trial.
    series, measure
        The line of values.
    title
        What it is called.
    is_primary
        Whether it is the series of the criteria's primary test.
    """
    values = series_days(source.days, series, measure=measure)
    baseline = values.baseline_mean
    base = None if baseline is None else Fraction(*baseline)
    recorded = values.values
    mean = Fraction(sum(recorded), len(recorded) * values.scale) if recorded else None
    change, better = change_of(measure, base, mean)
    return CourseRow(
        series=series,
        title=title,
        unit=measure.unit,
        low=measure.low,
        high=measure.high,
        baseline_points=_baseline_points(source.days, series, source.diary.trial_start),
        baseline=base,
        baseline_text=NO_FIGURE if base is None else mean_text(base),
        cells=_cells(source, series, measure),
        mean=mean,
        mean_text=NO_FIGURE if mean is None else mean_text(mean),
        change_text=change,
        change_is_better=better,
        is_primary=is_primary,
        is_pain=measure.per_region,
        better=measure.better,
    )


def _baseline_points(days: TrialDays, series: Series, start: date) -> tuple[BaselinePoint, ...]:
    return tuple(
        BaselinePoint(
            day_number=number,
            day=start + timedelta(days=number),
            value=day.values[series],
            used=used,
        )
        for part, used in ((days.older_baseline, False), (days.baseline, True))
        for number, day in part
        if series in day.values
    )


def _cells(source: RowSource, series: Series, measure: Measure) -> tuple[Cell, ...]:
    by_day = {day.day: day for day in source.diary.days if day.phase is Phase.TRIAL}
    return tuple(
        _cell(source, by_day.get(column.day), column, series=series, measure=measure)
        for column in source.columns
    )


def _cell(
    source: RowSource,
    day: DiaryDay | None,
    column: DayColumn,
    *,
    series: Series,
    measure: Measure,
) -> Cell:
    excluded = column.day_number in source.days.excluded
    value = None if day is None else day.values.get(series)
    if value is None:
        state = _state_without_value(source, day, column, excluded=excluded)
        shut = state in (CellState.MISSED, CellState.EXCLUDED)
        return Cell(state=state, text=NO_FIGURE if shut else NO_VALUE)
    text = score_text(value, decimals=measure.decimals)
    if excluded:
        return Cell(state=CellState.EXCLUDED, value=value, text=f"({text})")
    drafted = column.day == source.draft_day
    return Cell(state=CellState.DRAFT if drafted else CellState.RECORDED, value=value, text=text)


def _state_without_value(
    source: RowSource, day: DiaryDay | None, column: DayColumn, *, excluded: bool
) -> CellState:
    if day is not None and day.missed:
        return CellState.MISSED
    if excluded:
        return CellState.EXCLUDED
    if source.days.running and column.kind is ColumnKind.COUNTED:
        return CellState.OPEN
    return CellState.EMPTY
