"""What is seen between the work and the closed record: the backup, or why there is none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.card import Card, put_in_the_middle
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.named_button import named_button

_WIDTH = 520


class EndingPage(QWidget):
    """Says what is done, and offers what can be done where it fails. Names no patient.

    Signals
    -------
    skipped
        The backup is not to be waited for.
    retried
        It is to be tried again.
    copy_wanted
        A copy is to be saved elsewhere.
    given_up
        The record is to be closed without a backup.
    """

    skipped = Signal()
    retried = Signal()
    copy_wanted = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ending")
        self._title = PlainLabel("", size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True)
        self._title.setObjectName("ending.title")
        self._text = PlainLabel("", role=Colour.MUTED, wrap=True)
        self._text.setObjectName("ending.text")
        self._bar = QProgressBar()
        self._bar.setObjectName("ending.progress")
        self._bar.setAccessibleName("Backing up")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._skip = _button("Close without waiting", "ending.skip", self.skipped)
        self._retry = _button("Try again", "ending.retry", self.retried)
        self._retry.setProperty("kind", "primary")
        self._copy = _button("Save a copy elsewhere…", "ending.copy", self.copy_wanted)
        self._close = _button("Close anyway", "ending.close", self.given_up)
        self._build()

    def show_working(self, text: str) -> None:
        """Say that the backup is being made."""
        self._say("Backing up…", text)
        self._bar.show()
        self._offer()

    def offer_skip(self) -> None:
        """Offer not to wait: it takes long."""
        self._offer(self._skip)

    def show_stopping(self) -> None:
        """Say that it ends with the present step."""
        self._say("Stopping…", "The window closes as soon as the present step has ended.")
        self._offer()

    def show_problem(self, text: str, *, copies: bool) -> None:
        """Say why there is no backup; ``copies`` offers to save a copy elsewhere."""
        self._say("The record was not backed up", text)
        self._bar.hide()
        self._offer(self._retry, *((self._copy,) if copies else ()), self._close)
        self._retry.setFocus()

    def _say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title} {text}")

    def _offer(self, *buttons: QPushButton) -> None:
        for button in (self._skip, self._retry, self._copy, self._close):
            button.setVisible(button in buttons)

    def _build(self) -> None:
        card = Card()
        card.setFixedWidth(_WIDTH)
        for widget in (self._title, self._text, self._bar):
            card.body.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._close)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._skip)
        row.addWidget(self._retry)
        card.body.addLayout(row)
        put_in_the_middle(card, self)


def _button(text: str, name: str, signal: object) -> QPushButton:
    button = named_button(text, name)
    button.clicked.connect(signal)
    return button
