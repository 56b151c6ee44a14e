"""A row of cells of which at most one is chosen: the ground of score strip and yes / no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_trial.ui.theme import RADIUS, Colour, colour

_PADDING = 7
_NONE = -1


class CellStrip(QWidget):
    """Cells side by side, chosen with the mouse or with keys that a subclass understands.

    Parameters
    ----------
    title
        What is asked; the accessible name. The chosen cell is the accessible description.
    texts
        Text of each cell.
    """

    def __init__(self, title: str, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = tuple(texts)
        self._hover = _NONE
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def chosen_cell(self) -> int:
        """Return the index of the chosen cell, -1 for none."""
        raise NotImplementedError

    def chosen_text(self) -> str:
        """Return what stands in the chosen cell."""
        return self._texts[self.chosen_cell()]

    def choose_cell(self, index: int) -> None:
        """Take over a click on a cell."""
        raise NotImplementedError

    def handle_key(self, event: QKeyEvent) -> bool:
        """Take over a key; False when it means nothing here."""
        raise NotImplementedError

    def cell_colours(self, index: int) -> tuple[QColor, QColor]:
        """Return ground and ink of a cell when it is the chosen one."""
        del index
        return colour(Colour.ACCENT, self), colour(Colour.ON_ACCENT, self)

    def cell_rect(self, index: int) -> QRectF:
        """Return where a cell stands, in logical pixels."""
        width = (self.width() - 2) / len(self._texts)
        return QRectF(1 + index * width, 1, width, self.height() - 2)

    def announce(self, said: str) -> None:
        """Tell a screen reader what is chosen now."""
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size for the cells in the current font."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in self._texts)
        cell = max(widest + 2 * _PADDING + 2, metrics.height() + _PADDING)
        return QSize(cell * len(self._texts) + 2, metrics.height() + 2 * _PADDING)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which every cell is readable."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in self._texts)
        return QSize((widest + 4) * len(self._texts) + 2, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass keys to the subclass; Enter goes on to the next field."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif not plain or not self.handle_key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the pointer."""
        index = self._cell_at(event)
        if event.button() is Qt.MouseButton.LeftButton and index != _NONE:
            self.choose_cell(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the cell under the pointer."""
        self._set_hover(self._cell_at(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the mark away."""
        self._set_hover(_NONE)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus frame."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus frame away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, the chosen one filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(frame, RADIUS, RADIUS)
        painter.fillPath(outline, colour(Colour.PANE, self))
        painter.setClipPath(outline)
        for index in range(len(self._texts)):
            self._paint_cell(painter, index)
        self._paint_chosen(painter)
        painter.setClipping(False)
        focused = self.hasFocus()
        line = colour(Colour.ACCENT if focused else Colour.FIELD_LINE, self)
        painter.setPen(QPen(line, 2 if focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _paint_cell(self, painter: QPainter, index: int) -> None:
        cell = self.cell_rect(index)
        if index == self._hover and self.isEnabled():
            painter.fillRect(cell, colour(Colour.ACCENT_SOFT, self))
        if index:
            painter.setPen(QPen(colour(Colour.LINE, self), 1))
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        painter.setPen(colour(Colour.TEXT if self.isEnabled() else Colour.MUTED, self))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._texts[index])

    def _paint_chosen(self, painter: QPainter) -> None:
        index = self.chosen_cell()
        if index == _NONE:
            return
        ground, ink = self.cell_colours(index)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        cell = self.cell_rect(index)
        text = self.chosen_text()
        wanted = painter.fontMetrics().horizontalAdvance(text) + 4
        spare = max(wanted - cell.width(), 0) / 2
        cell.adjust(-spare, 0, spare, 0)
        cell.moveLeft(min(max(cell.left(), 1), self.width() - 1 - cell.width()))
        painter.fillRect(cell, ground)
        painter.setPen(ink)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)

    def _cell_at(self, event: QMouseEvent) -> int:
        for index in range(len(self._texts)):
            if self.cell_rect(index).contains(event.position()):
                return index
        return _NONE

    def _set_hover(self, index: int) -> None:
        if index != self._hover:
            self._hover = index
            self.update()
