"""The safety questions: wording, urgency, the clinic's instruction and number, approval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.field_form import FieldForm, FieldKind, FieldSpec
from scs_trial.ui.widgets.labels import PlainLabel

URGENCIES = (
    (Urgency.EMERGENCY, "Emergency"),
    (Urgency.URGENT, "Urgent, same day"),
    (Urgency.SAME_DAY, "Same day"),
    (Urgency.ROUTINE, "Routine"),
    (Urgency.NOTE, "Note"),
)
_FIELDS = (
    FieldSpec(name="finding", label="Name in lists", hint="As a yes is called on record."),
    FieldSpec(name="question", label="Question", kind=FieldKind.LINES),
    FieldSpec(name="urgency", label="Urgency", kind=FieldKind.CHOICE, choices=URGENCIES),
    FieldSpec(name="instruction", label="Instruction", kind=FieldKind.LINES),
    FieldSpec(name="number", label="Number to call"),
)
_CHANGED = "Changed; not approved yet."


class SafetyEditor(QWidget):
    """Edits the safety questions one by one.

    Signals
    -------
    approve_requested
        The list as it stands is to be approved by name and date.
    """

    approve_requested = Signal()

    GUIDANCE = (
        "The shipped questions are examples. Check wording, urgency, instruction and number, then"
        " approve the list; each check-in names the wording that was asked."
    )

    def __init__(self, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[SafetyItem] = []
        self._list = QListWidget()
        self._list.setObjectName("settings.safety.list")
        self._list.setAccessibleName("Safety questions")
        self._list.setMinimumHeight(160)
        self._form = FieldForm(_FIELDS, prefix="settings.safety", today=today)
        self._state = PlainLabel("", role=Colour.MUTED, wrap=True)
        self._state.setObjectName("settings.safety.state")
        self._remove = _button("Remove", "settings.safety.remove", self._on_remove_clicked)
        row = QHBoxLayout()
        row.addWidget(_button("Add a question", "settings.safety.add", self._on_add_clicked))
        row.addWidget(self._remove)
        row.addWidget(self._state, 1)
        row.addWidget(
            _button("Approve the list", "settings.safety.approve", self.approve_requested.emit)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._list)
        column.addLayout(row)
        column.addWidget(self._form)
        self._list.currentRowChanged.connect(self._on_list_row_changed)
        self._form.text_changed.connect(self._on_form_text_changed)

    def set_list(self, safety: SafetyList) -> None:
        """Show a list and by whom it was approved."""
        self._items = list(safety.items)
        row = max(self._list.currentRow(), 0)
        self._list.clear()
        for item in self._items:
            self._list.addItem(_name(item))
        self._list.setCurrentRow(min(row, len(self._items) - 1))
        self._allow_removal()
        approved = f"Approved by {safety.approved_by} on {safety.approved_on}."
        self._state.setText(approved if safety.approved_on else "Not approved yet.")

    def items(self) -> tuple[SafetyItem, ...]:
        """Return the questions as edited."""
        return tuple(self._items)

    @Slot()
    def _on_add_clicked(self) -> None:
        """Add an empty question at the end; its id is like no other, removed ones included."""
        item = SafetyItem(
            id=f"own_{uuid4().hex}", question="", finding="", urgency=Urgency.URGENT, says=""
        )
        self._items.append(item)
        self._list.addItem(_name(item))
        self._list.setCurrentRow(len(self._items) - 1)
        self._allow_removal()
        self._state.setText(_CHANGED)
        self._form.editor("finding").setFocus()

    @Slot()
    def _on_remove_clicked(self) -> None:
        """Ask the question no more; check-ins keep the answers that were given."""
        row = self._list.currentRow()
        if len(self._items) > 1 and 0 <= row < len(self._items):
            del self._items[row]
            self._list.takeItem(row)
            self._on_list_row_changed(self._list.currentRow())
            self._allow_removal()
            self._state.setText(_CHANGED)

    def _allow_removal(self) -> None:
        self._remove.setEnabled(len(self._items) > 1)

    @Slot(int)
    def _on_list_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._items):
            item = self._items[row]
            for name in self._form.names():
                self._form.set_text(name, getattr(item, name))

    @Slot(str, str)
    def _on_form_text_changed(self, name: str, text: str) -> None:
        row = self._list.currentRow()
        if not 0 <= row < len(self._items):
            return
        item = self._items[row]
        changed = {
            "finding": lambda: replace(item, finding=text),
            "question": lambda: replace(item, question=text),
            "urgency": lambda: replace(item, urgency=Urgency(text)),
            "instruction": lambda: replace(item, instruction=text),
            "number": lambda: replace(item, number=text),
        }[name]()
        if changed == item:
            return
        self._items[row] = changed
        self._list.item(row).setText(_name(self._items[row]))
        self._state.setText(_CHANGED)


def _name(item: SafetyItem) -> str:
    return item.finding.strip() or "New question"


def _button(text: str, name: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
