"""Last full day, removal, reason, diary, wish and the measures asked at the end."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from scs_trial.domain.diary import EndReason
from scs_trial.domain.measures import Measure
from scs_trial.domain.trial import PatientWish
from scs_trial.ui.end_of_trial.form import EndForm
from scs_trial.ui.end_of_trial.words import impressions, reasons, wishes
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Card, DateField, Field, NumberField, YesNo
from scs_trial.ui.widgets.choice_box import ChoiceBox


class EndCard(Card):
    """Writes what is entered into an `EndForm`."""

    changed = Signal()

    def __init__(self, form: EndForm, parent: QWidget | None = None, *, now: datetime) -> None:
        super().__init__(self.tr("End of the trial"), parent)
        self._form = form
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        self.body.addLayout(self._grid)
        start = form.trial.trial_start
        self._removed_on = DateField(
            self.tr("Lead removed on"), self, today=now.date, earliest=start, latest=now.date()
        )
        self._time = QLineEdit(self)
        self._time.setPlaceholderText("09:30")
        self._time.setMaxLength(5)
        self._last = DateField(
            self.tr("Last full day"), self, today=now.date, earliest=start, latest=now.date()
        )
        choose = ("", self.tr("Choose…"))
        self._reason = ChoiceBox([choose, *reasons()], self)
        self._diary = YesNo(self.tr("Is a diary still to come?"), self)
        self._wish = ChoiceBox(wishes(), self)
        self._add("removed_on", self.tr("Lead removed on"), self._removed_on)
        self._add("removed_time", self.tr("at"), self._time)
        self._add("last_full_day", self.tr("Last full day that counts"), self._last)
        self._add("reason", self.tr("Why the trial ends"), self._reason)
        self._add("awaiting_diary", self.tr("Is a diary still to come?"), self._diary)
        self._add("wish", self.tr("Does the patient wish to proceed?"), self._wish)
        self._scores: dict[str, NumberField | ChoiceBox] = {}
        for measure in form.measures:
            self._add_measure(measure)
        self.refresh()
        self._connect()

    def refresh(self) -> None:
        """Show what the form holds."""
        form = self._form
        for field in (self._removed_on, self._last):
            field.blockSignals(True)
        self._removed_on.set_value(form.removed_on)
        self._last.set_value(form.last_full_day)
        for field in (self._removed_on, self._last):
            field.blockSignals(False)
        with QSignalBlocker(self._time), QSignalBlocker(self._reason), QSignalBlocker(self._wish):
            self._time.setText(form.removed_time)
            self._reason.choose(form.reason.value if form.reason else "")
            self._wish.choose(form.wish.value)
        with QSignalBlocker(self._diary):
            self._diary.set_answer(form.awaiting_diary)
        for code, editor in self._scores.items():
            value = form.values.get(code)
            with QSignalBlocker(editor):
                if isinstance(editor, ChoiceBox):
                    editor.choose("" if value is None else str(value))
                else:
                    editor.set_value(value)
        self._show_day_number()

    def take_focus(self) -> None:
        """Give the focus to the first field."""
        self._removed_on.setFocus()

    def show_problems(self) -> None:
        """Show beside each field what is missing, and go to the first."""
        problems = self._form.problems()
        for name, field in self._fields.items():
            field.show_problem(problems.get(name, ""))
        for name in self._fields:
            if name in problems:
                self._fields[name].editor.setFocus()
                return

    def show_problem(self, field: str, problem: str) -> bool:
        """Show a refusal of the record beside its field; False where it has none."""
        name = {"lead_removed_at": "removed_time"}.get(field, field)
        if name not in self._fields:
            return False
        self._fields[name].show_problem(problem)
        return True

    def _add(self, name: str, title: str, editor: QWidget) -> None:
        editor.setObjectName(f"end.{name}")
        field = Field(title, editor, self)
        row, column = divmod(len(self._fields), 2)
        self._grid.addWidget(field, row, column)
        self._fields[name] = field

    def _add_measure(self, measure: Measure) -> None:
        editor: NumberField | ChoiceBox
        if measure.code == "pgic":
            editor = ChoiceBox([("", self.tr("Not asked")), *impressions()], self)
            editor.currentIndexChanged.connect(self._on_scores_changed)
        else:
            editor = NumberField(
                measure.title,
                self,
                unit=measure.unit,
                low=measure.low,
                high=measure.high,
                decimals=measure.decimals,
            )
            editor.textChanged.connect(self._on_scores_changed)
        self._scores[measure.code] = editor
        self._add(measure.code, measure.title, editor)

    def _connect(self) -> None:
        self._removed_on.value_changed.connect(self._on_removed_on_changed)
        self._time.textChanged.connect(self._on_time_changed)
        self._last.value_changed.connect(self._on_last_changed)
        self._reason.currentIndexChanged.connect(self._on_reason_changed)
        self._diary.answer_changed.connect(self._on_diary_changed)
        self._wish.currentIndexChanged.connect(self._on_wish_changed)

    def _show_day_number(self) -> None:
        number = self._form.last_day_number
        said = "" if number is None else self.tr("day {n}").format(n=number)
        title = self.tr("Last full day that counts")
        self._fields["last_full_day"].label.setText(f"{title}, {said}" if said else title)

    def _on_removed_on_changed(self, day: date | None) -> None:
        self._form.remove_on(day)
        self._last.blockSignals(True)
        self._last.set_value(self._form.last_full_day)
        self._last.blockSignals(False)
        self._show_day_number()
        self.changed.emit()

    def _on_time_changed(self, text: str) -> None:
        self._form.removed_time = text
        self.changed.emit()

    def _on_last_changed(self, day: date | None) -> None:
        self._form.end_on(day)
        self._show_day_number()
        self.changed.emit()

    def _on_reason_changed(self) -> None:
        key = self._reason.key()
        self._form.reason = EndReason(key) if key else None
        self.changed.emit()

    def _on_diary_changed(self, answer: bool | None) -> None:
        self._form.awaiting_diary = answer
        self.changed.emit()

    def _on_wish_changed(self) -> None:
        self._form.wish = PatientWish(self._wish.key())
        self.changed.emit()

    def _on_scores_changed(self) -> None:
        for code, editor in self._scores.items():
            if isinstance(editor, ChoiceBox):
                key = editor.key()
                self._form.set_value(code, Decimal(key) if key else None)
            else:
                self._form.set_value(code, editor.value, problem=editor.problem)
        self.changed.emit()
