"""The check-in beside the course: opens trials, saves, goes on to the next, notes calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from scs_trial.domain.check_in import CallOutcome, CheckIn
from scs_trial.domain.clinic import AskAbout
from scs_trial.domain.diary import Phase
from scs_trial.errors import UserError
from scs_trial.services.local_time import local_now
from scs_trial.services.record_check_in import declare_missed
from scs_trial.services.review_trial import TrialReview
from scs_trial.services.session import Session
from scs_trial.ui.check_in.calls import Calls
from scs_trial.ui.check_in.day_pane import DayPane
from scs_trial.ui.check_in.page import FormPage
from scs_trial.ui.check_in.pane_keys import add_keys
from scs_trial.ui.check_in.save_flow import SaveFlow
from scs_trial.ui.check_in.several_days import SeveralDays
from scs_trial.ui.check_in.several_form import days_together
from scs_trial.ui.check_in.words import clock_time
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.theme import Colour


class CheckInPane(DayPane):
    """One patient's check-ins.

    Signals
    -------
    saved
        The stored check-in.
    next_wanted
        This patient is done for now.
    """

    saved = Signal(object)
    next_wanted = Signal()

    def __init__(
        self, session: Session, *, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, prompts=prompts, parent=parent)
        self._calls = Calls(session, prompts, on_noted=self._after_call, on_error=self._show_error)
        self._connect()
        add_keys(
            self,
            {
                "Ctrl+Return": self.save,
                "Ctrl+Enter": self.save,
                "Ctrl+S": self._save_and_stay,
                "F4": self._on_day_switched,
                "Ctrl+PgUp": self._go_back,
                "Ctrl+PgDown": self._go_on,
                "F7": self._note_no_answer,
                "F8": self._note_message_left,
                "F9": self._note_call_back,
            },
        )

    # What the window calls

    def open_trial(
        self,
        review: TrialReview,
        *,
        due_days: Sequence[date] = (),
        day: date | None = None,
        phase: Phase | None = None,
    ) -> None:
        """Show a day of a trial: the given one, else the first that is due, else the asked one."""
        self._take(review)
        assert self._subject is not None
        self._due = tuple(sorted(due_days))
        first, first_phase = self._subject.first_day()
        if day is None and self._due:
            day = self._due[0]
        if day is not None:
            first, first_phase = day, phase or self._subject.natural_phase(day)
        self._open_day(first, first_phase)

    def reload(self, review: TrialReview) -> None:
        """Take over what changed on record; what is being typed stays."""
        form = self._form
        if form is None or review.trial.id != form.subject.trial.id:
            return
        self._take(review)
        assert self._subject is not None
        same = self._subject.at(form.day, form.phase) == form.recorded
        if same or form.dirty:
            form.subject = self._subject
            self._show_state()
        else:
            self._open_day(form.day, form.phase)

    def open_several_days(self) -> None:
        """Open the sheet of the days without a check-in, where there are two or more."""
        if self._subject is None:
            return
        self.flush_draft()
        days = days_together(self._subject, self._due)
        if not days:
            self.view.footer.say(self.tr("Fewer than two days are without a check-in."))
            return
        sheet = SeveralDays(self._session, self._subject, days, parent=self)
        sheet.stored.connect(self._after_change)
        sheet.finished.connect(self._on_several_days_closed)
        sheet.day_wanted.connect(self._on_full_form_wanted)
        sheet.open()

    def flush_draft(self) -> None:
        """Store the draft now, also that of the sheet of several days."""
        super().flush_draft()
        for sheet in self.findChildren(SeveralDays):
            sheet.flush()

    def clear(self) -> None:
        """Show no patient."""
        self.flush_draft()
        self._form = self._page = self._safety = self._saving = self._subject = None
        self.view.area.show_page(None)
        self.view.hide()
        self.earlier_shown.emit(True)
        self.draft_changed.emit(None)

    @property
    def in_call(self) -> bool:
        """Whether somebody is being asked now: identity confirmed, answers not saved yet."""
        form = self._form
        return form is not None and form.identity_confirmed and not form.is_correction

    # Saving

    def save(self, *, and_next: bool = True) -> None:
        """Save the form; what is missing is asked for, and once about jumps."""
        if self._saving is not None:
            self._saving.save(and_next=and_next)

    def _on_stored(self, stored: CheckIn, was_correction: bool, and_next: bool) -> None:
        form = self._form
        assert self._subject is not None
        assert form is not None
        self._subject = self._subject.with_check_in(stored)
        left = [d for d in self._due if self._subject.at(d, Phase.TRIAL) is None]
        goes_on = and_next and not was_correction
        if goes_on and left:
            carried = form.how_obtained if form.identity_confirmed else None
            self._open_day(left[0], Phase.TRIAL, carried=carried)
        else:
            self._open_day(form.day, form.phase)
        self._say_saved()
        self.saved.emit(stored)
        self.trial_changed.emit(stored.trial_id)
        if goes_on and not left:
            self.next_wanted.emit()
        else:
            self.take_focus()

    def _say_saved(self) -> None:
        at = clock_time(local_now(self._session.clock, self._session.zone()))
        self.view.footer.say(self.tr("Saved {at}").format(at=at), role=Colour.GOOD)

    def _on_missed_wanted(self) -> None:
        form = self._form
        if form is None:
            return
        try:
            declare_missed(self._session, form.subject.trial.id, [form.day])
        except UserError as error:
            self._show_error(error)
            return
        self._keeper.discard(form.draft_key)
        self._after_change()

    # Calls and mistakes

    def _on_call_noted(self, outcome: CallOutcome) -> None:
        if self._form is not None and not self._form.is_correction:
            self._calls.note(self._form, outcome)

    def _after_call(self) -> None:
        self._after_change()
        self.next_wanted.emit()

    def _on_error_wanted(self) -> None:
        if self._form is not None:
            self._mistakes.retract(self._form)

    def _on_move_wanted(self) -> None:
        if self._form is not None:
            self._mistakes.move(self._form)

    # Days

    def _on_day_chosen(self, day: date) -> None:
        self._go_to(day, Phase.TRIAL)

    def _on_several_days_closed(self) -> None:
        """Show the day again: its draft, or its check-in, may come from the sheet."""
        form = self._form
        if form is not None and self._subject is not None:
            still_open = self._subject.at(form.day, form.phase) is None
            carries = form.identity_confirmed and still_open
            self._open_day(form.day, form.phase, carried=form.how_obtained if carries else None)
            self.take_focus()

    def _on_full_form_wanted(self, day: date) -> None:
        self._open_day(day, Phase.TRIAL)
        self.take_focus()

    def _on_stepped(self, step: int) -> None:
        if self._form is None or self._subject is None:
            return
        other = self._subject.neighbour(self._form.day, self._form.phase, step=step)
        if other is not None:
            self._go_to(*other)

    def _on_day_switched(self) -> None:
        """Ask about today instead of yesterday, or the other way round."""
        if self._form is None or self._subject is None:
            return
        asks_today = self._form.day == self._subject.today
        day = self._subject.asked_day(AskAbout.YESTERDAY if asks_today else AskAbout.TODAY)
        self._go_to(day, self._subject.natural_phase(day))

    def _go_to(self, day: date, phase: Phase) -> None:
        """Show another day of the same patient; who answers stays confirmed in the same call."""
        form = self._form
        if form is None or (day, phase) == (form.day, form.phase):
            return
        confirmed = form.identity_confirmed and not form.is_correction
        self._open_day(day, phase, carried=form.how_obtained if confirmed else None)
        self.take_focus()

    def _connect(self) -> None:
        header, footer = self.view.header, self.view.footer
        header.day_chosen.connect(self._on_day_chosen)
        header.stepped.connect(self._on_stepped)
        header.switched.connect(self._on_day_switched)
        header.together_wanted.connect(self.open_several_days)
        footer.save_wanted.connect(self._on_save_wanted)
        footer.call_noted.connect(self._on_call_noted)
        footer.missed_wanted.connect(self._on_missed_wanted)
        footer.error_wanted.connect(self._on_error_wanted)
        footer.move_wanted.connect(self._on_move_wanted)
        footer.event_wanted.connect(self._on_event_wanted)

    def _save_and_stay(self) -> None:
        self.save(and_next=False)

    def _go_back(self) -> None:
        self._on_stepped(-1)

    def _go_on(self) -> None:
        self._on_stepped(1)

    def _note_no_answer(self) -> None:
        self._on_call_noted(CallOutcome.NO_ANSWER)

    def _note_message_left(self) -> None:
        self._on_call_noted(CallOutcome.MESSAGE_LEFT)

    def _note_call_back(self) -> None:
        self._on_call_noted(CallOutcome.CALL_BACK)

    def _on_save_wanted(self, and_next: bool) -> None:
        self.save(and_next=and_next)

    def _on_event_wanted(self) -> None:
        self.open_event()

    def _connect_page(self, page: FormPage, saving: SaveFlow) -> None:
        page.call_noted.connect(self._on_call_noted)
        page.day_switched.connect(self._on_day_switched)
        saving.stored.connect(self._on_stored)
