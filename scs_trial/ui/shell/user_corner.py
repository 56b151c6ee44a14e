"""Who is logged in, and the lock, at the top right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.labels import PlainLabel


class UserCorner(QWidget):
    """The account's name and a lock button.

    Parameters
    ----------
    lock
        Action of the button.
    """

    def __init__(self, lock: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("user_corner")
        self._name = PlainLabel("", self, role=Colour.MUTED)
        self._name.setObjectName("user_corner.name")
        self._lock = QToolButton(self)
        self._lock.setObjectName("user_corner.lock")
        self._lock.setDefaultAction(lock)
        self._lock.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._lock.setAutoRaise(True)
        self._lock.setAccessibleName(self.tr("Lock"))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 2, SPACE, 2)
        row.setSpacing(SPACE)
        row.addWidget(self._name)
        row.addWidget(self._lock)

    def set_user(self, text: str) -> None:
        """Say who is logged in, e.g. "RN Alvarez · nurse"; empty hides the corner."""
        self._name.setText(text)
        self._name.setMinimumWidth(self._name.sizeHint().width())
        self._lock.setVisible(bool(text))
        self.adjustSize()
