"""One question of the import assistant, with what in the file bears on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from scs_trial.domain.tone import Tone
from scs_trial.exchange.assistant.model import Kind, Question
from scs_trial.ui.importing.answer_editors import AnswerEditor, editor_for
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import PlainLabel
from scs_trial.ui.widgets.card import Card
from scs_trial.ui.widgets.labels import TextSize


class QuestionCard(Card):
    """Asks one question; a stripe and words say that it is open.

    Signals
    -------
    answered
        Id of the question, and the answer; an empty one takes it back.
    """

    answered = Signal(str, str)

    def __init__(
        self, question: Question, parent: QWidget | None, *, today: Callable[[], date]
    ) -> None:
        super().__init__("", parent)
        name = f"import.question.{question.id}"
        self.setObjectName(name)
        self._id = question.id
        self._words = PlainLabel("", self, weight=QFont.Weight.DemiBold, wrap=True)
        self._evidence = PlainLabel("", self, role=Colour.MUTED, wrap=True)
        self._editor: AnswerEditor | None = None
        if question.kind is not Kind.MAPPING:
            self._editor = editor_for(question, f"{name}.answer", today=today)
            self._editor.answered.connect(self._on_answered)
        self._remark = PlainLabel("", self, size=TextSize.SMALL, wrap=True)
        for part in (self._words, self._evidence, self._editor, self._remark):
            if part is not None:
                self.body.addWidget(part)
        self.show_question(question)

    def show_question(self, question: Question) -> None:
        """Show the same question with another answer, evidence or objection."""
        self._words.setText(question.words)
        self.setAccessibleName(question.words)
        self._evidence.setText(question.evidence)
        self._evidence.setVisible(bool(question.evidence))
        if self._editor is not None:
            self._editor.set_answer(question.answer or "")
        if question.objection:
            self._remark.set_role(Colour.DANGER)
            self._remark.setText(question.objection)
        elif question.open and self._editor is None:
            self._remark.set_role(Colour.WARNING)
            self._remark.setText(self.tr("Open: choose it in the table of columns below."))
        elif question.open:
            self._remark.set_role(Colour.WARNING)
            self._remark.setText(self.tr("Open: the import waits for this answer."))
        else:
            self._remark.set_role(Colour.MUTED)
            self._remark.setText(question.confirmed)
        self._remark.setVisible(bool(self._remark.text()))
        self.set_tone(Tone.WARNING if question.open else None)

    def _on_answered(self, answer: str) -> None:
        self.answered.emit(self._id, answer)
