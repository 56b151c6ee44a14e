"""A finding is on record at once: before the form is saved, and if it never is."""

from __future__ import annotations

from scs_trial.domain.safety import SafetyEvent, SafetyItem
from scs_trial.services.report_safety import (
    ReportSafetyEvent,
    report_safety_event,
    retract_event,
)
from scs_trial.services.session import Session
from scs_trial.ui.check_in.form import CheckInForm


class Findings:
    """Opens the safety events of one form, each once however often it is tried.

    Emergency, urgent and same-day findings are reported when they are answered; the others with
    the save.
    """

    def __init__(self, session: Session, form: CheckInForm) -> None:
        self._session = session
        self._form = form
        self._events: dict[str, SafetyEvent] = {}

    @property
    def events(self) -> dict[str, SafetyEvent]:
        """Events opened by this form, by item."""
        return self._events

    def answer_yes(self, item: SafetyItem) -> SafetyEvent | None:
        """Report a finding that can't wait; None for one that goes with the save.

        Raises
        ------
        UserError
            The event could not be stored.
        """
        return self._report(item) if item.urgency.is_red_flag else None

    def report_all(self) -> None:
        """Report what was not reported yet, and what failed before; part of the save."""
        for item in self._form.safety.findings():
            if not self._was_answered_before(item):
                self._report(item)

    def retract(self, event: SafetyEvent, *, reason: str) -> None:
        """Mark an event as entered in error; a later yes opens a new one."""
        retract_event(self._session, event.id, reason=reason)
        if event.item_id is not None:
            self._events.pop(event.item_id, None)
            self._form.safety.forget_event(event.item_id)

    def _was_answered_before(self, item: SafetyItem) -> bool:
        """Return whether the stored check-in holds this finding already."""
        recorded = self._form.recorded
        answers = recorded.safety.answers if recorded else ()
        return any(a.item_id == item.id and a.answer for a in answers)

    def _report(self, item: SafetyItem) -> SafetyEvent:
        event = report_safety_event(
            self._session,
            ReportSafetyEvent(
                id=self._form.safety.event_id(item.id),
                patient_id=self._form.subject.patient.id,
                trial_id=self._form.subject.trial.id,
                item_id=item.id,
                check_in_day=self._form.day,
            ),
        )
        self._events[item.id] = event
        return event
