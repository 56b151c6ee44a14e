"""A number with its unit inside the field; empty is None, a suggestion is no value."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from scs_trial.ui.numbers import decimal_text, parse_decimal
from scs_trial.ui.theme import Colour, colour

_MARGIN = 10


class NumberField(QLineEdit):
    """Entry of one number.

    A decimal comma and a decimal point are both understood. What is outside the range is refused:
    ``value`` is then None and ``problem`` says why, shown by the `Field` around it. A suggestion
    stands in grey and becomes the value with the space bar only. Enter goes on.

    Parameters
    ----------
    title
        What is asked; the accessible name.
    unit
        Printed inside the field; empty for none.
    low, high
        Range, inclusive.
    decimals
        Decimals that may be typed.
    """

    value_changed = Signal(object)
    """New value: Decimal or None."""
    problem_changed = Signal(str)
    """Why the text is refused; empty when it is not."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        unit: str = "",
        low: Decimal = Decimal(0),
        high: Decimal = Decimal(10**6),
        decimals: int = 1,
    ) -> None:
        super().__init__(parent)
        self._unit = unit
        self._low, self._high = low, high
        self._decimals = decimals
        self._value: Decimal | None = None
        self._problem = ""
        self._suggestion: Decimal | None = None
        self.setAccessibleName(f"{title}, {unit}" if unit else title)
        self.setMaxLength(12)
        self._reserve_unit()
        self.textChanged.connect(self._on_text_changed)

    @property
    def value(self) -> Decimal | None:
        """The number, None while empty or refused."""
        return self._value

    @property
    def problem(self) -> str:
        """Why the text is refused; empty when it is not."""
        return self._problem

    @property
    def suggestion(self) -> Decimal | None:
        """The number offered in grey; no value."""
        return self._suggestion

    def set_value(self, value: Decimal | None) -> None:
        """Show a number; one outside the range is shown and refused like a typed one."""
        self.setText("" if value is None else decimal_text(value))

    def suggest(self, value: Decimal | None, *, remark: str = "") -> None:
        """Offer a number in grey, e.g. ``15`` with remark ``"as Thu?"``; None offers nothing."""
        self._suggestion = value
        text = "" if value is None else decimal_text(value)
        self.setPlaceholderText(f"{text}, {remark}" if text and remark else text)
        offered = self.tr("suggested {text}, space bar confirms").format(text=text)
        self.setAccessibleDescription(offered if text else "")
        self._slant()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm the suggestion with the space bar; go on with Enter."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Space:
            if self._suggestion is not None and not self.text():
                self.set_value(self._suggestion)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the unit at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        if self._unit:
            painter.setPen(colour(Colour.MUTED, self))
            place = self.rect().adjusted(0, 0, -_MARGIN, 0)
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(end), self._unit)
        if self._problem:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colour(Colour.DANGER, self))
            painter.drawRoundedRect(QRect(self.rect()).adjusted(0, 0, -1, -1), 6, 6)

    def _reserve_unit(self) -> None:
        width = self.fontMetrics().horizontalAdvance(self._unit) if self._unit else 0
        self.setTextMargins(0, 0, width + (4 if width else 0), 0)

    def _slant(self) -> None:
        """Set a suggestion in italics: grey alone is little in high contrast."""
        font = QFont()  # nothing but the slant is set, so the size still follows the program's
        font.setItalic(bool(self.placeholderText()) and not self.text())
        self.setFont(font)

    def _on_text_changed(self, text: str) -> None:
        self._slant()
        value, problem = self._judge(text.strip())
        if problem != self._problem:
            self._problem = problem
            self.problem_changed.emit(problem)
            self.update()
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)

    def _judge(self, text: str) -> tuple[Decimal | None, str]:
        if not text:
            return None, ""
        value = parse_decimal(text)
        if value is None:
            return None, self.tr("Not a number.")
        exponent = value.normalize().as_tuple().exponent
        if not self._low <= value <= self._high:
            low, high = decimal_text(self._low), decimal_text(self._high)
            span = self.tr("Allowed: {low} to {high}").format(low=low, high=high)
            return None, f"{span} {self._unit}".strip() + "."
        if isinstance(exponent, int) and -exponent > self._decimals:
            if self._decimals == 0:
                return None, self.tr("Whole numbers only.")
            return None, self.tr("At most {n} decimals.").format(n=self._decimals)
        return value, ""
