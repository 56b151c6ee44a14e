"""A drop-down of named choices that the wheel changes only while it has the focus."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from scs_trial.ui.icons import paint_icon
from scs_trial.ui.theme import SPACE, Colour, colour


class ChoiceBox(QComboBox):
    """Chooses one of some keys, each shown by its name.

    Parameters
    ----------
    choices
        Pairs of key and name, in their order.
    """

    def __init__(
        self, choices: Iterable[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer other choices; the first one is chosen."""
        self.clear()
        for key, name in choices:
            self.addItem(name, key)

    def key(self) -> str:
        """Return the chosen key; empty when nothing can be chosen."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def choose(self, key: str) -> None:
        """Choose a key; one that is not offered is added under its own name, unless it is empty."""
        position = self.findData(key)
        if position < 0 and not key:
            return
        if position < 0:
            self.addItem(key, key)
            position = self.count() - 1
        self.setCurrentIndex(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and an arrow that follows the theme."""
        super().paintEvent(event)
        side = self.fontMetrics().height()
        left, top = self.width() - side - SPACE, (self.height() - side) / 2
        ink = colour(Colour.MUTED, self)
        paint_icon(QPainter(self), "chevron-down", QRectF(left, top, side, side), ink)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ignore the wheel unless focused: scrolling past must not change an answer."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
