"""What an answer to a safety question sets going."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from scs_trial.domain.safety import SafetyEvent
from scs_trial.errors import UserError
from scs_trial.services.local_time import to_local
from scs_trial.services.session import Session
from scs_trial.ui.check_in.findings import Findings
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.mistakes import Mistakes
from scs_trial.ui.check_in.safety_box import SafetyBox
from scs_trial.ui.check_in.words import clock_time


class SafetyFlow(QObject):
    """Writes the answers of a safety box into a form and reports findings at once.

    Signals
    -------
    changed
        An answer changed.
    stored
        A safety event was opened or retracted: the record changed.
    failed
        A finding could not be stored.
    """

    changed = Signal()
    stored = Signal()
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        form: CheckInForm,
        box: SafetyBox,
        *,
        mistakes: Mistakes,
    ) -> None:
        super().__init__(box)
        self._session = session
        self._form = form
        self._box = box
        self._mistakes = mistakes
        self.findings = Findings(session, form)
        box.answered.connect(self._on_box_answered)
        box.none_wanted.connect(self.say_none)
        box.ask_wanted.connect(self._on_box_ask_wanted)
        box.retract_wanted.connect(self._on_box_retract_wanted)

    def say_none(self) -> None:
        """Answer no to what is still open, where that is offered."""
        if self._form.say_none(by=self._session.account.display_name, at=self._now()):
            self._box.refresh()
            self.changed.emit()

    def report_again(self) -> None:
        """Report the urgent findings of a draft that was brought back; each is stored once."""
        if self._form.is_correction:
            return
        for item in self._form.safety.findings():
            self._report(item.id)

    def _on_box_answered(self, item_id: str, answer: object) -> None:
        said = answer if isinstance(answer, bool) else None
        if self._form.safety.answers[item_id] is said:
            return
        by = self._session.account.display_name
        self._form.safety.answer(item_id, said, by=by, at=self._now())
        if said:
            self._report(item_id)
        self._box.refresh()
        self.changed.emit()

    def _report(self, item_id: str) -> None:
        item = next(i for i in self._form.safety.questions.items if i.id == item_id)
        try:
            event = self.findings.answer_yes(item)
        except UserError as error:
            self.failed.emit(error)
            return
        if event is not None and not event.entered_in_error:
            at = to_local(event.reported_at, self._session.zone())
            self._box.show_event(event, at=clock_time(at))
            self.stored.emit()

    def _on_box_ask_wanted(self) -> None:
        self._form.safety.offered = True
        self._box.refresh()
        self._box.editors()[0].setFocus()

    def _on_box_retract_wanted(self, event: SafetyEvent) -> None:
        self._mistakes.retract_event(self.findings, event, on_retracted=self._on_retracted)

    def _on_retracted(self, item_id: str) -> None:
        self._box.take_event_away(item_id)
        if self._form.safety.answers.get(item_id):
            by = self._session.account.display_name
            self._form.safety.answer(item_id, None, by=by, at=self._now())
        self._box.refresh()
        self.changed.emit()
        self.stored.emit()

    def _now(self) -> datetime:
        return self._session.clock.now()
