"""The course as the template takes it: for each sheet of days its drawings and its table."""

from __future__ import annotations

from typing import TypedDict

from scs_trial.domain.course import ColumnKind, Course, CourseRow, DayColumn, PainStrip
from scs_trial.domain.course_text import summary_sentence
from scs_trial.reports.course_layout import (
    AXIS_WIDTH,
    LABEL_WIDTH,
    PAGE_WIDTH,
    CourseSheet,
    course_sheets,
)
from scs_trial.reports.course_svg import draws_cross, strip_svg
from scs_trial.reports.labels import weekday_words

_SHARES = (1.0, 0.75, 0.6)
"""Height of a strip as a share of the tallest, by how many are drawn."""
_WIDE, _NARROW = 30.0, 24.0
"""Widths of a day in points from which a larger type fits."""


class StripPart(TypedDict):
    """One drawing, with the words beside it and for a screen reader."""

    title: str
    legend: list[str]
    svg: str
    alt: str


class RowPart(TypedDict):
    """One line of the day table."""

    title: str
    baseline: str
    cells: list[str]
    mean: str
    change: str


class CoursePart(TypedDict):
    """One sheet of days; widths and sizes are points."""

    widths: list[float]
    left: float
    plot_width: float
    size: float
    baseline_label: str
    is_last: bool
    day_label: str
    """What the last line of a day's head is, where it has no room to say so itself."""
    days: list[list[str]]
    strips: list[StripPart]
    rows: list[RowPart]


def course_parts(course: Course | None, *, plot_height: float) -> list[CoursePart]:
    """Return the sheets of a course; none where there is no course or no day.

    ``plot_height`` is the height of a strip that stands alone, in points.
    """
    if course is None:
        return []
    sheets = course_sheets(course.columns)
    drawings = len(sheets) * len(course.strips)
    height = plot_height * _SHARES[min(max(drawings, 1), len(_SHARES)) - 1]
    return [_part(course, sheet, height) for sheet in sheets]


def _part(course: Course, sheet: CourseSheet, height: float) -> CoursePart:
    return CoursePart(
        widths=list(sheet.widths),
        left=LABEL_WIDTH - AXIS_WIDTH,
        plot_width=PAGE_WIDTH - LABEL_WIDTH + AXIS_WIDTH,
        size=_type_size(sheet.day_width),
        baseline_label=course.baseline_label,
        is_last=sheet.is_last,
        day_label="" if sheet.day_width >= _WIDE else "day",
        days=[_day_lines(column, sheet.day_width) for column in sheet.columns],
        strips=[_strip(course, strip, sheet, height) for strip in course.strips],
        rows=[_row(row, sheet) for row in course.rows],
    )


def _type_size(day_width: float) -> float:
    if day_width >= _WIDE:
        return 8.2
    return 7.2 if day_width >= _NARROW else 6.6


def _day_lines(column: DayColumn, width: float) -> list[str]:
    weekday, day = weekday_words(column.day), str(column.day.day)
    number = f"day {column.day_number}"
    if width >= _WIDE:
        return [f"{weekday} {day}", number]
    return [day, weekday, str(column.day_number)]


def _strip(course: Course, strip: PainStrip, sheet: CourseSheet, height: float) -> StripPart:
    return StripPart(
        title=strip.title,
        legend=_legend(course, strip, sheet),
        svg=strip_svg(course, strip, sheet, height=height),
        alt=_alt(course, strip, sheet),
    )


def _legend(course: Course, strip: PainStrip, sheet: CourseSheet) -> list[str]:
    """Return what the marks of this drawing mean; only of those that are drawn."""
    bars = [name for name, row in (("least", strip.least), ("worst", strip.worst)) if _drawn(row)]
    legend = [f"bar {'–'.join(bars)}" if len(bars) > 1 else f"tick {bars[0]}"] if bars else []
    marks = [
        draws_cross(cell, column.kind)
        for column, cell in zip(sheet.columns, strip.row.cells[sheet.first :], strict=False)
    ]
    if any(marks) or any(not point.used for point in strip.row.baseline_points):
        legend.append("× not counted")
    if any(column.kind is not ColumnKind.COUNTED for column in sheet.columns):
        legend.append("hatched: not counted")
    if {event.day_number for event in course.events} & {day.day_number for day in sheet.columns}:
        legend.append("▲ event, see 7")
    return legend


def _drawn(row: CourseRow | None) -> bool:
    return row is not None and any(cell.value is not None for cell in row.cells)


def _alt(course: Course, strip: PainStrip, sheet: CourseSheet) -> str:
    """Return the plot in one sentence, and which days of it are drawn here."""
    is_first = course.strips[:1] == (strip,)
    words = course.summary if is_first else summary_sentence([strip], course.columns)
    if len(sheet.columns) == len(course.columns):
        return words
    first, last = sheet.columns[0].day_number, sheet.columns[-1].day_number
    return f"Days {first} to {last} of: {words}"


def _row(row: CourseRow, sheet: CourseSheet) -> RowPart:
    cells = row.cells[sheet.first : sheet.first + len(sheet.columns)]
    return RowPart(
        title=row.title,
        baseline=row.baseline_text,
        cells=[cell.text for cell in cells],
        mean=row.mean_text if sheet.is_last else "",
        change=row.change_text if sheet.is_last else "",
    )
