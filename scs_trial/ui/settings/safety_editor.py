"""The safety questions: wording, urgency, the clinic's instruction and number, approval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

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
    FieldSpec(name="question", label="Question", kind=FieldKind.LINES),
    FieldSpec(name="urgency", label="Urgency", kind=FieldKind.CHOICE, choices=URGENCIES),
    FieldSpec(name="instruction", label="Instruction", kind=FieldKind.LINES),
    FieldSpec(name="number", label="Number to call"),
)


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
        approve = QPushButton("Approve the list")
        approve.setObjectName("settings.safety.approve")
        approve.setAutoDefault(False)
        approve.clicked.connect(self.approve_requested)
        row = QHBoxLayout()
        row.addWidget(self._state, 1)
        row.addWidget(approve)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._list)
        column.addWidget(self._form)
        column.addLayout(row)
        self._list.currentRowChanged.connect(self._on_list_row_changed)
        self._form.text_changed.connect(self._on_form_text_changed)

    def set_list(self, safety: SafetyList) -> None:
        """Show a list and by whom it was approved."""
        self._items = list(safety.items)
        row = max(self._list.currentRow(), 0)
        self._list.clear()
        for item in self._items:
            self._list.addItem(item.finding)
        self._list.setCurrentRow(row)
        approved = f"Approved by {safety.approved_by} on {safety.approved_on}."
        self._state.setText(approved if safety.approved_on else "Not approved yet.")

    def items(self) -> tuple[SafetyItem, ...]:
        """Return the questions as edited."""
        return tuple(self._items)

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
        if name == "urgency":
            self._items[row] = replace(item, urgency=Urgency(text))
        elif name == "question":
            self._items[row] = replace(item, question=text)
        elif name == "instruction":
            self._items[row] = replace(item, instruction=text)
        elif name == "number":
            self._items[row] = replace(item, number=text)
        self._state.setText("Changed; not approved yet.")
