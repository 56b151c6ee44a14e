"""A dialog in which Enter in a field presses no button somewhere else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog


class CalmDialog(QDialog):
    """Enter presses only the button that has the focus.

    Qt would press the first button that can be a default one, which may end a trial or retract an
    event while somebody types.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the field that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
