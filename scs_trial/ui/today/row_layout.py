"""Where the parts of a line of the start page stand, and how many lines of text they need."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from scs_trial.services.today import TodayRow
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE

MARGIN = 1.5 * SPACE
INDENT = 1.0 * SPACE
EDGE = 3.0
"""Width of the mark of the chosen row."""
TWO, THREE = 2, 3
"""Lines of a row."""
SMALL = 0.92
BADGE = 0.9
_MOST_DOTS = 10
"""Beyond this many days the cells shrink to bars, so that four weeks still fit."""
_NAME_SHARE = 0.45
"""Part of the width that a name keeps beside a long state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """How a row is laid out: two lines where they hold everything, else three."""

    lines: int
    badge: float
    """Width of the state."""
    name: str
    beside: str
    """Age beside the name; empty where it stands in the second line."""
    detail: str
    figure: str
    call: str = ""
    """The last call beside the days in the last line; without its time where that is too long."""


def scaled(base: QFont, scale: float, weight: QFont.Weight | None = None) -> QFont:
    """Return a font in proportion to the list's."""
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * scale)
    if weight is not None:
        font.setWeight(weight)
    return font


def dot_size(count: int) -> tuple[float, float]:
    """Return width and step of one day's cell in logical pixels."""
    return (6.0, 7.5) if count <= _MOST_DOTS else (2.0, 3.0)


def inner_width(width: float) -> float:
    """Return what a row of that width leaves for its content."""
    return width - INDENT - EDGE - MARGIN


def lay_out(row: TodayRow, font: QFont, width: float) -> RowLayout:
    """Return how a row is laid out in a width inside its margins."""
    small = QFontMetricsF(scaled(font, SMALL))
    age = "" if row.age is None else f"{row.age} y"
    name = shown(row.patient.name, one_line=True)
    detail = shown(row.detail, one_line=True)
    badge = _badge_width(row, font)
    name_width = QFontMetricsF(scaled(font, 1.0, QFont.Weight.DemiBold)).horizontalAdvance(name)
    beside = small.horizontalAdvance(age) + 0.75 * SPACE if age else 0.0
    first = name_width + beside + SPACE + badge <= width
    rest = len(row.marks) * dot_size(len(row.marks))[1] + 1.5 * SPACE
    rest += small.horizontalAdvance(row.figure)
    call = _call(row, small, width - rest)
    rest += small.horizontalAdvance(call) + SPACE if call else 0.0
    short = detail if small.horizontalAdvance(detail) + rest <= width else _without_mrn(detail)
    second = small.horizontalAdvance(short) + rest <= width
    if first and second:
        return RowLayout(
            lines=TWO,
            badge=badge,
            name=name,
            beside=age,
            detail=short,
            figure=row.figure,
            call=call,
        )
    for spoken in (detail, _without_mrn(detail)):
        whole = " · ".join(part for part in (age, spoken) if part)
        if small.horizontalAdvance(whole) <= width:
            break
    room = width - min(name_width, width * _NAME_SHARE) - SPACE
    return RowLayout(
        lines=THREE,
        badge=min(badge, room),
        name=name,
        beside="",
        detail=whole,
        figure=row.figure,
        call=call,
    )


def _call(row: TodayRow, small: QFontMetricsF, room: float) -> str:
    """Return the last call as it fits beside days and figure; its time goes first."""
    if small.horizontalAdvance(row.call) + SPACE <= room:
        return row.call
    return row.call.rpartition(" ")[0]


def _badge_width(row: TodayRow, font: QFont) -> float:
    if not row.badge:
        return 0.0
    metrics = QFontMetricsF(scaled(font, BADGE, QFont.Weight.Medium))
    return metrics.horizontalAdvance(row.badge) + 2.0 * SPACE


def _without_mrn(detail: str) -> str:
    return detail.removeprefix("MRN ")
