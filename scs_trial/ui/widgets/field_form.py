"""A form built from a list of fields: labels, editors, hints and a problem beside each field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.date_field import DateField, parse_date
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_LINES_SHOWN = 3


class FieldKind(StrEnum):
    """How a field is edited. ``TREATMENTS`` and ``MEASURES`` are given by the caller."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    CHOICE = "choice"
    TREATMENTS = "treatments"
    MEASURES = "measures"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field; its value is text, a date as ISO 8601, a choice as its key."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    unit: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class FieldForm(QWidget):
    """Edits the texts of some fields.

    Signals
    -------
    text_changed
        Field name and new text, on every change by the person.

    Parameters
    ----------
    fields
        In their order.
    prefix
        Starts the ``objectName`` of each editor, e.g. ``"new_trial"``.
    today
        Tells today's date, where a calendar opens.
    editors
        Makes the editor of the kinds that the form does not know.
    """

    text_changed = Signal(str, str)

    def __init__(
        self,
        fields: Iterable[FieldSpec],
        *,
        prefix: str,
        today: Callable[[], date],
        editors: Callable[[FieldSpec], QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._filling = False
        self._editors: dict[str, QWidget] = {}
        self._problems: dict[str, PlainLabel] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * SPACE)
        layout.setVerticalSpacing(round(1.25 * SPACE))
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for field in fields:
            self._add(layout, field, f"{prefix}.{field.name}", editors)

    def text(self, name: str) -> str:
        """Return the text of a field."""
        return _read(self._editors[name])

    def set_text(self, name: str, text: str) -> None:
        """Fill a field without saying that it changed."""
        if name in self._editors:
            self._filling = True
            _write(self._editors[name], text)
            self._filling = False

    def editor(self, name: str) -> QWidget:
        """Return the editor of a field."""
        return self._editors[name]

    def names(self) -> tuple[str, ...]:
        """Return the names of the fields in their order."""
        return tuple(self._editors)

    def show_problem(self, name: str, text: str) -> None:
        """Show what is wrong beside a field; empty text takes it away."""
        label = self._problems[name]
        label.setText(text)
        label.setVisible(bool(text))

    def _add(
        self,
        layout: QFormLayout,
        field: FieldSpec,
        object_name: str,
        editors: Callable[[FieldSpec], QWidget] | None,
    ) -> None:
        known = field.kind not in (FieldKind.TREATMENTS, FieldKind.MEASURES)
        if not known and editors is None:
            raise ValueError(f"no editor for {field.name}")
        editor = self._make(field) if known or editors is None else editors(field)
        editor.setObjectName(object_name)
        editor.setAccessibleName(f"{field.label}, {field.unit}" if field.unit else field.label)
        self._editors[field.name] = editor
        label = PlainLabel(field.label)
        label.setBuddy(editor)
        problem = PlainLabel("", role=Colour.DANGER)
        problem.setObjectName(f"{object_name}.problem")
        problem.hide()
        self._problems[field.name] = problem
        layout.addRow(label, _with_hint(editor, field, problem))
        self._connect(field.name, editor)

    def _make(self, field: FieldSpec) -> QWidget:
        if field.kind is FieldKind.DATE:
            return DateField(field.label, today=self._today)
        if field.kind is FieldKind.CHOICE:
            return ChoiceBox(field.choices)
        if field.kind is FieldKind.LINES:
            lines = QPlainTextEdit()
            lines.setTabChangesFocus(True)
            lines.setFixedHeight(_LINES_SHOWN * lines.fontMetrics().lineSpacing() + 2 * SPACE)
            return lines
        return QLineEdit()

    def _connect(self, name: str, editor: QWidget) -> None:
        def changed() -> None:
            if not self._filling:
                self.text_changed.emit(name, _read(editor))

        if isinstance(editor, DateField):
            editor.problem_changed.connect(partial(self.show_problem, name))
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(changed)
        elif isinstance(editor, ChoiceBox):
            editor.currentIndexChanged.connect(changed)


def _with_hint(editor: QWidget, field: FieldSpec, problem: PlainLabel) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE // 4)
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    row.addWidget(editor)
    if field.unit:
        row.addWidget(PlainLabel(field.unit, role=Colour.MUTED))
    column.addLayout(row)
    if field.hint:
        column.addWidget(PlainLabel(field.hint, role=Colour.MUTED, size=TextSize.SMALL, wrap=True))
    column.addWidget(problem)
    return box


def _read(editor: QWidget) -> str:
    if isinstance(editor, DateField) and editor.value is not None:
        return editor.value.isoformat()
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.key() if isinstance(editor, ChoiceBox) else ""


def _write(editor: QWidget, text: str) -> None:
    if isinstance(editor, DateField) and (day := parse_date(text)) is not None:
        editor.set_value(day)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, ChoiceBox):
        editor.choose(text)
