"""The course as plain text: baseline, mean and change of each line, then its days in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scs_trial.domain.course import ColumnKind, Course, CourseRow, DayColumn, PainStrip
from scs_trial.domain.course_text import date_text
from scs_trial.domain.numbers import score_text
from scs_trial.reports.labels import weekday_words
from scs_trial.reports.text_layout import WIDTH, Column, paragraph, table_lines, width

_INDENT = "  "
_TITLE = 22
_NARROWEST = 6
_FIGURES = (
    Column(columns=38),
    Column(columns=9, right=True),
    Column(columns=9, right=True),
    Column(columns=14, right=True),
)


def course_lines(course: Course | None) -> list[str]:
    """Return the course; figures that the page draws are written out."""
    if course is None or not course.columns:
        return [f"{_INDENT}No day is recorded."]
    return [*_summary(course), "", *_figures(course), *_days(course)]


def _summary(course: Course) -> Iterator[str]:
    for strip in course.strips:
        yield from paragraph(_baseline_words(strip, course), first=_INDENT, rest="    ")
        if strip.threshold_text:
            side = f"{strip.title}: {strip.threshold_text}"
            yield from paragraph(side, first=_INDENT, rest="    ")
    for band in course.bands:
        days = f"days {band.first_day} to {band.last_day}"
        yield from paragraph(f"Program {band.label or band.name}: {days}", rest="    ")
    uncounted = [str(day.day_number) for day in course.columns if not _counts(day)]
    if uncounted:
        yield from paragraph(f"Days not counted: {', '.join(uncounted)}", rest="    ")


def _counts(day: DayColumn) -> bool:
    return day.kind is ColumnKind.COUNTED


def _baseline_words(strip: PainStrip, course: Course) -> str:
    points = strip.row.baseline_points
    values = ", ".join(
        f"{date_text(point.day)} {score_text(point.value, decimals=1)}"
        + ("" if point.used else " (not counted)")
        for point in points
    )
    when = f" {course.baseline_label}" if course.baseline_label else ""
    return f"{strip.title}, baseline{when}: {values or 'no value'}"


def _figures(course: Course) -> list[str]:
    head = ("", "Baseline", "Mean", "Change")
    rows = [(row.title, row.baseline_text, row.mean_text, row.change_text) for row in course.rows]
    return table_lines([head, *rows], _FIGURES)


def _days(course: Course) -> Iterator[str]:
    taken = max((width(cell.text) for row in course.rows for cell in row.cells), default=_NARROWEST)
    cell = max(taken, _NARROWEST)
    count = max(1, (WIDTH - len(_INDENT) - _TITLE) // (cell + 1))
    for first in range(0, len(course.columns), count):
        yield ""
        yield from _sheet(course.columns[first : first + count], course.rows, first, cell=cell)


def _sheet(
    columns: Sequence[DayColumn], rows: Sequence[CourseRow], first: int, *, cell: int
) -> list[str]:
    days = [Column(columns=cell, right=True)] * len(columns)
    heads = [
        ("", *(weekday_words(column.day) for column in columns)),
        ("", *(date_text(column.day) for column in columns)),
        ("day", *(str(column.day_number) for column in columns)),
    ]
    lines = [
        (row.title, *(found.text for found in row.cells[first : first + len(columns)]))
        for row in rows
    ]
    return table_lines([*heads, *lines], (Column(columns=_TITLE), *days))
