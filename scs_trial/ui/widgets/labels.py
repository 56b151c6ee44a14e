"""Labels that show text as text, whatever stands in it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QStyle, QWidget

from scs_trial.ui.text import breakable, set_plain_tool_tip, shown
from scs_trial.ui.theme import Colour, colour

_FEWEST_CHARACTERS = 6


class TextSize(Enum):
    """Sizes of text in proportion to the program's font."""

    SMALL = 0.86
    NORMAL = 1.0
    LARGE = 1.2
    TITLE = 1.55
    FIGURE = 2.2


class PlainLabel(QLabel):
    """A label that never takes its text for HTML.

    Parameters
    ----------
    text
        What to show; control characters are made visible.
    role
        Colour role of the text.
    size
        In proportion to the program's font; follows large text.
    weight
        Weight of the font.
    wrap
        Break long text into lines; otherwise one line, shortened with an ellipsis when it does
        not fit, and then whole in the tool tip.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: Colour = Colour.TEXT,
        size: TextSize = TextSize.NORMAL,
        weight: QFont.Weight = QFont.Weight.Normal,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._size = size
        self._weight = weight
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Else a parent with another background role decides which colour of the palette is drawn.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setWordWrap(wrap)
        policy = QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Minimum if wrap else policy)
        self._take_font()
        self._take_colour()
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._full = shown(text, one_line=not self.wordWrap())
        self._write()
        self._offer_whole_text()

    def setBuddy(self, buddy: QWidget) -> None:
        """Name a widget; an ampersand stays a sign and makes no access key."""
        super().setBuddy(buddy)
        self._write()

    def text(self) -> str:
        """Return the text that is shown."""
        return self._full

    def set_role(self, role: Colour) -> None:
        """Show the text in another colour role."""
        self._role = role
        self._take_colour()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size: one line may be shortened to a few characters."""
        hint = super().minimumSizeHint()
        if not self.wordWrap():
            few = self.fontMetrics().averageCharWidth() * _FEWEST_CHARACTERS
            hint.setWidth(min(hint.width(), few))
        return hint

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme and the size of the program's font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._take_colour()
        elif event.type() is QEvent.Type.ApplicationFontChange:
            self._take_font()

    def resizeEvent(self, event: object) -> None:
        """Offer the whole text where it is shortened."""
        self._offer_whole_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened where it does not fit."""
        if self.wordWrap() or self._fits():
            super().paintEvent(event)
            return
        text = self.fontMetrics().elidedText(
            self._full, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        alignment = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(
            QPainter(self),
            self.contentsRect(),
            alignment.value,
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )

    def _write(self) -> None:
        written = breakable(self._full) if self.wordWrap() else self._full
        named = self.buddy() is not None  # only then does Qt look for an access key
        super().setText(written.replace("&", "&&") if named else written)

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self._full) <= self.contentsRect().width()

    def _offer_whole_text(self) -> None:
        shortened = not self.wordWrap() and not self._fits()
        set_plain_tool_tip(self, self._full if shortened else "")

    def _take_colour(self) -> None:
        ink = colour(self._role, self)
        if self.palette().color(QPalette.ColorRole.WindowText) != ink:
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.WindowText, ink)
            self.setPalette(palette)

    def _take_font(self) -> None:
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * self._size.value)
        font.setWeight(self._weight)
        self.setFont(font)


class SectionTitle(PlainLabel):
    """The small capital heading of a group of rows or fields."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            text,
            parent,
            role=Colour.MUTED,
            size=TextSize.SMALL,
            weight=QFont.Weight.DemiBold,
        )

    def setText(self, text: str) -> None:
        """Show another text, in capitals."""
        super().setText(text.upper())

    def _take_font(self) -> None:
        super()._take_font()
        font = self.font()
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        self.setFont(font)
