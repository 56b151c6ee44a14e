"""The frame and watermark that no demo screen or picture of it can be without."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from scs_trial.ui.theme import Colour, colour

_FRAME = 3


class DemoMark(QWidget):
    """Lies over a widget, lets clicks through, and says that everything is made up.

    The widget beneath leaves room for frame and tab, so that they cover nothing.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("demo_mark")
        self.setAccessibleName(self.tr("Demo: synthetic patients"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        over.installEventFilter(self)
        over.setContentsMargins(_FRAME, _FRAME, _FRAME, self._tab_height())
        self.setGeometry(over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of the widget beneath and stay on top."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            parent = self.parentWidget()
            if parent is not None:
                self.setGeometry(parent.rect())
                self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, tab and watermark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colour(Colour.WARNING, self)
        painter.setPen(QPen(ink, _FRAME))
        half = _FRAME / 2
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        self._paint_tab(painter)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 7)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setOpacity(0.05)
        painter.setPen(ink)
        painter.translate(self.rect().center())
        painter.rotate(-24)
        area = QRectF(-self.width(), -self.height() / 2, 2 * self.width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tr("DEMO · SYNTHETIC"))

    def _tab_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.86)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _tab_height(self) -> int:
        return QFontMetrics(self._tab_font()).height() + 4

    def _paint_tab(self, painter: QPainter) -> None:
        painter.setFont(self._tab_font())
        text = self.tr("Demo: synthetic patients")
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(text) + 20, self._tab_height()
        tab = QRectF((self.width() - width) / 2, self.height() - height, width, height)
        painter.fillRect(tab, colour(Colour.WARNING, self))
        painter.setPen(colour(Colour.WARNING_SOFT, self))
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, text)
