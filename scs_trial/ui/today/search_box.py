"""The box above the list: a door to the search, with its shortcut written in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchBox(QLineEdit):
    """Looks like a field and opens the search when clicked or typed into."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today.search")
        self.setAccessibleName("Find a patient or a command, Ctrl+K")
        self.setPlaceholderText("Search name or MRN   Ctrl+K")
        self.setReadOnly(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the search."""
        event.accept()
        self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the search on Enter, Space or any letter; leave Tab and Escape alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text().strip():
            self.activated.emit()
            return
        super().keyPressEvent(event)
