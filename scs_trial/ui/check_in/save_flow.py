"""Saving a form: asks for what is missing, once about jumps, and why it is corrected."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.verdict import Tone
from scs_trial.errors import FieldError, InputError, UserError
from scs_trial.services.check_in_rules import may_say_typing_error
from scs_trial.services.record_check_in import correct_check_in, record_check_in
from scs_trial.services.session import Session
from scs_trial.ui.check_in.draft_keeper import DraftKeeper
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.page import FormPage
from scs_trial.ui.check_in.safety_flow import SafetyFlow
from scs_trial.ui.check_in.view import CheckInView
from scs_trial.ui.check_in.words import jump_words
from scs_trial.ui.theme import Colour


class SaveFlow(QObject):
    """Saves one form; a failed save leaves it as it is and says so.

    Signals
    -------
    stored
        The check-in, whether it was a correction, whether to go on to the next.
    """

    stored = Signal(object, bool, bool)

    def __init__(
        self,
        session: Session,
        form: CheckInForm,
        page: FormPage,
        *,
        view: CheckInView,
        keeper: DraftKeeper,
        safety: SafetyFlow,
    ) -> None:
        super().__init__(page)
        self._session = session
        self._form = form
        self._page = page
        self._view = view
        self._keeper = keeper
        self._safety = safety
        self._asking = False
        view.reason.given.connect(self._on_reason_given)
        page.changed.connect(self._on_page_changed)

    def save(self, *, and_next: bool) -> None:
        """Save, or say what is missing."""
        if not self._has_something() or self._asks_about_problems() or self._asks_about_jumps():
            return
        recorded = self._form.recorded
        if recorded is None:
            self._store(and_next=and_next)
        else:
            now = self._session.clock.now()
            fresh = may_say_typing_error(recorded, self._session.account, now)
            self._view.reason.ask(may_say_typing_error=fresh and not recorded.missed)

    def _has_something(self) -> bool:
        if self._form.is_correction and not self._form.dirty:
            self._view.footer.say(self.tr("Nothing was changed."))
            return False
        return True

    def _asks_about_problems(self) -> bool:
        problems = self._form.problems()
        if not problems:
            return False
        field, problem = next(iter(problems.items()))
        said = self.tr("Not saved: {why}").format(why=problem)
        self._view.footer.say(said, role=Colour.DANGER)
        if not self._page.focus_on(field):
            self._page.take_focus()
        return True

    def _asks_about_jumps(self) -> bool:
        """Ask about jumps that were not asked about; the next save goes through."""
        jumps = self._form.jumps_to_ask()
        if not jumps:
            return False
        text = "\n".join(
            f"{self._form.field(jump.series).title}: {jump_words(jump)}" for jump in jumps
        )
        headline = self.tr("Not saved yet, asked once. Ctrl+Enter saves.")
        self._view.banner.show_message(headline, text, tone=Tone.WARNING, dismissable=False)
        self._page.focus_on(str(jumps[0].series))
        self._form.mark_asked()
        self._asking = True
        return True

    def _on_page_changed(self) -> None:
        """Take the question away once something else is typed."""
        if self._asking:
            self._asking = False
            self._view.banner.clear()

    def _on_reason_given(self, reason: str) -> None:
        self._store(and_next=False, reason=reason)

    def _store(self, *, and_next: bool, reason: str = "") -> None:
        self._keeper.hold()
        try:
            stored = self._write(reason)
        except UserError as error:
            self._keeper.resume()
            self._say_not_saved(error)
            return
        self._keeper.forget()
        self.stored.emit(stored, self._form.is_correction, and_next)

    def _write(self, reason: str) -> CheckIn:
        """Store the form durably; the check-in itself is one commit."""
        self._safety.findings.report_all()
        recorded = self._form.recorded
        if recorded is None:
            return record_check_in(self._session, self._form.command())
        return correct_check_in(
            self._session, self._form.command(), revision=recorded.revision, reason=reason
        )

    def _say_not_saved(self, error: UserError) -> None:
        faults = error.faults if isinstance(error, InputError) else (error,)
        rest = [
            str(fault)
            for fault in faults
            if not isinstance(fault, FieldError)
            or not self._page.show_problem(fault.field, str(fault))
        ]
        text = "\n".join(rest) or self.tr("See the marked fields.")
        self._view.banner.show_message(self.tr("Not saved."), text, tone=Tone.DANGER)
        said = self.tr("Not saved; everything typed is still here")
        self._view.footer.say(said, role=Colour.DANGER)
