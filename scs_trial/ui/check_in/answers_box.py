"""The questions of a check-in one under another, numbers two in a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.ui.check_in.answer import Answer, editor_for
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.key_flow import Entry
from scs_trial.ui.check_in.program_field import ProgramField
from scs_trial.ui.check_in.words import earlier_words, jump_words, weekday
from scs_trial.ui.numbers import decimal_text
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import NumberField, ScoreStrip


class AnswersBox(QWidget):
    """Shows the values of a form and writes what is typed into it."""

    changed = Signal()

    def __init__(self, form: CheckInForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._answers: dict[Series, Answer] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(int(1.25 * SPACE))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(int(1.25 * SPACE))
        self._grid.setVerticalSpacing(int(1.25 * SPACE))
        self._in_grid = 0
        for spec in form.fields:
            if spec.is_score:
                self._add_value(spec.series)
        for spec in form.fields:
            if not spec.is_score:
                self._add_value(spec.series)
        self._layout.addLayout(self._grid)
        self.program: ProgramField | None = None
        self._program_answer: Answer | None = None
        self._off: QCheckBox | None = None
        if form.phase is Phase.TRIAL:
            self._add_program()
            self._add_stimulation_off()
        self.refresh()

    @property
    def answers(self) -> dict[Series, Answer]:
        """The questions by series."""
        return self._answers

    def entries(self) -> list[Entry]:
        """Return the editors in the order in which they are asked."""
        entries = [answer.editor for answer in self._answers.values()]
        return [*entries, self.program] if self.program is not None else entries

    def answer_of(self, editor: QWidget) -> Answer | None:
        """Return the question that an editor stands in."""
        everything = [*self._answers.values()]
        if self._program_answer is not None:
            everything.append(self._program_answer)
        return next((answer for answer in everything if answer.editor is editor), None)

    def refresh(self) -> None:
        """Show suggestions, values of before and jumps as far as the form shows them now."""
        queries: dict[Series, str] = {}
        for jump in self._form.jumps_to_ask():
            before = queries.get(jump.series, "")
            queries[jump.series] = f"{before}\n{jump_words(jump)}".strip()
        for series, answer in self._answers.items():
            spec = self._form.field(series)
            earlier = self._form.earlier(series)
            unit = spec.unit if spec.is_score else ""
            answer.show_earlier(earlier_words(earlier, unit=unit) if earlier else "")
            answer.show_query(queries.get(series, ""))
            if isinstance(answer.editor, NumberField):
                self._show_suggestion(series, answer.editor)
        if self.program is not None:
            suggestion = self._form.program_suggestion()
            name, remark = (
                ("", "") if suggestion is None else (suggestion[0], _as_of(suggestion[1]))
            )
            self.program.suggest(name, remark=remark)

    def _show_suggestion(self, series: Series, editor: NumberField) -> None:
        carried = self._form.suggestion(series)
        if carried is None:
            editor.suggest(None)
        else:
            listed = carried.day == self._form.day
            remark = self.tr("list?") if listed else _as_of(carried.day)
            editor.suggest(carried.value, remark=remark)

    def _add_value(self, series: Series) -> None:
        spec = self._form.field(series)
        editor = editor_for(spec, self)
        answer = Answer(spec.title, editor, self, question=spec.question)
        self._answers[series] = answer
        if spec.is_score:
            self._layout.addWidget(answer)
        else:
            self._put_in_grid(answer)
        refused = self._form.refused.get(series)
        if refused is not None and isinstance(editor, NumberField):
            editor.setText(refused.text)
        else:
            _show_value(editor, self._form.values.get(series))
        editor.value_changed.connect(self._on_editor_value_changed)
        if isinstance(editor, NumberField):
            answer.show_problem(editor.problem)
            editor.problem_changed.connect(answer.show_problem)
            editor.textChanged.connect(self._on_editor_text_changed)

    def _put_in_grid(self, answer: Answer) -> None:
        row, column = divmod(self._in_grid, 2)
        self._grid.addWidget(answer, row, column, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(column, 1)
        self._in_grid += 1

    def _add_program(self) -> None:
        self.program = ProgramField(self.tr("Program"), self)
        self.program.setObjectName("check_in.program")
        self.program.set_known(self._form.subject.known_programs())
        self.program.setText(self._form.program)
        self.program.program_changed.connect(self._on_program_changed)
        self._program_answer = Answer(self.tr("Program"), self.program, self)
        self.program.problem_changed.connect(self._program_answer.show_problem)
        self._put_in_grid(self._program_answer)

    def _add_stimulation_off(self) -> None:
        self._off = QCheckBox(self.tr("Stimulation was off"), self)
        self._off.setObjectName("check_in.stimulation_off")
        self._off.setAccessibleName(self.tr("Stimulation was off that day"))
        self._off.setChecked(self._form.stimulation_off)
        self._off.toggled.connect(self._on_off_toggled)
        self._layout.addWidget(self._off)

    def _series_of(self, editor: object) -> Series | None:
        return next((s for s, answer in self._answers.items() if answer.editor is editor), None)

    def _on_editor_value_changed(self, value: Decimal | None) -> None:
        series = self._series_of(self.sender())
        if series is None:
            return
        editor = self._answers[series].editor
        if value is None and isinstance(editor, NumberField) and editor.problem:
            self._form.refuse(series, text=editor.text(), message=editor.problem)
        else:
            self._form.set_value(series, value)
        self.refresh()
        self.changed.emit()

    def _on_editor_text_changed(self, text: str) -> None:
        """Keep what is refused too; ``value_changed`` says nothing from refused to refused."""
        series = self._series_of(self.sender())
        editor = None if series is None else self._answers[series].editor
        if series is None or not isinstance(editor, NumberField) or editor.value is not None:
            return
        if editor.problem:
            self._form.refuse(series, text=text, message=editor.problem)
        else:
            self._form.set_value(series, None)
        self.changed.emit()

    def _on_program_changed(self, text: str) -> None:
        self._form.program = text
        self.refresh()
        self.changed.emit()

    def _on_off_toggled(self, off: bool) -> None:
        self._form.stimulation_off = off
        self.changed.emit()


def _show_value(editor: ScoreStrip | NumberField, value: Decimal | None) -> None:
    """Show a stored value exactly, also one with more decimals than may be typed."""
    if isinstance(editor, NumberField) and value is not None:
        editor.setMaxLength(max(editor.maxLength(), len(decimal_text(value))))
    editor.set_value(value)


def _as_of(day: date) -> str:
    return QCoreApplication.translate("check_in", "{day}?").format(day=weekday(day))
