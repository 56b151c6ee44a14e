"""Calls that reached nobody: one key each; the day stays open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import QCoreApplication

from scs_trial.domain.check_in import CallAttempt, CallOutcome
from scs_trial.errors import UserError
from scs_trial.services.local_time import local_now, to_instant
from scs_trial.services.record_check_in import note_call
from scs_trial.services.session import Session
from scs_trial.ui.check_in.call_back import call_back_time
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.prompts import Prompts

_CONTEXT = "check_in"


class Calls:
    """Notes call attempts about the day of a form.

    Parameters
    ----------
    session, prompts
        For storing, and for asking the time of a call-back.
    on_noted
        Called after a call was stored.
    on_error
        Called with the reason when it was not.
    """

    def __init__(
        self,
        session: Session,
        prompts: Prompts,
        *,
        on_noted: Callable[[], None],
        on_error: Callable[[UserError], None],
    ) -> None:
        self._session = session
        self._prompts = prompts
        self._on_noted = on_noted
        self._on_error = on_error

    def note(self, form: CheckInForm, outcome: CallOutcome) -> None:
        """Store a call; a call-back asks for its time first."""
        if outcome is CallOutcome.CALL_BACK:
            self._ask_time(form, self._tr("When does the patient want to be called?"))
        else:
            self._store(form, outcome, None)

    def _ask_time(self, form: CheckInForm, text: str) -> None:
        def answered(typed: str | None) -> None:
            if typed is None:
                return
            now = local_now(self._session.clock, self._session.zone())
            at = call_back_time(typed, now=now)
            if at is None:
                again = self._tr("Write the time like 14:30, or a date and time.")
                self._ask_time(form, again)
            else:
                self._store(form, CallOutcome.CALL_BACK, at)

        self._prompts.ask_text(
            self._tr("Call back"),
            text,
            label=self._tr("Time, like 14:30"),
            yes=self._tr("Note it"),
            on_answer=answered,
        )

    def _store(self, form: CheckInForm, outcome: CallOutcome, at: datetime | None) -> None:
        call = CallAttempt(
            id=uuid4(),
            trial_id=form.subject.trial.id,
            about_day=form.day,
            at=self._session.clock.now(),
            by=self._session.account.id,
            outcome=outcome,
            call_back_at=None if at is None else to_instant(at, self._session.zone()),
        )
        try:
            note_call(self._session, call)
        except UserError as error:
            self._on_error(error)
        else:
            self._on_noted()

    @staticmethod
    def _tr(text: str) -> str:
        return QCoreApplication.translate(_CONTEXT, text)
