"""The 0-10 strip: a score with one key, empty distinct from zero."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from scs_trial.ui.numbers import decimal_text
from scs_trial.ui.widgets.cell_strip import CellStrip

_LOW, _HIGH = Decimal(0), Decimal(10)
_HALF = Decimal("0.5")
_LONGEST = 6
"""Signs of a score that stay readable in the strip; the value itself is kept exactly."""
_STEPS: dict[int, int] = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
}


class ScoreStrip(CellStrip):
    """A score from 0 to 10, in halves; None while empty.

    Number keys set it ("1" then "0" is ten), "." or "," adds a half, Backspace or Delete clears,
    arrows move by one, Home and End go to 0 and 10, Enter goes on. The wheel counts only while
    the strip has the focus. A click sets the whole number; a second click on it adds a half.

    Parameters
    ----------
    title
        What is asked; the accessible name.
    halves
        Whether halves may be entered.
    """

    value_changed = Signal(object)
    """New value: Decimal or None."""

    def __init__(self, title: str, parent: QWidget | None = None, *, halves: bool = True) -> None:
        super().__init__(title, [str(score) for score in range(11)], parent)
        self._value: Decimal | None = None
        self._halves = halves
        self._after_one = False
        self._wheel = 0
        self._say()

    @property
    def value(self) -> Decimal | None:
        """The score, None while empty."""
        return self._value

    def set_value(self, value: Decimal | None) -> None:
        """Show a score.

        Raises
        ------
        ValueError
            Outside 0 to 10.
        """
        if value is not None and not _LOW <= value <= _HIGH:
            raise ValueError(f"a score is 0 to 10: {value}")
        self._after_one = False
        if value != self._value:
            self._value = value
            self._say()
            self.value_changed.emit(value)

    def chosen_cell(self) -> int:
        """Return the cell of the whole part, -1 while empty."""
        return -1 if self._value is None else int(self._value)

    def chosen_text(self) -> str:
        """Return the score as written in the locale, shortened with an ellipsis."""
        text = "" if self._value is None else decimal_text(self._value)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def choose_cell(self, index: int) -> None:
        """Take over a click: the whole number, or a half more when it stands there already."""
        whole = Decimal(index)
        if self._value == whole:
            self._add_half()
        else:
            self.set_value(whole)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Take over digits, the decimal sign, clearing and steps."""
        key, text = event.key(), event.text()
        if text and text in "0123456789":
            self._type_digit(text)
        elif text in (".", ","):
            self._add_half()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.set_value(None)
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.set_value(_LOW if key == Qt.Key.Key_Home else _HIGH)
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step while focused; otherwise leave the wheel to the page."""
        if not self.hasFocus() or self._value is None:
            event.ignore()
            return
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / 120)
        self._wheel -= notches * 120
        if notches:
            self._step(notches)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget a half-typed ten."""
        self._after_one = False
        super().focusOutEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Treat the second press of a double click as one more click."""
        self.mousePressEvent(event)

    def _type_digit(self, digit: str) -> None:
        if digit == "0" and self._after_one and self._value == 1:
            self.set_value(_HIGH)
            return
        self.set_value(Decimal(digit))
        self._after_one = digit == "1"

    def _add_half(self) -> None:
        if not self._halves or self._value is None or self._value >= _HIGH:
            return
        whole = Decimal(int(self._value))
        self.set_value(whole + _HALF if self._value == whole else whole)

    def _step(self, step: int) -> None:
        if self._value is None:
            if step > 0:
                self.set_value(_LOW)
            return
        self.set_value(min(max(self._value + step, _LOW), _HIGH))

    def _say(self) -> None:
        if self._value is None:
            self.announce(self.tr("empty, 0 to 10"))
        else:
            self.announce(self.tr("{value} of 10").format(value=decimal_text(self._value)))
