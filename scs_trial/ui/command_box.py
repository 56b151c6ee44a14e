"""The Ctrl+K box: patients first, then commands."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from scs_trial.ui.actions import Actions
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE

_WIDTH, _HEIGHT = 520, 380
_KEY = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One patient that a search found: what to pass on, and what to show."""

    key: object
    title: str
    detail: str = ""


def folded(text: str) -> str:
    """Return text for comparing: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class CommandBox(QDialog):
    """One line to type into and the hits beneath it; Enter takes the first or the chosen one.

    Parameters
    ----------
    actions
        The registry whose commands are offered.
    find_patients
        Finds patients by name, MRN or birth date; None where no record is open.
    """

    patient_chosen = Signal(object)
    """Key of the hit."""

    def __init__(
        self,
        actions: Actions,
        find_patients: Callable[[str], Sequence[Hit]] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._find_patients = find_patients
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("command_box")
        self.setAccessibleName(self.tr("Find a patient or a command"))
        self._line = QLineEdit(self)
        self._line.setObjectName("command_box.text")
        self._line.setAccessibleName(self.tr("Name, MRN, birth date or command"))
        self._line.setPlaceholderText(self.tr("Name, MRN, birth date or command"))
        self._line.setClearButtonEnabled(True)
        self._list = QListWidget(self)
        self._list.setObjectName("command_box.hits")
        self._list.setAccessibleName(self.tr("Found"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        self._line.installEventFilter(self)
        self._line.textChanged.connect(self._on_text_changed)
        self._line.returnPressed.connect(self._on_return_pressed)
        self._list.itemClicked.connect(self._on_item_clicked)
        self._on_text_changed("")

    def sizeHint(self) -> QSize:
        """Return room for about ten hits."""
        return QSize(_WIDTH, _HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the line move in the list."""
        if (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in _MOVES
        ):
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self, text: str) -> None:
        self._list.clear()
        if self._find_patients is not None and text.strip():
            for hit in self._find_patients(text.strip()):
                line = "   ".join(part for part in (hit.title, hit.detail) if part)
                self._add(shown(line, one_line=True), ("patient", hit.key))
        words = folded(text).split()
        for command in self._actions.available():
            if command.id != "app.find" and all(w in folded(command.plain_text) for w in words):
                keys = self._actions.action(command.id).shortcut().toString()
                line = f"{command.plain_text}   {keys}".rstrip()
                self._add(line, ("command", command.id))
        self._list.setCurrentRow(0)

    def _on_return_pressed(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._take(item)

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self._take(item)

    def _add(self, text: str, key: tuple[str, object]) -> None:
        item = QListWidgetItem(text)
        item.setData(_KEY, key)
        self._list.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        kind, key = item.data(_KEY)
        self.accept()
        if kind == "patient":
            self.patient_chosen.emit(key)
        else:
            self._actions.action(str(key)).trigger()
