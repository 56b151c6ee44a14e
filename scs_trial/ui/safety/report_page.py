"""Entry of a safety event: question or own words, urgency, description, instruction."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from scs_trial.domain.safety import Urgency
from scs_trial.ui.check_in.words import long_day
from scs_trial.ui.safety.report_form import ReportForm
from scs_trial.ui.safety.words import urgency_words
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Field, PlainLabel, TextSize
from scs_trial.ui.widgets.choice_box import ChoiceBox

_ROWS = 4


class ReportPage(QWidget):
    """Writes what is entered into a `ReportForm`."""

    changed = Signal()

    def __init__(self, form: ReportForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        own = self.tr("In own words")
        items = [(item.id, item.finding) for item in form.questions.items]
        self._item = ChoiceBox([("", own), *items], self)
        self._finding = QLineEdit(self)
        self._finding.setMaxLength(200)
        urgencies = [(u.value, urgency_words(u)) for u in Urgency]
        self._urgency = ChoiceBox([("", self.tr("Choose…")), *urgencies], self)
        self._description = QPlainTextEdit(self)
        self._description.setTabChangesFocus(True)
        self._description.setFixedHeight(self.fontMetrics().height() * _ROWS + 24)
        self._instruction = PlainLabel("", self, wrap=True)
        self._dated = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
        self._fields: dict[str, Field] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for name, title, editor in (
            ("item", self.tr("Which question does it answer?"), self._item),
            ("finding", self.tr("What was reported"), self._finding),
            ("urgency", self.tr("Urgency"), self._urgency),
            ("description", self.tr("In the patient's words, details"), self._description),
        ):
            editor.setObjectName(f"safety.{name}")
            self._fields[name] = Field(title, editor, self)
            layout.addWidget(self._fields[name])
            if name == "urgency":
                layout.addWidget(self._instruction)
                layout.addWidget(self._dated)
        layout.addStretch(1)
        self._show_form()
        self._item.currentIndexChanged.connect(self._on_item_changed)
        self._finding.textChanged.connect(self._on_finding_changed)
        self._urgency.currentIndexChanged.connect(self._on_urgency_changed)
        self._description.textChanged.connect(self._on_description_changed)
        self._show_instruction()

    def take_focus(self) -> None:
        """Give the focus to the first field."""
        self._item.setFocus()

    def show_problems(self) -> None:
        """Show beside each field what is missing, and go to the first."""
        problems = self._form.problems()
        for name, field in self._fields.items():
            field.show_problem(problems.get(name, ""))
        for name in problems:
            self._fields[name].editor.setFocus()
            break

    def _show_form(self) -> None:
        form = self._form
        self._item.choose(form.item.id if form.item else "")
        self._finding.setText(form.finding)
        self._urgency.choose(form.urgency.value if form.urgency else "")
        self._description.setPlainText(form.description)

    def _on_item_changed(self) -> None:
        self._form.choose(self._item.key())
        with QSignalBlocker(self._finding), QSignalBlocker(self._urgency):
            self._finding.setText(self._form.finding)
            self._urgency.choose(self._form.urgency.value if self._form.urgency else "")
            if self._form.urgency is None:
                self._urgency.setCurrentIndex(0)
        self._show_instruction()
        self.changed.emit()

    def _on_finding_changed(self, text: str) -> None:
        self._form.finding = text
        self.changed.emit()

    def _on_urgency_changed(self) -> None:
        key = self._urgency.key()
        self._form.urgency = Urgency(key) if key else None
        self.changed.emit()

    def _on_description_changed(self) -> None:
        self._form.description = self._description.toPlainText()
        self.changed.emit()

    def _show_instruction(self) -> None:
        form = self._form
        number = self.tr("Call {number}").format(number=form.number) if form.number else ""
        text = "\n".join(part for part in (form.instruction, number) if part)
        self._instruction.setText(text)
        self._instruction.setVisible(bool(text))
        on = form.questions.approved_on
        if on is None:
            dated = self.tr("Shipped example instruction; the clinic has not approved it yet.")
        else:
            dated = self.tr("The clinic's instruction, approved {day} by {who}.").format(
                day=long_day(on), who=form.questions.approved_by
            )
        self._dated.setText(dated)
        self._dated.setVisible(bool(text))
