"""Reports a safety event of a patient, or shows one: open at any time, nothing blocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.services.report_safety import (
    acknowledge_event,
    describe_event,
    record_told,
    report_safety_event,
    resolve_event,
    retract_event,
)
from scs_trial.services.session import Session
from scs_trial.ui.check_in.drafted_dialog import DraftedDialog
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.safety.event_page import EventPage
from scs_trial.ui.safety.report_form import ReportForm
from scs_trial.ui.safety.report_page import ReportPage
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import PlainLabel

_WIDTH, _HEIGHT = 460, 560


class SafetyEventDialog(DraftedDialog):
    """One safety event.

    Parameters
    ----------
    session
        Account and record.
    patient, trial_id
        Whose event it is; the trial may be over, or None.
    event
        An event on record; None to report a new one.
    day
        Day that a new one belongs to.
    prompts
        Asks for the reason of a retraction.

    Signals
    -------
    stored
        The event as it is on record now.
    """

    stored = Signal(object)

    def __init__(
        self,
        session: Session,
        *,
        patient: Patient,
        trial_id: UUID | None,
        event: SafetyEvent | None = None,
        day: date | None = None,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, "safety", help_page="safety", prompts=prompts, parent=parent)
        self.setObjectName("safety_event")
        self.setWindowTitle(self.tr("Safety event"))
        self.resize(_WIDTH, _HEIGHT)
        self._event = event
        self._report: ReportPage | None = None
        self._form = ReportForm(
            session.settings().safety,
            event_id=uuid4(),
            patient_id=patient.id,
            trial_id=trial_id,
            day=day,
        )
        draft = self._keeper.find(self._form.draft_key) if event is None else None
        restored = draft is not None and self._form.from_json(draft.payload)
        self._main.setText(self.tr("Put on record  Ctrl+Enter"))
        self._main.setAccessibleName(self.tr("Put on record"))
        phones = PlainLabel(" · ".join(patient.telephones), self, role=Colour.MUTED, wrap=True)
        phones.setVisible(bool(patient.telephones))
        self._lay_out(patient, phones)
        self._show()
        if restored:
            self._tell_brought_back()

    @property
    def event_on_record(self) -> SafetyEvent | None:
        """The event as it is on record; None while it is being reported."""
        return self._event

    def _on_report_changed(self) -> None:
        self._keep(self._form, self._form.patient_id)

    def _show(self) -> None:
        page: ReportPage | EventPage
        if self._event is None:
            page = self._report = ReportPage(self._form, self._area.viewport())
            page.changed.connect(self._on_report_changed)
        else:
            page = self._event_page(self._event)
            self._report = None
        self._main.setVisible(self._event is None)
        self._area.show_page(page)
        page.take_focus()

    def _event_page(self, event: SafetyEvent) -> EventPage:
        with self._session.reading() as work:
            names = {account.id: account.display_name for account in work.accounts.all()}
        page = EventPage(event, self._area.viewport(), zone=self._session.zone(), names=names)
        page.described.connect(self._on_described)
        page.told.connect(self._on_told)
        page.acknowledged.connect(self._on_acknowledged)
        page.resolved.connect(self._on_resolved)
        page.retract_wanted.connect(self._on_retract_wanted)
        return page

    def _do(self, run: Callable[[], SafetyEvent]) -> None:
        """Store a step and show the event as it is then."""
        try:
            self._event = run()
        except UserError as error:
            self._banner.show_message(error.what, error.to_do, tone=Tone.DANGER)
            return
        self._banner.clear()
        self.stored.emit(self._event)
        self._show()

    def _on_main_clicked(self) -> None:
        if self._report is None:
            return
        if self._form.problems():
            self._report.show_problems()
            return
        self._do(lambda: report_safety_event(self._session, self._form.command()))
        if self._event is not None:
            self._keeper.discard(self._form.draft_key)

    def _on_described(self, text: str) -> None:
        event_id = self._event_id()
        self._do(lambda: describe_event(self._session, event_id, description=text))

    def _on_told(self, who: str) -> None:
        event_id = self._event_id()
        self._do(lambda: record_told(self._session, event_id, who=who))

    def _on_acknowledged(self) -> None:
        event_id = self._event_id()
        self._do(lambda: acknowledge_event(self._session, event_id))

    def _on_resolved(self, how: str) -> None:
        event_id = self._event_id()
        self._do(lambda: resolve_event(self._session, event_id, resolution=how))

    def _on_retract_wanted(self) -> None:
        self._prompts.ask_text(
            self.tr("Entered in error"),
            self.tr("The event leaves every list. It stays in the audit."),
            label=self.tr("Reason"),
            yes=self.tr("Mark it"),
            on_answer=self._retract,
        )

    def _retract(self, reason: str | None) -> None:
        if reason is None:
            return
        try:
            retract_event(self._session, self._event_id(), reason=reason)
        except UserError as error:
            self._banner.show_message(error.what, error.to_do, tone=Tone.DANGER)
            return
        self.stored.emit(self._event)
        self.accept()

    def _event_id(self) -> UUID:
        assert self._event is not None
        return self._event.id
