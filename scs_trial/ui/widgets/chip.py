"""A state as symbol, word and colour: never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.ui.theme import tone_colours
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_LONGEST = 30

SYMBOLS: dict[Tone, str] = {
    Tone.GOOD: "✓",
    Tone.WARNING: "●",
    Tone.DANGER: "▲",
    Tone.INFO: "✕",
    Tone.NEUTRAL: "–",
}
"""The symbol that stands for a tone where no other is given."""


class Chip(PlainLabel):
    """A pill with a word, in a tone.

    Parameters
    ----------
    word
        The state in words.
    tone
        Its colour.
    symbol
        Stands before the word; None for the tone's own, empty for none (when the word says it).
    """

    def __init__(
        self,
        word: str = "",
        parent: QWidget | None = None,
        *,
        tone: Tone = Tone.NEUTRAL,
        symbol: str | None = None,
    ) -> None:
        self._tone = tone
        super().__init__("", parent, size=TextSize.SMALL, weight=QFont.Weight.Medium)
        self.setContentsMargins(9, 2, 9, 2)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_state(word, tone=tone, symbol=symbol)

    def set_state(self, word: str, *, tone: Tone, symbol: str | None = None) -> None:
        """Show another state; an empty word hides the chip's content."""
        self._tone = tone
        mark = SYMBOLS[tone] if symbol is None else symbol
        self.setText(f"{mark} {word}".strip() if word else "")
        self.setAccessibleName(word)
        self._take_colour()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return the whole size: a state is not shortened, unless its word is very long."""
        longest = self.fontMetrics().averageCharWidth() * _LONGEST
        return self.sizeHint().boundedTo(QSize(longest, self.sizeHint().height()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill, then the text."""
        paint_pill(QPainter(self), QRectF(self.rect()), self._tone, self.palette())
        super().paintEvent(event)

    def _take_colour(self) -> None:
        ink, _ = tone_colours(self._tone, self)
        if self.palette().color(QPalette.ColorRole.WindowText) != ink:
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.WindowText, ink)
            self.setPalette(palette)


def paint_pill(painter: QPainter, rect: QRectF, tone: Tone, palette: QPalette) -> None:
    """Draw the ground of a chip; for item delegates too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone_colours(tone, palette)[1])
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.restore()
