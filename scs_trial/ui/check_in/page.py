"""The scrolled part of the check-in: who answers, the answers, safety, words, history."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.domain.check_in import CallOutcome, HowObtained
from scs_trial.ui.check_in.answers_box import AnswersBox
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.identity_card import IdentityCard
from scs_trial.ui.check_in.key_flow import Entry, KeyFlow
from scs_trial.ui.check_in.notes_box import NotesBox
from scs_trial.ui.check_in.safety_box import SafetyBox
from scs_trial.ui.check_in.words import how_words
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import PlainLabel, TextSize


class FormPage(QWidget):
    """Shows one form. Nothing can be answered until the identity is confirmed."""

    changed = Signal()
    identity_confirmed = Signal(HowObtained)
    call_noted = Signal(CallOutcome)
    day_switched = Signal()

    def __init__(self, form: CheckInForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self.identity = IdentityCard(form.subject.patient, self)
        self.identity.confirmed.connect(self.identity_confirmed)
        self.identity.call_noted.connect(self.call_noted)
        self.identity.day_switched.connect(self.day_switched)
        self._confirmed = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
        self._confirmed.setObjectName("check_in.confirmed")
        self.answers = AnswersBox(form, self)
        self.safety = SafetyBox(form.safety, self)
        self.safety.setVisible(form.asks_safety)
        self.notes = NotesBox(form, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(2, 2, 2 + SPACE // 2, 2)
        self._layout.setSpacing(int(1.5 * SPACE))
        for part in (self.identity, self._confirmed, self.answers, self.safety, self.notes):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        self.flow = KeyFlow(self)
        self.flow.set_order(self._entries())
        self.flow.remarked.connect(self._on_flow_remarked)
        self.flow.ended.connect(self._on_flow_ended)
        self.answers.changed.connect(self.changed)
        self.notes.changed.connect(self.changed)
        self.refresh()

    def refresh(self) -> None:
        """Show what may be answered now."""
        open_now = self.form.identity_confirmed or self.form.is_correction
        self.identity.setVisible(not open_now)
        for part in (self.answers, self.safety, self.notes):
            part.setEnabled(open_now)
        self._confirmed.setVisible(open_now)
        self._confirmed.setText(self._confirmed_words())
        self.safety.refresh()
        self.answers.refresh()

    def add_below(self, widget: QWidget) -> None:
        """Add something under the form, such as its history."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def take_focus(self) -> None:
        """Give the focus to the identity, or to the first answer where that is settled."""
        if self.identity.isVisibleTo(self):
            self.identity.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.form.is_correction:
            self._entries()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.flow.begin()

    def focus_on(self, field: str) -> bool:
        """Give the focus to the field that a problem names; False where there is none."""
        for series, answer in self.answers.answers.items():
            if str(series) == field:
                answer.editor.setFocus()
                return True
        editor = {"program": self.answers.program, **self.notes.edits}.get(field)
        if editor is None:
            return False
        editor.setFocus()
        return True

    def show_problem(self, field: str, problem: str) -> bool:
        """Show a refusal of the service beside its field; False where it has none."""
        for series, answer in self.answers.answers.items():
            if str(series) == field:
                answer.show_problem(problem)
                return True
        return False

    def _entries(self) -> list[Entry]:
        entries = self.answers.entries()
        return [*entries, *self.safety.editors()] if self.form.asks_safety else entries

    def _confirmed_words(self) -> str:
        how = self.form.how_obtained
        said = how_words(how) if how else ""
        name = self.form.subject.patient.name
        if self.form.is_correction or not said:
            return self.tr("Answers of {name}, {how}").format(name=name, how=said).rstrip(", ")
        return self.tr("✓ Confirmed: {name}, {how}").format(name=name, how=said)

    def _on_flow_remarked(self, editor: QWidget, remark: str) -> None:
        answer = self.answers.answer_of(editor)
        if answer is not None:
            answer.show_remark(remark)

    def _on_flow_ended(self) -> None:
        if not self.form.is_correction:
            self.notes.take_focus()
