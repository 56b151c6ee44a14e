"""One day of one patient on screen: its form, its draft, its safety events."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.services.local_time import local_now, to_local
from scs_trial.services.record_check_in import check_in_history
from scs_trial.services.review_trial import TrialReview
from scs_trial.services.session import Session
from scs_trial.ui.check_in.about import Subject
from scs_trial.ui.check_in.correction import HistoryCard
from scs_trial.ui.check_in.draft_keeper import DraftKeeper
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.history import revisions
from scs_trial.ui.check_in.mistakes import Mistakes
from scs_trial.ui.check_in.page import FormPage
from scs_trial.ui.check_in.payload import from_payload, identity_of, to_payload
from scs_trial.ui.check_in.safety_flow import SafetyFlow
from scs_trial.ui.check_in.save_flow import SaveFlow
from scs_trial.ui.check_in.view import CheckInView
from scs_trial.ui.check_in.words import clock_time
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.safety.dialog import SafetyEventDialog
from scs_trial.ui.theme import Colour


class DayPane(QWidget):
    """Shows a day, keeps what is typed as a draft, and has findings on record at once.

    Parameters
    ----------
    session
        Account and record.
    prompts
        Asks for reasons.

    Signals
    -------
    draft_changed
        The form as it stands (`RecordCheckIn`), or None when nothing unsaved is typed: verdict and
        plot are recomputed from it.
    earlier_shown
        True once earlier values, and what the trial still needs, may be seen.
    trial_changed
        Id of the trial whose record changed.
    """

    draft_changed = Signal(object)
    earlier_shown = Signal(bool)
    trial_changed = Signal(object)

    def __init__(
        self, session: Session, *, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("check_in")
        self._session = session
        self._prompts = prompts
        self._subject: Subject | None = None
        self._form: CheckInForm | None = None
        self._page: FormPage | None = None
        self._safety: SafetyFlow | None = None
        self._saving: SaveFlow | None = None
        self._names: dict[UUID, str] = {}
        self._due: tuple[date, ...] = ()
        self._asked_at = local_now(session.clock, session.zone())
        self.view = CheckInView(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._keeper = DraftKeeper(session, self)
        self._keeper.failed.connect(self._on_keeper_failed)
        self._mistakes = Mistakes(
            session, prompts, self, on_done=self._after_mistake, on_error=self._show_error
        )
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self.view.hide()

    @property
    def form(self) -> CheckInForm | None:
        """The form that is shown."""
        return self._form

    def take_focus(self) -> None:
        """Give the focus to the form: to the identity first."""
        if self._page is not None:
            self._page.take_focus()

    def flush_draft(self) -> None:
        """Store the draft now: before locking, closing, switching."""
        self._keeper.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store the draft before the form is out of sight."""
        self.flush_draft()
        super().hideEvent(event)

    # Opening

    def _take(self, review: TrialReview) -> None:
        self._subject = Subject.of(self._session, review)
        self._names = dict(review.account_names)

    def _open_day(self, day: date, phase: Phase, *, carried: HowObtained | None = None) -> None:
        assert self._subject is not None
        self._keeper.flush()
        form = CheckInForm(self._subject, day=day, phase=phase, new_id=uuid4())
        draft = self._keeper.find(form.draft_key)
        restored = False
        if draft is not None:
            new_id = identity_of(draft.payload) or form.id
            form = CheckInForm(self._subject, day=day, phase=phase, new_id=new_id)
            restored = from_payload(form, draft.payload)
        if carried is not None:
            form.confirm_identity(carried)
        self._asked_at = local_now(self._session.clock, self._session.zone())
        self._show(form)
        if restored and draft is not None:
            self._offer_draft(to_local(draft.updated_at, self._session.zone()))
        self._tell()

    def _show(self, form: CheckInForm) -> None:
        self._form = form
        page = self._page = FormPage(form, self.view.area.viewport())
        page.changed.connect(self._on_page_changed)
        page.identity_confirmed.connect(self._on_identity_confirmed)
        page.safety.details_wanted.connect(self.open_event)
        safety = self._safety = SafetyFlow(
            self._session, form, page.safety, mistakes=self._mistakes
        )
        page.flow.none_wanted.connect(safety.say_none)
        safety.changed.connect(self._on_page_changed)
        safety.stored.connect(self._on_safety_stored)
        safety.failed.connect(self._on_safety_failed)
        self._saving = SaveFlow(
            self._session, form, page, view=self.view, keeper=self._keeper, safety=safety
        )
        self.view.banner.clear()
        self.view.reason.hide()
        self.view.area.show_page(page)
        self._add_history(page, form)
        self.view.show()
        self._show_state()
        self._connect_page(page, self._saving)

    def _connect_page(self, page: FormPage, saving: SaveFlow) -> None:
        """Connect what a subclass does with a page that was shown just now."""

    def _add_history(self, page: FormPage, form: CheckInForm) -> None:
        if form.recorded is None:
            return
        history = check_in_history(self._session, form.recorded.id)
        lines = revisions(history, names=self._names, catalogue=self._session.catalogue)
        page.add_below(HistoryCard(lines, page, zone=self._session.zone()))

    def _offer_draft(self, at: datetime) -> None:
        banner = self.view.banner
        banner.show_message(
            self.tr("Brought back: typed at {at}, not saved yet.").format(at=clock_time(at)),
            tone=Tone.INFO,
            dismissable=False,
        )
        banner.add_button(self.tr("Start again"), "discard").clicked.connect(self._on_discard)
        self.view.footer.say(self.tr("Kept as a draft, not saved yet"), role=Colour.WARNING)
        if self._safety is not None:
            self._safety.report_again()

    def _show_state(self) -> None:
        form, subject = self._form, self._subject
        if form is None or subject is None:
            return
        asked_at, by = self._asked(form)
        self.view.header.show_form(form, asked_at=asked_at, asked_by=by)
        self.view.header.show_days(
            form,
            due=self._due,
            before=subject.neighbour(form.day, form.phase, step=-1) is not None,
            after=subject.neighbour(form.day, form.phase, step=1) is not None,
        )
        self.view.footer.show_form(form)
        if not form.dirty:
            self.view.footer.say("")

    def _asked(self, form: CheckInForm) -> tuple[datetime | None, str]:
        """Return when and by whom the answers were or are being asked."""
        recorded = form.recorded
        if recorded is None or recorded.missed:
            return self._asked_at, self._session.account.display_name
        at, by = recorded.recorded_at, recorded.recorded_by
        name = self._names.get(by, "") if by is not None else ""
        return None if at is None else to_local(at, self._session.zone()), name

    def _tell(self) -> None:
        form = self._form
        if form is not None:
            self.earlier_shown.emit(form.shows_earlier or not form.asks_now)
            self.draft_changed.emit(form.command() if form.dirty else None)

    # Typing

    def _on_page_changed(self) -> None:
        form = self._form
        if form is None:
            return
        if form.dirty:
            patient_id = form.subject.patient.id
            self._keeper.keep(form.draft_key, patient_id, lambda: to_payload(form))
            self.view.footer.say(self.tr("Kept as a draft, not saved yet"), role=Colour.WARNING)
        else:
            self._keeper.discard(form.draft_key)
            self.view.footer.say("")
        self._tell()

    def _on_identity_confirmed(self, how: HowObtained) -> None:
        if self._form is None or self._page is None:
            return
        self._form.confirm_identity(how)
        self._asked_at = local_now(self._session.clock, self._session.zone())
        self._page.refresh()
        self._show_state()
        self._page.take_focus()
        self.earlier_shown.emit(self._form.shows_earlier)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.view.area.bring_into_sight(now)

    def _on_discard(self) -> None:
        if self._form is not None:
            self._keeper.discard(self._form.draft_key)
            self._open_day(self._form.day, self._form.phase)
            self.take_focus()

    # Safety

    def open_event(self, event: SafetyEvent | None = None) -> None:
        """Open a safety event, or report a new one for this patient."""
        if self._subject is None:
            return
        dialog = SafetyEventDialog(
            self._session,
            patient=self._subject.patient,
            trial_id=self._subject.trial.id,
            event=event,
            prompts=self._prompts,
            parent=self,
        )
        dialog.stored.connect(self._on_safety_stored)
        dialog.open()

    def _on_safety_stored(self) -> None:
        self._keeper.flush()
        if self._subject is not None:
            self.trial_changed.emit(self._subject.trial.id)

    def _on_safety_failed(self, error: UserError) -> None:
        self.view.banner.show_message(
            self.tr("The finding is NOT on record."), str(error), tone=Tone.DANGER
        )

    def _after_mistake(self, said: str) -> None:
        self.view.footer.say(said)
        self._after_change()

    def _after_change(self) -> None:
        if self._subject is not None:
            self.trial_changed.emit(self._subject.trial.id)

    def _show_error(self, error: UserError) -> None:
        self.view.banner.show_message(self.tr("Not done."), str(error), tone=Tone.DANGER)

    def _on_keeper_failed(self, why: str) -> None:
        text = self.tr("The draft could not be kept: {why}").format(why=why)
        self.view.footer.say(text, role=Colour.DANGER)
