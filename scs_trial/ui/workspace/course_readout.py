"""What hover and keyboard read out of the course: the exact values of one column."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from scs_trial.domain.course import CellState, Course
from scs_trial.ui.locale_words import days_in_locale, in_locale
from scs_trial.ui.workspace.words import day_text, exact

BASELINE_COLUMN = -1


def readout(course: Course, index: int | None) -> str:
    """Return the exact values of a day column, -1 for the baseline; empty for none."""
    if index is None or index >= len(course.columns):
        return ""
    if index == BASELINE_COLUMN:
        return _baseline(course)
    column = course.columns[index]
    said = []
    for row in course.rows:
        cell = row.cells[index]
        if cell.value is not None:
            note = {
                CellState.DRAFT: _tr(" (not saved yet)"),
                CellState.EXCLUDED: _tr(" (not counted)"),
            }.get(cell.state, "")
            said.append(f"{row.title} {exact(cell.value)}{note}")
    missed = any(row.cells[index].state is CellState.MISSED for row in course.rows)
    said += [event.text for event in course.events if event.day_number == column.day_number]
    values = " · ".join(said) or (_tr("declared missed") if missed else _tr("no value"))
    when = day_text(column.day, "ddd d MMM")
    return _tr("{0}, day {1}: {2}").format(when, column.day_number, values)


def _baseline(course: Course) -> str:
    said = [f"{row.title} {row.baseline_text}" for row in course.rows if row.baseline is not None]
    label = f" {days_in_locale(course.baseline_label)}" if course.baseline_label else ""
    values = in_locale(" · ".join(said)) or _tr("no value")
    return _tr("Baseline{0}: {1}").format(label, values)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CourseReadout", text)
