"""A dialog that shows one text to be read, as plain text."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.paths import resources
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.scrolled import scrolled

_WIDTH = 560
_HEIGHT = 480


class TextPage(QDialog):
    """A heading and paragraphs, scrolled when long.

    Parameters
    ----------
    name
        Object name of the dialog.
    title
        Heading and window title.
    paragraphs
        In their order.
    """

    def __init__(
        self, name: str, title: str, paragraphs: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.resize(_WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(round(1.5 * SPACE))
        column.addWidget(PlainLabel(title, size=TextSize.TITLE, weight=QFont.Weight.DemiBold))
        for paragraph in paragraphs:
            label = PlainLabel(paragraph, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)
        area = scrolled(f"{name}.text", title, inner)
        area.setAccessibleDescription(" ".join(paragraphs))
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        close = QPushButton("Close")
        close.setObjectName(f"{name}.close")
        close.setAccessibleName("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addLayout(self.buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with F1 too, the key that opened the page."""
        if event.key() == Qt.Key.Key_F1:
            self.accept()
        else:
            super().keyPressEvent(event)


def add_help_key(dialog: QDialog, topic: str) -> None:
    """Let F1 open the help of a dialog; the window's own F1 does not reach it."""
    key = QShortcut(QKeySequence(Qt.Key.Key_F1), dialog)
    key.activated.connect(partial(_open_help, topic, dialog))


def _open_help(topic: str, dialog: QDialog) -> None:
    help_page(topic, dialog).open()


def help_page(topic: str, parent: QWidget | None = None) -> TextPage:
    """Return the help of a page, e.g. ``today``, ``workspace``, ``check_in``, ``criteria``."""
    text = resources("help", f"{topic}.txt").read_text(encoding="utf-8")
    title, *paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return TextPage("help", title, tuple(paragraphs), parent)
