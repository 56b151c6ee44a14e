"""One strip of the course, drawn with pyqtgraph. Import it after the window's first paint."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem, QWidget

from scs_trial.ui.plots.geometry import Geometry
from scs_trial.ui.plots.strip_content import StripContent
from scs_trial.ui.plots.strip_items import StripItems
from scs_trial.ui.theme import Colour, colour

pg.setConfigOptions(antialias=True)


class StripPlot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A strip whose horizontal range is its own width in pixels.

    It has no menu, no zoom and leaves the wheel to the page. Left and Right move a cursor from
    day to day.
    """

    column_pointed = Signal(object)
    """Index of the day under pointer or cursor, -1 for the baseline, None for none."""
    step_asked = Signal(int)
    """Left (-1) or Right (+1) was pressed; -1000 and 1000 for Home and End."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._content: StripContent | None = None
        self._geometry: Geometry | None = None
        super().__init__(parent, background=None)
        self._pointed: int | None = None
        self._items: list[QGraphicsItem] = []
        self._cursor: QGraphicsItem | None = None
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self.setCentralItem(self._box)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)

    def show_content(self, content: StripContent, geometry: Geometry) -> None:
        """Draw a strip; the plot's width is that of the geometry."""
        if (content, geometry) == (self._content, self._geometry):
            return
        self._content, self._geometry = content, geometry
        self._draw()

    def point_at(self, index: int | None) -> None:
        """Put the cursor on a day column, -1 for the baseline, None for nowhere."""
        if index != self._pointed:
            self._pointed = index
            self._draw_cursor()

    def centre_of(self, index: int) -> float:
        """Return where the scene in fact draws the centre of a day, seen from the left edge."""
        if self._geometry is None:
            return 0.0
        x = self._geometry.day_centre(index)
        scene: QPointF = self._box.mapViewToScene(QPointF(x, 0.0))
        drawn: QPointF = self.viewportTransform().map(scene)
        return drawn.x()

    def sizeHint(self) -> QSize:
        """Return no wish of its own: the sheet decides."""
        return QSize(0, 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which day is under the pointer."""
        self.column_pointed.emit(self._column_at(event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus and tell which day was clicked."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.column_pointed.emit(self._column_at(event.position().x()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing more."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do nothing more."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the cursor away with the pointer, unless the keyboard holds it."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.column_pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor from day to day."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -1000,
            Qt.Key.Key_End: 1000,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        self.step_asked.emit(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take frame and cursor away."""
        super().focusOutEvent(event)
        self.column_pointed.emit(None)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw()

    def resizeEvent(self, event: object) -> None:
        """Keep the range equal to the width."""
        super().resizeEvent(event)
        if self._content is not None:
            self._set_range()

    def drawForeground(self, painter: QPainter, rect: object) -> None:
        """Draw the frame of the focus."""
        super().drawForeground(painter, rect)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(colour(Colour.ACCENT, self), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _column_at(self, x: float) -> int | None:
        if self._geometry is None or not 0 <= x < self._geometry.plot_width:
            return None
        index = self._geometry.index_at(x)
        return -1 if index is None else index

    def _range(self) -> tuple[float, float]:
        return (0.0, 1.0) if self._content is None else self._content.drawn_range()

    def _set_range(self) -> None:
        low, high = self._range()
        self._box.setRange(xRange=(0, max(self.width(), 1)), yRange=(low, high), padding=0)

    def _draw(self) -> None:
        if self._content is None or self._geometry is None:
            return
        for item in self._items:
            self._box.removeItem(item)
        self._cursor = None
        self.setBackgroundBrush(colour(Colour.PANE, self))
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.82)
        made = StripItems(self._content, self._geometry, self.palette(), small)
        self._items = list(made.all())
        for item in self._items:
            self._box.addItem(item, ignoreBounds=True)
        self._set_range()
        self._draw_cursor()

    def _draw_cursor(self) -> None:
        if self._cursor is not None:
            self._box.removeItem(self._cursor)
            self._cursor = None
        if self._content is None or self._geometry is None or self._pointed is None:
            return
        if self._pointed >= 0 and not self._geometry.shows(self._pointed):
            return
        baseline = self._geometry.baseline / 2
        x = baseline if self._pointed < 0 else self._geometry.day_centre(self._pointed)
        items = StripItems(self._content, self._geometry, self.palette(), self.font())
        self._cursor = items.cursor(x)
        self._box.addItem(self._cursor, ignoreBounds=True)
