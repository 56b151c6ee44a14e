"""Brings the check-in to the front, about the day that was asked for."""

from __future__ import annotations

from datetime import date

from scs_trial.domain.diary import Phase
from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.local_time import local_now
from scs_trial.services.review_trial import TimelineEntry, TrialReview
from scs_trial.services.session import Session
from scs_trial.ui.check_in.pane import CheckInPane
from scs_trial.ui.shell.three_panes import Pane, ThreePanes


class CheckInSide:
    """The check-in pane where it stands beside the workspace."""

    def __init__(self, session: Session, panes: ThreePanes, check_in: CheckInPane) -> None:
        may_record = is_allowed(session.account, Action.RECORD_CHECK_IN)
        self._reads_only = session.copy is not None or not may_record
        self._session = session
        self._panes = panes
        self._check_in = check_in

    def offer(self, review: TrialReview | None, due_days: tuple[date, ...]) -> None:
        """Put the form beside a patient who was opened, in front where a day is to be asked about.

        A recorded day opens on demand. On a copy for reading nothing is asked.
        """
        if self._reads_only or review is None or review.trial.trial_start is None:
            self.put_away()
            return
        self._check_in.open_trial(review, due_days=due_days)
        form = self._check_in.form
        asks = form is not None and (form.recorded is None or form.dirty)
        self._panes.set_check_in_open(bool(due_days) or asks)

    def ask(self, review: TrialReview, phase: Phase) -> None:
        """Ask about the day of the clinic's setting, or about the baseline."""
        start = review.trial.trial_start
        if start is None:
            return
        today = local_now(self._session.clock, self._session.zone()).date()
        if phase is Phase.BASELINE:
            self.open_day(review, min(today, start), phase)
        else:
            self._to_front()
            self._check_in.open_trial(review)
        self._check_in.take_focus()

    def open_day(self, review: TrialReview, day: date, phase: Phase) -> None:
        """Open a day, recorded or not."""
        if self._reads_only:
            return
        self._to_front()
        self._check_in.open_trial(review, day=day, phase=phase)

    def open_several_days(self, review: TrialReview) -> None:
        """Open the sheet of the days without a check-in; a half-typed day stays as it is."""
        if review.trial.trial_start is None:
            return
        self._to_front()
        form = self._check_in.form
        if form is None or form.subject.trial.id != review.trial.id:
            self._check_in.open_trial(review)
        self._check_in.open_several_days()

    def open_entry(self, review: TrialReview, entry: TimelineEntry) -> None:
        """Open the check-in of a line of the timeline, to be read or corrected."""
        for check_in in review.check_ins:
            if check_in.id == entry.check_in_id:
                self.open_day(review, check_in.day, check_in.phase)
                self._check_in.take_focus()

    def put_away(self) -> None:
        """Show no check-in."""
        self._check_in.clear()
        self._panes.set_check_in_open(False)

    def _to_front(self) -> None:
        self._panes.set_check_in_open(True)
        self._panes.show_pane(Pane.CHECK_IN)
