"""Shipped icons in the colours of the palette, sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from scs_trial.paths import resources
from scs_trial.ui.theme import Colour, colour


@cache
def _source(name: str) -> str:
    return resources("icons", f"{name}.svg").read_text(encoding="utf-8")


def paint_icon(painter: QPainter, name: str, rect: QRectF, ink: QColor) -> None:
    """Draw an icon into a square of a widget.

    Parameters
    ----------
    painter
        Active on the widget.
    name
        File name in ``resources/icons`` without ``.svg``.
    rect
        Where; the icon is centred and keeps its proportions.
    ink
        Colour of its lines.
    """
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(QPointF(rect.center()))
    _renderer(name, ink.name()).render(painter, square)


@cache
def _renderer(name: str, ink: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", ink).encode()))


class _ThemedEngine(QIconEngine):
    """Draws the icon in the text colour of the palette at the time of drawing."""

    def __init__(self, name: str, role: Colour) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        role = Colour.MUTED if mode is QIcon.Mode.Disabled else self._role
        paint_icon(painter, self._name, QRectF(rect), colour(role, QGuiApplication.palette()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._role)


def icon(name: str, role: Colour = Colour.TEXT) -> QIcon:
    """Return a shipped icon that follows the theme.

    Raises
    ------
    FileNotFoundError
        When no such icon is shipped.
    """
    _source(name)
    return QIcon(_ThemedEngine(name, role))
