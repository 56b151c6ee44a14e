"""Why a saved check-in is changed, and what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from scs_trial.services.check_in_rules import TYPING_ERROR
from scs_trial.services.local_time import to_local
from scs_trial.ui.check_in.history import Revision
from scs_trial.ui.check_in.narrow import narrow
from scs_trial.ui.check_in.words import moment_words
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import Card, Field, PlainLabel, TextSize


class _EnterButton(QPushButton):
    """A button that Enter presses."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ReasonBar(Card):
    """Asks why; "typing error" is one key while it is fresh."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Why is it corrected?"), parent)
        narrow(self)
        self._typing = _EnterButton(self.tr("Typing error  ⏎"), self)
        self._typing.setObjectName("check_in.reason.typing_error")
        self._typing.setAccessibleName(self.tr("Typing error"))
        self._typing.clicked.connect(self._on_typing_clicked)
        self._reason = QLineEdit(self)
        self._reason.setObjectName("check_in.reason")
        self._reason.setMaxLength(1000)
        self._reason.returnPressed.connect(self._on_return_pressed)
        self._field = Field(self.tr("Another reason, then Enter"), self._reason, self)
        self.body.addWidget(self._typing)
        self.body.addWidget(self._field)
        self.hide()

    def ask(self, *, may_say_typing_error: bool) -> None:
        """Show the question and take the focus."""
        self._reason.clear()
        self._field.show_problem("")
        self._typing.setVisible(may_say_typing_error)
        self.show()
        (self._typing if may_say_typing_error else self._reason).setFocus()

    def _on_typing_clicked(self) -> None:
        self.given.emit(TYPING_ERROR)

    def _on_return_pressed(self) -> None:
        if self._reason.text().strip():
            self.given.emit(self._reason.text().strip())
        else:
            self._field.show_problem(self.tr("Say what was wrong."))


class HistoryCard(Card):
    """Every revision: when, who, why, old and new values."""

    def __init__(
        self, lines: Sequence[Revision], parent: QWidget | None = None, *, zone: ZoneInfo
    ) -> None:
        super().__init__(self.tr("History"), parent)
        self.setObjectName("check_in.history")
        narrow(self)
        self._zone = zone
        for line in lines:
            head = self._head(line)
            self.body.addWidget(
                PlainLabel(head, self, size=TextSize.SMALL, weight=QFont.Weight.Medium, wrap=True)
            )
            for change in line.changes:
                self.body.addWidget(
                    PlainLabel(change, self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
                )

    def _head(self, line: Revision) -> str:
        when = "" if line.at is None else moment_words(self._local(line.at))
        reason = line.reason or (self.tr("recorded") if line.number == 1 else "")
        return " · ".join(part for part in (when, line.who, reason) if part)

    def _local(self, at: datetime) -> datetime:
        return to_local(at, self._zone)
