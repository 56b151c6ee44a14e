"""Reports a safety event of a patient, or shows one: open at any time, nothing blocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

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
from scs_trial.ui.check_in.draft_keeper import DraftKeeper
from scs_trial.ui.check_in.page_area import PageArea
from scs_trial.ui.check_in.words import long_day
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.safety.event_page import EventPage
from scs_trial.ui.safety.report_form import ReportForm
from scs_trial.ui.safety.report_page import ReportPage
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Banner, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog

_WIDTH, _HEIGHT = 460, 560


class SafetyEventDialog(CalmDialog):
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
        super().__init__(parent)
        self.setObjectName("safety_event")
        add_help_key(self, "safety")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Safety event"))
        self.resize(_WIDTH, _HEIGHT)
        self._session = session
        self._prompts = prompts or DialogPrompts(self)
        self._event = event
        self._report: ReportPage | None = None
        self._form = ReportForm(
            session.settings().safety,
            event_id=uuid4(),
            patient_id=patient.id,
            trial_id=trial_id,
            day=day,
        )
        self._keeper = DraftKeeper(session, self)
        draft = self._keeper.find(self._form.draft_key) if event is None else None
        restored = draft is not None and self._form.from_json(draft.payload)
        self._banner = Banner(self)
        self._banner.setObjectName("safety.banner")
        self._area = PageArea("safety.area", self)
        self._save = QPushButton(self.tr("Put on record  Ctrl+Enter"), self)
        self._save.setObjectName("safety.save")
        self._save.setAccessibleName(self.tr("Put on record"))
        self._save.setProperty("kind", "primary")
        self._save.clicked.connect(self._on_save_clicked)
        self._close = QPushButton(self.tr("Close"), self)
        self._close.setObjectName("safety.close")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_save_clicked)
        self._build(patient)
        self._show()
        if restored:
            said = self.tr("Brought back: entered before, not on record yet.")
            self._banner.show_message(said, tone=Tone.INFO)

    @property
    def event_on_record(self) -> SafetyEvent | None:
        """The event as it is on record; None while it is being reported."""
        return self._event

    def done(self, result: int) -> None:
        """Keep what was entered before the dialog closes."""
        self._keeper.flush()
        super().done(result)

    def _on_report_changed(self) -> None:
        form = self._form
        if form.dirty:
            self._keeper.keep(form.draft_key, form.patient_id, form.to_json)
        else:
            self._keeper.discard(form.draft_key)

    def _build(self, patient: Patient) -> None:
        born = long_day(patient.birth_date) if patient.birth_date else self.tr("birth date ?")
        who = PlainLabel(
            f"{patient.name} · {born} · MRN {patient.mrn}",
            self,
            weight=QFont.Weight.DemiBold,
            wrap=True,
        )
        phones = PlainLabel(" · ".join(patient.telephones), self, role=Colour.MUTED, wrap=True)
        phones.setVisible(bool(patient.telephones))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        for part in (who, phones, self._banner):
            layout.addWidget(part)
        layout.addWidget(self._area, 1)
        layout.addLayout(row)

    def _show(self) -> None:
        page: ReportPage | EventPage
        if self._event is None:
            page = self._report = ReportPage(self._form, self._area.viewport())
            page.changed.connect(self._on_report_changed)
        else:
            page = self._event_page(self._event)
            self._report = None
        self._save.setVisible(self._event is None)
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

    def _on_save_clicked(self) -> None:
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
