"""Paints one line of the start page: name and state, then the days and the relief so far."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from scs_trial.domain.verdict import Tone
from scs_trial.services.today import DayMark, TodayRow
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour, colour, tone_colours
from scs_trial.ui.today.today_model import Heading, TodayRole

_LINE = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter
_MARGIN = 1.5 * SPACE
_INDENT = 1.0 * SPACE
_MOST_DOTS = 10
"""Beyond this many days the cells shrink to bars, so that four weeks still fit."""


class RowPainter(QStyledItemDelegate):
    """Draws headings and rows of a `TodayModel`; every text is drawn as plain text."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of two lines of text, or of a heading."""
        line = QFontMetricsF(option.font).height()
        if isinstance(index.data(TodayRole.ENTRY), Heading):
            return QSize(0, round(line + 1.75 * SPACE))
        return QSize(0, round(2 * line + 2.25 * SPACE))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one heading or row."""
        entry = index.data(TodayRole.ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if isinstance(entry, Heading):
            _paint_heading(painter, area, option, entry)
        elif isinstance(entry, TodayRow):
            _paint_row(painter, area, option, entry)
        painter.restore()


def _paint_heading(
    painter: QPainter, area: QRectF, option: QStyleOptionViewItem, heading: Heading
) -> None:
    inner = area.adjusted(_INDENT, SPACE * 0.75, -_MARGIN, 0)
    painter.setFont(_font(option.font, scale=0.9, weight=QFont.Weight.DemiBold))
    painter.setPen(colour(Colour.MUTED, option.palette))
    painter.drawText(inner, int(_LINE | Qt.AlignmentFlag.AlignLeft), heading.title.upper())
    painter.drawText(inner, int(_LINE | Qt.AlignmentFlag.AlignRight), str(heading.count))


def _paint_row(
    painter: QPainter, area: QRectF, option: QStyleOptionViewItem, row: TodayRow
) -> None:
    palette = option.palette
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen:
        painter.fillRect(area, colour(Colour.ACCENT_SOFT, palette))
        edge = QRectF(area.left(), area.top(), 3, area.height())
        painter.fillRect(edge, colour(Colour.ACCENT, palette))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(colour(Colour.ACCENT, palette), 1))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    inner = area.adjusted(_INDENT + 3, SPACE, -_MARGIN, -SPACE)
    half = inner.height() / 2
    top = QRectF(inner.left(), inner.top(), inner.width(), half)
    bottom = QRectF(inner.left(), inner.top() + half, inner.width(), half)
    used = _paint_badge(painter, top, option, row)
    _paint_name(painter, top.adjusted(0, 0, -used - SPACE, 0), option, row)
    _paint_second_line(painter, bottom, option, row)


def _paint_name(
    painter: QPainter, area: QRectF, option: QStyleOptionViewItem, row: TodayRow
) -> None:
    """Draw the name, and the age in years beside it."""
    age = "" if row.age is None else f"{row.age} y"
    light = _font(option.font, scale=0.92)
    beside = QFontMetricsF(light).horizontalAdvance(age) + 0.75 * SPACE if age else 0.0
    bold = _font(option.font, weight=QFont.Weight.DemiBold)
    name = shown(row.patient.name, one_line=True)
    width = min(QFontMetricsF(bold).horizontalAdvance(name) + 1, area.width() - beside)
    painter.setFont(bold)
    painter.setPen(colour(Colour.TEXT, option.palette))
    _elided(painter, QRectF(area.left(), area.top(), width, area.height()), name)
    painter.setFont(light)
    painter.setPen(colour(Colour.MUTED, option.palette))
    right = QRectF(area.left() + width, area.top(), beside, area.height())
    _elided(painter, right, age, Qt.AlignmentFlag.AlignRight)


def _paint_badge(
    painter: QPainter, area: QRectF, option: QStyleOptionViewItem, row: TodayRow
) -> float:
    """Draw the state at the right end of the line; return its width."""
    if not row.badge:
        return 0.0
    strong, soft = tone_colours(_tone(row.badge_role), option.palette)
    painter.setFont(_font(option.font, scale=0.9, weight=QFont.Weight.Medium))
    width = min(painter.fontMetrics().horizontalAdvance(row.badge) + 2.0 * SPACE, area.width() / 2)
    box = QRectF(area.right() - width, area.top(), width, area.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(strong)
    _elided(painter, box, row.badge, Qt.AlignmentFlag.AlignHCenter)
    return width


def _paint_second_line(
    painter: QPainter, area: QRectF, option: QStyleOptionViewItem, row: TodayRow
) -> None:
    painter.setFont(_font(option.font, scale=0.92))
    metrics = QFontMetricsF(painter.font())
    painter.setPen(colour(Colour.TEXT, option.palette))
    figure = min(metrics.horizontalAdvance(row.figure) + 1, area.width() * 0.4)
    right = QRectF(area.right() - figure, area.top(), figure, area.height())
    _elided(painter, right, row.figure, Qt.AlignmentFlag.AlignRight)
    dots = _dots_width(len(row.marks))
    room = area.width() - figure - dots - 1.5 * SPACE
    text = shown(row.detail, one_line=True)
    if metrics.horizontalAdvance(text) >= room:
        text = text.removeprefix("MRN ")
    width = min(metrics.horizontalAdvance(text) + 1, room)
    painter.setPen(colour(Colour.MUTED, option.palette))
    left = QRectF(area.left(), area.top(), width, area.height())
    _elided(painter, left, text)
    _paint_marks(painter, left.right() + 0.75 * SPACE, area.center().y(), row, option.palette)


def _dot_size(count: int) -> tuple[float, float]:
    """Return width and step of one day's cell in logical pixels."""
    return (6.0, 7.5) if count <= _MOST_DOTS else (2.0, 3.0)


def _dots_width(count: int) -> float:
    return count * _dot_size(count)[1]


def _paint_marks(
    painter: QPainter, left: float, middle: float, row: TodayRow, palette: QPalette
) -> None:
    """Draw a cell for each day: filled recorded, crossed missed, ringed overdue, pale open."""
    width, step = _dot_size(len(row.marks))
    for position, mark in enumerate(row.marks):
        cell = QRectF(left + position * step, middle - 3, width, 6)
        ink, filled = _mark_ink(mark, palette)
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(ink, 1))
        painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell if filled else cell.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
        if mark is DayMark.MISSED:
            painter.drawLine(cell.bottomLeft(), cell.topRight())


def _mark_ink(mark: DayMark, palette: QPalette) -> tuple[QColor, bool]:
    if mark is DayMark.RECORDED:
        return colour(Colour.ACCENT, palette), True
    if mark is DayMark.OPEN:
        return colour(Colour.LINE, palette), True
    return colour(Colour.DANGER if mark is DayMark.OVERDUE else Colour.MUTED, palette), False


def _elided(
    painter: QPainter,
    area: QRectF,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    metrics = QFontMetricsF(painter.font())
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(area.width(), 0))
    painter.drawText(area, int(_LINE | align), cut)


def _font(base: QFont, *, scale: float = 1.0, weight: QFont.Weight | None = None) -> QFont:
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * scale)
    if weight is not None:
        font.setWeight(weight)
    return font


def _tone(role: str) -> Tone:
    return Tone(role) if role in Tone.__members__.values() else Tone.NEUTRAL
