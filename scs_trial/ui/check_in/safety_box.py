"""The safety questions: asked each day, each unanswered until somebody answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.check_in import SafetyCheckState
from scs_trial.domain.safety import SafetyEvent, SafetyItem
from scs_trial.domain.verdict import Tone
from scs_trial.ui.check_in.narrow import narrow
from scs_trial.ui.check_in.safety_answers import SafetyAnswers
from scs_trial.ui.check_in.safety_notice import SafetyNotice
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Card, Chip, PlainLabel, TextSize, YesNo


class SafetyRow(QWidget):
    """One question with yes and no. Says when it has been on screen as a whole."""

    seen = Signal(str)
    answered = Signal(str, object)

    def __init__(self, item: SafetyItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._seen = False
        self.editor = YesNo(item.question, self, yes_tone=Tone.DANGER, no_tone=Tone.GOOD)
        self.editor.setObjectName(f"check_in.safety.{item.id}")
        question = PlainLabel(item.question, self, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(question, 1)
        row.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
        self.editor.answer_changed.connect(self._on_answer_changed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note that the question has been on screen."""
        super().paintEvent(event)
        whole = self.visibleRegion().boundingRect() == self.rect()
        if whole and self.isEnabled() and not self._seen:
            self._seen = True
            self.seen.emit(self.item.id)

    def _on_answer_changed(self, answer: object) -> None:
        self.answered.emit(self.item.id, answer)


class SafetyBox(Card):
    """All questions, "none of these", and what a finding has set going."""

    answered = Signal(str, object)
    """Item and answer: True, False or None."""
    none_wanted = Signal()
    ask_wanted = Signal()
    details_wanted = Signal(object)
    retract_wanted = Signal(object)

    def __init__(self, answers: SafetyAnswers, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Safety questions"), parent)
        self.setObjectName("check_in.safety")
        narrow(self)
        self._answers = answers
        self._chip = Chip("", self)
        self.header.addStretch(1)
        self.header.addWidget(self._chip)
        self._late = QWidget(self)
        self._questions = QWidget(self)
        self._build_late()
        self.rows: list[SafetyRow] = []
        self._none = QPushButton(self.tr("None of these  A"), self)
        self._build_questions()
        self._notices = QVBoxLayout()
        self._notices.setSpacing(SPACE)
        self._shown: dict[str, SafetyNotice] = {}
        for part in (self._late, self._questions):
            self.body.addWidget(part)
        self.body.addLayout(self._notices)
        self.refresh()

    def editors(self) -> list[YesNo]:
        """Return the yes and no editors in the order of the list."""
        return [row.editor for row in self.rows]

    def refresh(self) -> None:
        """Show the answers and the state as they are now."""
        offered = self._answers.offered
        self._late.setVisible(not offered)
        self._questions.setVisible(offered)
        self._questions.setEnabled(offered)
        for row in self.rows:
            row.editor.set_answer(self._answers.answers[row.item.id])
        self._none.setEnabled(self._answers.may_say_none)
        self._show_state()

    def show_event(self, event: SafetyEvent, *, at: str) -> None:
        """Show that a finding is on record since a clinic-local time, with the instruction."""
        key = str(event.item_id)
        self.take_event_away(key)
        notice = SafetyNotice(event, self, at=at)
        notice.details_wanted.connect(self.details_wanted)
        notice.retract_wanted.connect(self.retract_wanted)
        self._shown[key] = notice
        self._notices.addWidget(notice)
        notice.show()

    def take_event_away(self, item_id: str) -> None:
        """Take the notice of a finding away."""
        notice = self._shown.pop(item_id, None)
        if notice is not None:
            notice.hide()
            notice.deleteLater()

    def _build_late(self) -> None:
        column = QVBoxLayout(self._late)
        column.setContentsMargins(0, 0, 0, 0)
        text = self.tr("Not asked: entered later than the next day.")
        column.addWidget(PlainLabel(text, self, role=Colour.MUTED, wrap=True))
        ask = QPushButton(self.tr("Ask them now"), self._late)
        ask.setObjectName("check_in.safety.ask")
        ask.setAccessibleName(self.tr("Ask the safety questions now"))
        ask.clicked.connect(self.ask_wanted)
        column.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_questions(self) -> None:
        column = QVBoxLayout(self._questions)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for item in self._answers.questions.items:
            row = SafetyRow(item, self._questions)
            row.seen.connect(self._on_row_seen)
            row.answered.connect(self.answered)
            self.rows.append(row)
            column.addWidget(row)
        self._none.setObjectName("check_in.safety.none")
        self._none.setAccessibleName(self.tr("None of these"))
        self._none.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none.clicked.connect(self.none_wanted)
        column.addWidget(self._none)
        if not self._answers.questions.approved_by:
            text = self.tr("Shipped example questions, not yet approved by the clinic.")
            column.addWidget(
                PlainLabel(text, self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
            )

    def _on_row_seen(self, item_id: str) -> None:
        self._answers.mark_seen([item_id])
        self._none.setEnabled(self._answers.may_say_none)

    def _show_state(self) -> None:
        answers = self._answers
        state = answers.state
        if state is SafetyCheckState.FINDING:
            self._chip.set_state(self.tr("finding"), tone=Tone.DANGER)
        elif state is SafetyCheckState.ASKED_CLEAR:
            self._chip.set_state(self.tr("asked and clear"), tone=Tone.GOOD)
        elif state is SafetyCheckState.PARTLY_ASKED:
            asked = self.tr("{n} of {total} asked").format(n=answers.answered, total=answers.total)
            self._chip.set_state(asked, tone=Tone.WARNING)
        else:
            self._chip.set_state(self.tr("not asked"), tone=Tone.NEUTRAL)
