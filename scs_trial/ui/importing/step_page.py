"""One step of the assistant: its questions first, then what is settled and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.assistant.assess import Assessment
from scs_trial.exchange.assistant.model import Finding, Page, Question
from scs_trial.ui.importing.columns_form import ColumnsForm
from scs_trial.ui.importing.finding_line import FindingLine
from scs_trial.ui.importing.question_card import QuestionCard
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import PlainLabel
from scs_trial.ui.widgets.card import Card


class StepPage(QWidget):
    """Shows what belongs to one page of an assessment.

    Signals
    -------
    answered
        Id and answer; an empty answer takes it back.
    """

    answered = Signal(str, str)

    def __init__(
        self,
        page: Page,
        catalogue: Catalogue,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date],
    ) -> None:
        super().__init__(parent)
        self._page, self._today = page, today
        self._cards: dict[str, QuestionCard] = {}
        self._asked: tuple[Question, ...] = ()
        self._found: tuple[Finding, ...] = ()
        self._lines: list[FindingLine] = []
        self._nothing = PlainLabel(
            self.tr("Nothing to answer here for this file."), self, role=Colour.MUTED, wrap=True
        )
        self._questions = QVBoxLayout()
        self._questions.setSpacing(SPACE)
        self._settled = Card(self.tr("Settled by the file"), self)
        self._settled.hide()
        self._columns: ColumnsForm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(int(1.5 * SPACE))
        column.addWidget(self._nothing)
        column.addLayout(self._questions)
        if page is Page.MAPPING:
            self._columns = ColumnsForm(catalogue, self)
            self._columns.answered.connect(self.answered)
            card = Card(self.tr("Columns"), self)
            card.body.addWidget(self._columns)
            column.addWidget(card)
        column.addWidget(self._settled)
        column.addStretch(1)

    def show_assessment(self, made: Assessment) -> None:
        """Bring questions and findings up to date; what has the focus keeps it."""
        questions = tuple(one for one in made.questions if one.page is self._page)
        findings = tuple(one for one in made.findings if one.page is self._page)
        if [_shape(one) for one in questions] != [_shape(one) for one in self._asked]:
            self._ask(questions)
        for question in questions:
            self._cards[question.id].show_question(question)
        self._asked = questions
        if findings != self._found:
            self._settle(findings)
        if self._columns is not None:
            self._columns.show_columns(made.columns)
        empty = not questions and not findings and not (self._columns and made.columns)
        self._nothing.setVisible(empty)

    def take_focus(self) -> None:
        """Go to the first open question."""
        for question in self._asked:
            if question.open:
                self._cards[question.id].focusNextChild()
                return

    def _ask(self, questions: tuple[Question, ...]) -> None:
        kept = {one.id: _shape(one) for one in self._asked}
        wanted = [_shape(question) for question in questions]
        for one, card in list(self._cards.items()):
            self._questions.removeWidget(card)
            if kept.get(one) not in wanted:
                self._cards.pop(one)
                card.hide()
                card.deleteLater()
        for question in questions:
            if question.id not in self._cards:
                made = QuestionCard(question, self, today=self._today)
                made.answered.connect(self.answered)
                self._cards[question.id] = made
            self._questions.addWidget(self._cards[question.id])

    def _settle(self, findings: tuple[Finding, ...]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for finding in findings:
            line = FindingLine(finding, self._settled)
            line.answered.connect(self.answered)
            self._settled.body.addWidget(line)
            self._lines.append(line)
        self._found = findings
        self._settled.setVisible(bool(findings))


def _shape(question: Question) -> tuple[object, ...]:
    """Return what the editor of a question is made from."""
    return (question.id, question.kind, question.choices)
