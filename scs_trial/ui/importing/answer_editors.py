"""Editors for the answers that the import assistant takes, one for each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from scs_trial.exchange.assistant.model import Choice, Kind, Question
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import DateField
from scs_trial.ui.widgets.choice_box import ChoiceBox

_MOST_BUTTONS = 6
_BETWEEN = ".."


class AnswerEditor(QWidget):
    """Takes one answer as text.

    Signals
    -------
    answered
        The answer; empty when it was taken back.
    """

    answered = Signal(str)

    def set_answer(self, answer: str) -> None:
        """Show an answer without telling of it; empty for none."""
        raise NotImplementedError


def editor_for(question: Question, name: str, *, today: Callable[[], date]) -> AnswerEditor:
    """Return the editor of a question.

    Parameters
    ----------
    question
        What is asked.
    name
        Object name that the parts of the editor begin with.
    today
        Where a calendar opens.
    """
    if question.kind is Kind.CHOICE:
        few = len(question.choices) <= _MOST_BUTTONS
        made = Buttons if few else DropDown
        return made(question.choices, name, question.words)
    typed: AnswerEditor
    if question.kind is Kind.TEXT:
        typed = Words(name, question.words)
    elif question.kind is Kind.DATE:
        typed = Day(name, question.words, today=today)
    else:
        typed = Days(name, question.words, today=today)
    return Either(question, name, typed) if question.choices else typed


class Buttons(AnswerEditor):
    """A few choices, all in sight."""

    def __init__(self, choices: Sequence[Choice], name: str, spoken: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._values = [choice.value for choice in choices]
        self.setAccessibleName(spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        for number, choice in enumerate(choices):
            words = shown(choice.words, one_line=True)
            button = QRadioButton(words.replace("&", "&&"), self)
            button.setObjectName(f"{name}.{choice.value}")
            button.setAccessibleName(words)
            self._group.addButton(button, number)
            column.addWidget(button)
        self._group.idClicked.connect(self._on_clicked)

    def set_answer(self, answer: str) -> None:
        """Show an answer."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(self._values[self._group.id(button)] == answer)
        self._group.setExclusive(True)

    def _on_clicked(self, number: int) -> None:
        self.answered.emit(self._values[number])


class DropDown(AnswerEditor):
    """Many choices."""

    def __init__(self, choices: Sequence[Choice], name: str, spoken: str) -> None:
        super().__init__()
        offered = [(choice.value, shown(choice.words, one_line=True)) for choice in choices]
        self._box = ChoiceBox([("", self.tr("Choose…")), *offered], self)
        self._box.setObjectName(name)
        self._box.setAccessibleName(spoken)
        self._box.activated.connect(self._on_activated)
        self.setFocusProxy(self._box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)

    def set_answer(self, answer: str) -> None:
        """Show an answer."""
        self._box.setCurrentIndex(max(self._box.findData(answer), 0))

    def _on_activated(self, _number: int) -> None:
        self.answered.emit(self._box.key())


class Words(AnswerEditor):
    """A line of text."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self._line = QLineEdit(self)
        self._line.setObjectName(name)
        self._line.setAccessibleName(spoken)
        self._line.editingFinished.connect(self._on_finished)
        self._told = ""
        self.setFocusProxy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)

    def set_answer(self, answer: str) -> None:
        """Show an answer; what is being typed stays."""
        self._told = answer
        if not self._line.hasFocus():
            self._line.setText(answer)

    def _on_finished(self) -> None:
        text = self._line.text().strip()
        if text != self._told:
            self._told = text
            self.answered.emit(text)


class Day(AnswerEditor):
    """A date."""

    def __init__(self, name: str, spoken: str, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._field = DateField(spoken, self, today=today)
        self._field.setObjectName(name)
        self._field.value_changed.connect(self._on_changed)
        self.setFocusProxy(self._field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)

    def set_answer(self, answer: str) -> None:
        """Show an answer."""
        _set_quietly(self._field, _day(answer))

    def _on_changed(self, value: date | None) -> None:
        self.answered.emit("" if value is None else value.isoformat())


class Days(AnswerEditor):
    """From one date to another."""

    def __init__(self, name: str, spoken: str, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._ends = [DateField(spoken, self, today=today) for _ in range(2)]
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        titles = (("first", self.tr("from")), ("last", self.tr("to")))
        for column, (field, (part, words)) in enumerate(zip(self._ends, titles, strict=True)):
            field.setObjectName(f"{name}.{part}")
            field.setAccessibleName(f"{spoken} {words}")
            field.value_changed.connect(self._on_changed)
            row.addWidget(field, 0, column)
        self.setFocusProxy(self._ends[0])

    def set_answer(self, answer: str) -> None:
        """Show an answer; half of one stays."""
        first, between, last = answer.partition(_BETWEEN)
        if between:
            for field, text in zip(self._ends, (first, last), strict=True):
                _set_quietly(field, _day(text))

    def _on_changed(self, _value: date | None) -> None:
        first, last = (field.value for field in self._ends)
        if first is not None and last is not None:
            self.answered.emit(f"{first.isoformat()}{_BETWEEN}{last.isoformat()}")
        elif first is None and last is None:
            self.answered.emit("")


class Either(AnswerEditor):
    """Choices, or something typed."""

    def __init__(self, question: Question, name: str, typed: AnswerEditor) -> None:
        super().__init__()
        self._values = {choice.value for choice in question.choices}
        few = len(question.choices) <= _MOST_BUTTONS
        made = Buttons if few else DropDown
        self._choices = made(question.choices, f"{name}.choice", question.words)
        self._typed = typed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        for part in (self._choices, self._typed):
            column.addWidget(part)
            part.answered.connect(self.answered)

    def set_answer(self, answer: str) -> None:
        """Show an answer where it belongs."""
        chosen = answer in self._values
        self._choices.set_answer(answer if chosen else "")
        self._typed.set_answer("" if chosen else answer)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _set_quietly(field: DateField, value: date | None) -> None:
    if field.hasFocus() or field.value == value:
        return
    blocked = field.blockSignals(True)
    field.set_value(value)
    field.blockSignals(blocked)
