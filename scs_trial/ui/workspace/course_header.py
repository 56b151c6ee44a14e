"""The header of the day table: two lines for each day, centred under the plot's day."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from scs_trial.ui.theme import Colour, colour
from scs_trial.ui.workspace.course_model import BASELINE, FIRST_DAY, CourseModel

_SMALL = 0.86


class CourseHeader(QHeaderView):
    """Two lines a section; narrow days show the number above the weekday."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setAccessibleName(self.tr("Days of the trial"))

    def sizeHint(self) -> QSize:
        """Return two lines."""
        bold, small = self._fonts()
        high = QFontMetrics(bold).lineSpacing() + QFontMetrics(small).lineSpacing()
        return QSize(super().sizeHint().width(), high + 10)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803  (Qt)
        """Draw ground and both lines."""
        model = self.model()
        if not isinstance(model, CourseModel):
            return
        column = model.day_of(logicalIndex)
        painter.save()
        asked = column is not None and column.is_asked
        ground = Colour.TODAY_SOFT if asked else Colour.PANE
        painter.fillRect(rect, colour(ground, self))
        bold, small = self._fonts()
        lines = self._lines(model, logicalIndex, rect.width())
        step = QFontMetrics(bold).lineSpacing()
        top = QRect(rect.left(), rect.top() + 4, rect.width(), step)
        if not lines[1]:
            top.moveTop(rect.top() + (rect.height() - step) // 2)
        painter.setFont(bold)
        today = column is not None and column.is_today
        painter.setPen(colour(Colour.ACCENT if today else Colour.TEXT, self))
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, lines[0])
        low = QRect(rect.left(), top.bottom() + 1, rect.width(), QFontMetrics(small).lineSpacing())
        painter.setFont(small)
        painter.setPen(colour(Colour.ACCENT if today else Colour.MUTED, self))
        text = QFontMetrics(small).elidedText(lines[1], Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(low, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(colour(Colour.LINE, self))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _lines(self, model: CourseModel, section: int, width: int) -> tuple[str, str]:
        """Return both lines; "Mon 16" over "day 1", or "16" over "Mon" where that is too wide."""
        first, second = model.header_lines(section)
        column = model.day_of(section)
        if column is None:
            return first, second
        if width >= self.whole_day_width():
            return first, second
        weekday, _, number = first.partition(" ")
        return number, weekday

    def whole_day_width(self) -> int:
        """Return the width at which every day's head fits in one line."""
        model = self.model()
        if not isinstance(model, CourseModel):
            return 0
        days = range(FIRST_DAY, FIRST_DAY + len(model.days))
        return max((self._width_of(model, section) for section in days), default=0)

    def baseline_width(self) -> int:
        """Return the width that the head of the baseline needs."""
        model = self.model()
        return self._width_of(model, BASELINE) if isinstance(model, CourseModel) else 0

    def _width_of(self, model: CourseModel, section: int) -> int:
        bold, small = self._fonts()
        first, second = model.header_lines(section)
        wide = QFontMetrics(bold).horizontalAdvance(first)
        return max(wide, QFontMetrics(small).horizontalAdvance(second)) + 2

    def _fonts(self) -> tuple[QFont, QFont]:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        return bold, small
