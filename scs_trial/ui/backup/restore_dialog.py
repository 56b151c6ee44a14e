"""Ask for the password of then before a backup takes the record's place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.field import Field
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_WIDTH = 440
_WORDS = (
    "The backup is checked first. The record as it is now goes to a folder beside it and is never "
    "overwritten; what was entered after the backup is only there. The program closes afterwards."
)


class RestoreDialog(CalmDialog):
    """Says what a restore does and asks for the password.

    Signals
    -------
    password_given
        The password that the account had when the backup was made.
    """

    password_given = Signal(str)

    def __init__(self, name: str, made: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("restore")
        self.setWindowTitle("Restore a backup")
        self.setMinimumWidth(_WIDTH)
        self._password = QLineEdit()
        self._password.setObjectName("restore.password")
        self._password.setAccessibleName("Password of then")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._on_restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel(f"Restore the backup of {made}?", size=TextSize.LARGE))
        column.addWidget(PlainLabel(name, role=Colour.MUTED, wrap=True))
        column.addWidget(PlainLabel(_WORDS, wrap=True))
        column.addWidget(Field("Your password when it was made", self._password, self))
        row = QHBoxLayout()
        row.addStretch(1)
        for text, key, slot in (
            ("Cancel", "cancel", self.reject),
            ("Restore", "restore", self._on_restore),
        ):
            button = QPushButton(text)
            button.setObjectName(f"restore.{key}")
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        column.addLayout(row)
        self._password.setFocus()

    @Slot()
    def _on_restore(self) -> None:
        if self._password.text():
            self.password_given.emit(self._password.text())
            self._password.clear()
            self.accept()
