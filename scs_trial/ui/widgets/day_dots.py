"""One cell for each day of a trial: recorded, missed or open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_trial.services.today_types import DayMark
from scs_trial.ui.theme import Colour, colour

CELL = 8
GAP = 2
_PER_ROW = 14
_SMALLER = (1.5, 1.5, -1.5, -1.5)


def day_dots_size(count: int) -> QSize:
    """Return the size of the cells of that many days in logical pixels; 14 days to a row."""
    columns = min(max(count, 1), _PER_ROW)
    rows = max(-(-count // _PER_ROW), 1)
    return QSize(columns * (CELL + GAP) - GAP, rows * (CELL + GAP) - GAP)


def paint_day_dots(
    painter: QPainter, origin: QPointF, marks: Sequence[DayMark], palette: QPalette
) -> None:
    """Draw the cells; for item delegates too.

    Recorded days are filled, missed ones outlined and crossed, overdue ones outlined, days to
    come small and pale, so that they differ without colour.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index, mark in enumerate(marks):
        row, column = divmod(index, _PER_ROW)
        corner = origin + QPointF(column, row) * (CELL + GAP)
        _paint_cell(painter, QRectF(corner.x(), corner.y(), CELL, CELL), mark, palette)
    painter.restore()


def _paint_cell(painter: QPainter, cell: QRectF, mark: DayMark, palette: QPalette) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if mark is DayMark.RECORDED:
        painter.setBrush(colour(Colour.ACCENT, palette))
        painter.drawRoundedRect(cell, 2, 2)
    elif mark is DayMark.OPEN:
        painter.setBrush(colour(Colour.LINE, palette))
        painter.drawRoundedRect(cell.adjusted(*_SMALLER), 1, 1)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(Colour.DANGER, palette), 1.2))
        inner = cell.adjusted(0.6, 0.6, -0.6, -0.6)
        painter.drawRoundedRect(inner, 2, 2)
        if mark is DayMark.MISSED:
            painter.drawLine(inner.bottomLeft(), inner.topRight())


class DayDots(QWidget):
    """The days of a trial as a row of cells, with the counts in words for a screen reader."""

    def __init__(self, marks: Sequence[DayMark] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[DayMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_marks(marks)

    def set_marks(self, marks: Sequence[DayMark]) -> None:
        """Show other days."""
        self._marks = tuple(marks)
        words = {
            DayMark.RECORDED: self.tr("recorded"),
            DayMark.MISSED: self.tr("missed"),
            DayMark.OVERDUE: self.tr("overdue"),
            DayMark.OPEN: self.tr("open"),
        }
        counts = ((self._marks.count(mark), word) for mark, word in words.items())
        said = ", ".join(f"{count} {word}" for count, word in counts if count)
        self.setAccessibleName(said or self.tr("no days"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the cells."""
        return day_dots_size(len(self._marks))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells."""
        paint_day_dots(QPainter(self), QPointF(0, 0), self._marks, self.palette())
