"""Results and warnings that stay on the page, and what an empty page says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.ui.icons import paint_icon
from scs_trial.ui.theme import RADIUS, SPACE, Colour, colour, tone_colours
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_ICONS: dict[Tone, str] = {
    Tone.GOOD: "circle-check",
    Tone.WARNING: "triangle-alert",
    Tone.DANGER: "octagon-alert",
    Tone.INFO: "info",
    Tone.NEUTRAL: "info",
}


class IconMark(QWidget):
    """A shipped icon as a picture; what it says stands in words beside it."""

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        role: Colour = Colour.TEXT,
        lines: float = 1.2,
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._lines = name, role, lines
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a square of so many lines of text."""
        side = round(self.fontMetrics().height() * self._lines)
        return QSize(side, side)

    def set_icon(self, name: str, role: Colour) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        paint_icon(QPainter(self), self._name, QRectF(self.rect()), colour(self._role, self))


class Banner(QFrame):
    """A message across the page: icon, headline, text, and buttons.

    Empty (and hidden) until `show_message`.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NEUTRAL
        row = QHBoxLayout(self)
        row.setContentsMargins(int(1.5 * SPACE), SPACE, int(1.5 * SPACE), SPACE)
        row.setSpacing(int(1.5 * SPACE))
        self._icon = IconMark("info", self)
        self._headline = PlainLabel("", self, weight=QFont.Weight.DemiBold, wrap=True)
        self._text = PlainLabel("", self, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._headline)
        words.addWidget(self._text)
        self._buttons = QHBoxLayout()
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        self.hide()

    def show_message(
        self, headline: str, text: str = "", *, tone: Tone = Tone.INFO, dismissable: bool = True
    ) -> None:
        """Show a message instead of the one before, without its buttons."""
        self._tone = tone
        self._icon.set_icon(_ICONS[tone], Colour(tone.value))
        self._headline.set_role(Colour(tone.value))
        self._headline.setText(headline)
        self._headline.setVisible(bool(headline))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{headline} {text}".strip())
        self._clear_buttons()
        if dismissable:
            self.add_button(self.tr("Dismiss"), "dismiss").clicked.connect(self._on_dismiss_clicked)
        self.update()
        self.show()

    def add_button(self, text: str, name: str) -> QPushButton:
        """Add a button; its object name is the banner's with the given one behind a point."""
        button = QPushButton(text, self)
        button.setObjectName(f"{self.objectName() or 'banner'}.{name}")
        button.setAccessibleName(text)
        self._buttons.addWidget(button)
        return button

    def clear(self) -> None:
        """Take the message away."""
        self._clear_buttons()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground in the message's tone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong, soft = tone_colours(self._tone, self)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(path, soft)
        painter.setPen(QPen(strong, 1))
        painter.drawPath(path)

    def _on_dismiss_clicked(self) -> None:
        self.clear()
        self.dismissed.emit()

    def _clear_buttons(self) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class EmptyState(QWidget):
    """What a page says when there is nothing on it, and what to do about it."""

    triggered = Signal()

    def __init__(
        self,
        headline: str,
        text: str = "",
        parent: QWidget | None = None,
        *,
        icon: str = "info",
        button: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(headline)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        centre = Qt.AlignmentFlag.AlignCenter
        self._headline = PlainLabel(
            headline, self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True
        )
        self._text = PlainLabel(text, self, role=Colour.MUTED, wrap=True)
        self.button = QPushButton(button, self)
        self.button.setProperty("kind", "primary")
        self.button.setObjectName("empty_state.button")
        self.button.setAccessibleName(button or headline)
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self.triggered)
        layout.addStretch(1)
        layout.addWidget(IconMark(icon, self, role=Colour.MUTED, lines=2.2), 0, centre)
        for label in (self._headline, self._text):
            label.setAlignment(centre)
            layout.addWidget(label)
        layout.addSpacing(SPACE)
        layout.addWidget(self.button, 0, centre)
        layout.addStretch(2)

    def set_texts(self, headline: str, text: str) -> None:
        """Say something else."""
        self.setAccessibleName(headline)
        self._headline.setText(headline)
        self._text.setText(text)

    def sizeHint(self) -> QSize:
        """Return room for a few lines."""
        return super().sizeHint().expandedTo(QSize(260, 160))
