"""The range bar: where a figure stands, where it can still end, and the threshold."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_trial.domain.result import Status
from scs_trial.domain.verdict import VerdictLine
from scs_trial.ui.theme import Colour, colour

_HEIGHT, _TRACK, _DOT = 16, 5.0, 5.0
_TONES = {
    Status.MET: (Colour.GOOD, Colour.GOOD_SOFT),
    Status.NOT_MET: (Colour.DANGER, Colour.DANGER_SOFT),
    Status.NOT_ASSESSABLE: (Colour.NEUTRAL, Colour.NEUTRAL_SOFT),
}


class RangeBar(QWidget):
    """A track with the range it can still end in, a dot for the figure, a mark for the threshold.

    What it says stands in words in the remark beside it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: VerdictLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_line(self, line: VerdictLine) -> None:
        """Show the bar of a line; nothing where it has none."""
        self._line = line
        self.setAccessibleName(f"{line.title}: {line.remark}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a few centimetres."""
        return QSize(130, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which it still says something."""
        return QSize(64, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, range, threshold and dot."""
        line = self._line
        if line is None or line.bar is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        strong, _ = _TONES[line.status]
        ink = colour(strong, self)
        middle = self.height() / 2
        room = self.width() - 2 * _DOT
        low, high = bar_ends(line)

        def place(value: Fraction) -> float:
            return _DOT + float((value - low) / (high - low)) * room

        track = QRectF(_DOT, middle - _TRACK / 2, room, _TRACK)
        painter.setBrush(colour(Colour.LINE, self))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        left, right = place(line.bar[0]), place(line.bar[1])
        soft = ink
        soft.setAlphaF(0.45)
        painter.setBrush(soft)
        span = QRectF(left, track.top(), max(right - left, _TRACK), _TRACK)
        painter.drawRoundedRect(span, _TRACK / 2, _TRACK / 2)
        if line.bar_value is not None:
            painter.setBrush(colour(strong, self))
            painter.drawEllipse(QPointF(place(line.bar_value), middle), _DOT, _DOT)
        if line.bar_threshold is not None:
            x = place(line.bar_threshold)
            painter.setPen(QPen(colour(Colour.TEXT, self), 2))
            painter.drawLine(QPointF(x, middle - 7), QPointF(x, middle + 7))


def bar_ends(line: VerdictLine) -> tuple[Fraction, Fraction]:
    """Return the ends of the scale: from 0 or below, to 100 or above for a percentage."""
    marks = [Fraction(0), *(line.bar or ())]
    marks += [value for value in (line.bar_value, line.bar_threshold) if value is not None]
    if line.value.endswith("%"):
        marks.append(Fraction(100))
    low, high = min(marks), max(marks)
    return (low, high) if high > low else (low, low + 1)
