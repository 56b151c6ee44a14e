"""The dark rail at the left: where one can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QVBoxLayout, QWidget

from scs_trial.ui.icons import paint_icon
from scs_trial.ui.theme import RADIUS, SPACE, Colour, colour

_ICON = 20
_SMALL = 0.84


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One place to go: a page that stays, or something that opens (``page`` False)."""

    id: str
    title: str
    icon: str
    page: bool = True
    at_bottom: bool = False


class RailButton(QAbstractButton):
    """Icon over a word, on the dark ground of the rail."""

    def __init__(self, destination: Destination, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.destination = destination
        self.setText(destination.title)
        self.setObjectName(f"rail.{destination.id}")
        self.setAccessibleName(destination.title)
        self.setCheckable(destination.page)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._take_font()

    def sizeHint(self) -> QSize:
        """Return room for the icon and the word."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * SPACE
        return QSize(max(width, 56), _ICON + metrics.height() + int(2.25 * SPACE))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationFontChange:
            self._take_font()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        active = self.isChecked() or self.isDown() or self.underMouse()
        if active:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(Colour.RAIL_ACTIVE, self))
            painter.setOpacity(1.0 if self.isChecked() else 0.6)
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
            painter.setOpacity(1.0)
        if self.hasFocus():
            painter.setPen(QPen(colour(Colour.RAIL_ON, self), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        ink = colour(Colour.RAIL_ON if active else Colour.RAIL_TEXT, self)
        left = (self.width() - _ICON) / 2
        paint_icon(painter, self.destination.icon, QRectF(left, SPACE, _ICON, _ICON), ink)
        painter.setPen(ink)
        words = QRectF(0, SPACE + _ICON, self.width(), self.height() - SPACE - _ICON)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())

    def _take_font(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        self.setFont(font)


class Rail(QWidget):
    """The buttons of the destinations, one of them marked."""

    chosen = Signal(str)
    """Id of the destination that was pressed."""

    def __init__(self, destinations: Sequence[Destination], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Places"))
        self._buttons: dict[str, RailButton] = {}
        self._pages = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE // 2, SPACE, SPACE // 2, SPACE)
        layout.setSpacing(SPACE // 2)
        for destination in destinations:
            if not destination.at_bottom:
                layout.addWidget(self._add(destination))
        layout.addStretch(1)
        for destination in destinations:
            if destination.at_bottom:
                layout.addWidget(self._add(destination))

    def mark(self, destination_id: str) -> None:
        """Mark where one is."""
        self._buttons[destination_id].setChecked(True)

    def set_visible(self, destination_id: str, visible: bool) -> None:
        """Hide a place that the account's roles do not reach."""
        self._buttons[destination_id].setVisible(visible)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dark ground."""
        QPainter(self).fillRect(self.rect(), colour(Colour.RAIL, self))

    def _add(self, destination: Destination) -> RailButton:
        button = RailButton(destination, self)
        if destination.page:
            self._pages.addButton(button)
        button.clicked.connect(self._on_button_clicked)
        self._buttons[destination.id] = button
        return button

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.destination.id)
