"""The framed surface on which related things stand together."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.ui.theme import RADIUS, SPACE, Colour, colour, tone_colours
from scs_trial.ui.widgets.labels import PlainLabel

_STRIPE = 4.0


class Card(QFrame):
    """A rounded surface with a thin frame, optionally headed and with a stripe in a tone.

    Parameters
    ----------
    title
        Heading; empty for none.
    tone
        Tone of the stripe on the left; None for no stripe. The same must stand in words inside.

    Attributes
    ----------
    body
        Layout to put the content into.
    header
        Layout beside the title, for a remark or a button; empty without a title.
    """

    def __init__(
        self, title: str = "", parent: QWidget | None = None, *, tone: Tone | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * SPACE, int(1.5 * SPACE), 2 * SPACE, int(1.5 * SPACE))
        outer.setSpacing(SPACE)
        self.header = QHBoxLayout()
        self.header.setSpacing(SPACE)
        self._title = PlainLabel(title, self, weight=QFont.Weight.DemiBold)
        self._title.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)
            self.header.addWidget(self._title)
            outer.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Change the heading of a card that was made with one."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_tone(self, tone: Tone | None) -> None:
        """Give the stripe another tone, or take it away."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface, frame and stripe."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(rect, RADIUS, RADIUS)
        painter.fillPath(path, colour(Colour.PANE, self))
        if self._tone is not None:
            painter.save()
            painter.setClipPath(path)
            strong, _ = tone_colours(self._tone, self)
            painter.fillRect(QRectF(rect.left(), rect.top(), _STRIPE, rect.height()), strong)
            painter.restore()
        painter.setPen(QPen(colour(Colour.LINE, self), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def put_in_the_middle(card: Card, page: QWidget) -> None:
    """Lay a page out with nothing but a card, in the middle and somewhat above it."""
    layout = QVBoxLayout(page)
    middle = QHBoxLayout()  # an alignment would not ask wrapped text for its height
    middle.addStretch(1)
    middle.addWidget(card)
    middle.addStretch(1)
    layout.addStretch(1)
    layout.addLayout(middle)
    layout.addStretch(2)
