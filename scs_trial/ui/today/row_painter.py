"""Paints one line of the start page: name and state, then the days and the relief so far."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from scs_trial.domain.verdict import Tone
from scs_trial.services.today import DayMark, TodayRow
from scs_trial.ui.theme import SPACE, Colour, colour, tone_colours
from scs_trial.ui.today.row_layout import (
    BADGE,
    EDGE,
    INDENT,
    MARGIN,
    SMALL,
    TWO,
    RowLayout,
    dot_size,
    inner_width,
    lay_out,
    scaled,
)
from scs_trial.ui.today.today_model import Heading, TodayRole

_LINE = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter
_VERTICAL = 2.25 * SPACE
"""Space above and below the lines of a row, together."""


class RowPainter(QStyledItemDelegate):
    """Draws headings and rows of a `TodayModel`; every text is drawn as plain text."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a heading, or of the lines that a row needs in this width."""
        line = QFontMetricsF(option.font).height()
        entry = index.data(TodayRole.ENTRY)
        if not isinstance(entry, TodayRow):
            return QSize(0, round(line + 1.75 * SPACE))
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        lines = lay_out(entry, option.font, inner_width(width)).lines
        return QSize(0, round(lines * line + _VERTICAL))

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
    inner = area.adjusted(INDENT, SPACE * 0.75, -MARGIN, 0)
    painter.setFont(scaled(option.font, BADGE, QFont.Weight.DemiBold))
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
    inner = area.adjusted(INDENT + EDGE, SPACE, -MARGIN, -SPACE)
    layout = lay_out(row, option.font, inner.width())
    height = inner.height() / layout.lines
    lines = [
        QRectF(inner.left(), inner.top() + number * height, inner.width(), height)
        for number in range(layout.lines)
    ]
    _paint_badge(painter, lines[0], option, row, layout)
    _paint_name(painter, lines[0], option, layout)
    _paint_detail(painter, lines[1], option, layout)
    _paint_days(painter, lines[-1], option, row, layout)


def _paint_name(
    painter: QPainter, area: QRectF, option: QStyleOptionViewItem, layout: RowLayout
) -> None:
    """Draw the name, and the age in years beside it."""
    room = area.width() - layout.badge - SPACE
    bold = scaled(option.font, 1.0, QFont.Weight.DemiBold)
    width = min(QFontMetricsF(bold).horizontalAdvance(layout.name) + 1, room)
    painter.setFont(bold)
    painter.setPen(colour(Colour.TEXT, option.palette))
    _elided(painter, QRectF(area.left(), area.top(), width, area.height()), layout.name)
    painter.setFont(scaled(option.font, SMALL))
    painter.setPen(colour(Colour.MUTED, option.palette))
    left = area.left() + width + 0.75 * SPACE
    beside = QRectF(left, area.top(), area.left() + room - left + SPACE, area.height())
    _elided(painter, beside, layout.beside)


def _paint_badge(
    painter: QPainter,
    area: QRectF,
    option: QStyleOptionViewItem,
    row: TodayRow,
    layout: RowLayout,
) -> None:
    """Draw the state at the right end of the line."""
    if not row.badge:
        return
    strong, soft = tone_colours(_tone(row.badge_role), option.palette)
    painter.setFont(scaled(option.font, BADGE, QFont.Weight.Medium))
    box = QRectF(area.right() - layout.badge, area.top(), layout.badge, area.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(strong)
    _elided(painter, box, row.badge, Qt.AlignmentFlag.AlignHCenter)


def _paint_detail(
    painter: QPainter, area: QRectF, option: QStyleOptionViewItem, layout: RowLayout
) -> None:
    painter.setFont(scaled(option.font, SMALL))
    painter.setPen(colour(Colour.MUTED, option.palette))
    _elided(painter, area, layout.detail)


def _paint_days(
    painter: QPainter,
    area: QRectF,
    option: QStyleOptionViewItem,
    row: TodayRow,
    layout: RowLayout,
) -> None:
    """Draw the cells of the days, and the relief so far at the right end."""
    painter.setFont(scaled(option.font, SMALL))
    painter.setPen(colour(Colour.TEXT, option.palette))
    _elided(painter, area, layout.figure, Qt.AlignmentFlag.AlignRight)
    left = area.left()
    if layout.lines == TWO:
        metrics = QFontMetricsF(painter.font())
        left += metrics.horizontalAdvance(layout.detail) + 0.75 * SPACE
    _paint_marks(painter, left, area.center().y(), row, option.palette)
    if layout.call:
        painter.setPen(colour(Colour.MUTED, option.palette))
        left += len(row.marks) * dot_size(len(row.marks))[1] + 0.75 * SPACE
        figure = QFontMetricsF(painter.font()).horizontalAdvance(layout.figure)
        room = area.right() - left - figure - 0.75 * SPACE
        _elided(painter, QRectF(left, area.top(), room, area.height()), layout.call)


def _paint_marks(
    painter: QPainter, left: float, middle: float, row: TodayRow, palette: QPalette
) -> None:
    """Draw a cell for each day: filled recorded, crossed missed, ringed overdue, pale open."""
    width, step = dot_size(len(row.marks))
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


def _tone(role: str) -> Tone:
    return Tone(role) if role in Tone.__members__.values() else Tone.NEUTRAL
