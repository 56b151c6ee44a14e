"""The end of a trial, from the removal to what followed; each part is on record by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.domain.trial import DecisionKind, FollowUp, Trial
from scs_trial.domain.verdict import Tone
from scs_trial.errors import FieldError, InputError, UserError
from scs_trial.services.local_time import local_now
from scs_trial.services.manage_trial import (
    answer_confirmation,
    diary_arrived,
    end_trial,
    record_decision,
    record_follow_up,
    reopen_trial,
)
from scs_trial.services.review_trial import TrialReview, reload_workspace
from scs_trial.services.session import Session
from scs_trial.ui.check_in.drafted_dialog import DraftedDialog
from scs_trial.ui.check_in.words import long_day
from scs_trial.ui.end_of_trial.after_end import add_after_cards
from scs_trial.ui.end_of_trial.end_card import EndCard
from scs_trial.ui.end_of_trial.form import EndForm
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import PlainLabel

_WIDTH, _HEIGHT = 620, 640


class EndOfTrialDialog(DraftedDialog):
    """Ends a trial, and holds what comes after.

    Parameters
    ----------
    session
        Account and record.
    review
        The trial as it is on record.
    prompts
        Asks for the reason when an end is taken back.

    Signals
    -------
    trial_changed
        Id of the trial, after each part that was stored.
    """

    trial_changed = Signal(object)
    sign_requested = Signal()
    """The decision is to be signed; the dialog has closed."""

    def __init__(
        self,
        session: Session,
        review: TrialReview,
        *,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, "end", help_page="end_of_trial", prompts=prompts, parent=parent)
        self.setObjectName("end_of_trial")
        self.setWindowTitle(self.tr("End of trial"))
        self.resize(_WIDTH, _HEIGHT)
        self._review = review
        self._card: EndCard | None = None
        self._form = self._new_form()
        self._reopen = self._button(self.tr("Take back the end…"), "reopen")
        self._reopen.clicked.connect(self._on_reopen_clicked)
        self._arrived = self._button(self.tr("No diary is awaited any longer"), "diary_arrived")
        self._arrived.clicked.connect(self._on_arrived_clicked)
        self._state = PlainLabel("", self, role=Colour.MUTED, wrap=True)
        self._state.setObjectName("end.state")
        self._lay_out(review.patient, self._state, self._reopen, self._arrived)
        self._show()
        if self._restored:
            self._tell_brought_back()

    def go_to(self, name: str) -> None:
        """Begin at a field further down, e.g. ``decision``; the first field where there is none."""
        field = self.findChild(QWidget, f"end.{name}")
        if isinstance(field, QWidget):
            field.setFocus()
            self._area.bring_into_sight(field)

    def _new_form(self) -> EndForm:
        form = EndForm(
            self._review.trial,
            settings=self._review.settings,
            catalogue=self._session.catalogue,
            now=self._now(),
        )
        draft = self._keeper.find(form.draft_key)
        self._restored = draft is not None and form.from_json(draft.payload)
        return form

    def _show(self) -> None:
        trial = self._review.trial
        ended = trial.trial_ended is not None
        page = QWidget(self._area.viewport())
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(int(1.5 * SPACE))
        self._card = EndCard(self._form, page, now=self._now())
        self._card.changed.connect(self._on_card_changed)
        column.addWidget(self._card)
        after = add_after_cards(self._session, self._review, column, page)
        after.confirmed.connect(self._on_confirmed)
        after.decided.connect(self._on_decided)
        after.sign_requested.connect(self._on_sign_requested)
        after.followed.connect(self._on_follow_up_added)
        column.addStretch(1)
        self._area.show_page(page)
        self._main.setText(self.tr("Change the end") if ended else self.tr("End the trial"))
        self._main.setAccessibleName(self._main.text())
        self._reopen.setVisible(ended)
        self._arrived.setVisible(trial.awaiting_diary)
        self._state.setText(self._state_words(trial))
        self._card.take_focus()

    def _state_words(self, trial: Trial) -> str:
        if trial.trial_ended is None:
            return self.tr("The trial runs; day {n} is the last planned day.").format(
                n=trial.planned_days
            )
        number = self._form.last_day_number
        said = self.tr("Ended; the last full day is {day}, day {n}.").format(
            day=long_day(trial.trial_ended), n="?" if number is None else number
        )
        return f"{said} {self.tr('A diary is awaited.')}" if trial.awaiting_diary else said

    def _on_card_changed(self) -> None:
        self._keep(self._form, self._review.patient.id)

    def _on_main_clicked(self) -> None:
        assert self._card is not None
        if self._form.problems():
            self._card.show_problems()
            return
        command = self._form.command()
        if self._do(lambda: end_trial(self._session, command)):
            self._start_anew()

    def _on_reopen_clicked(self) -> None:
        self._prompts.ask_text(
            self.tr("Take back the end"),
            self.tr("The trial runs again, and its verdict is open again."),
            label=self.tr("Reason"),
            yes=self.tr("Take it back"),
            on_answer=self._take_back,
        )

    def _take_back(self, reason: str | None) -> None:
        if reason is None:
            return
        trial = self._review.trial
        days = trial.planned_days
        if self._do(
            lambda: reopen_trial(self._session, trial.id, planned_days=days, reason=reason)
        ):
            self._start_anew()

    def _on_arrived_clicked(self) -> None:
        if self._do(lambda: diary_arrived(self._session, self._trial_id())):
            self._start_anew()

    def _on_confirmed(self, name: str, answer: bool) -> None:
        self._do(
            lambda: answer_confirmation(self._session, self._trial_id(), name=name, answer=answer)
        )

    def _on_decided(self, kind: DecisionKind, reason: str) -> None:
        if self._do(
            lambda: record_decision(self._session, self._trial_id(), kind=kind, reason=reason)
        ):
            self._show()

    def _on_sign_requested(self) -> None:
        self.accept()
        self.sign_requested.emit()

    def _on_follow_up_added(self, follow_up: FollowUp) -> None:
        if self._do(lambda: record_follow_up(self._session, follow_up)):
            self._show()

    def _do(self, run: Callable[[], object]) -> bool:
        """Store one part; what can't be stored is said, and everything entered stays."""
        try:
            run()
            self._review = self._loaded()
        except UserError as error:
            self._say(error)
            return False
        self._banner.clear()
        self.trial_changed.emit(self._trial_id())
        return True

    def _start_anew(self) -> None:
        self._keeper.discard(self._form.draft_key)
        self._form = self._new_form()
        self._show()

    def _say(self, error: UserError) -> None:
        faults = error.faults if isinstance(error, InputError) else (error,)
        for fault in faults:
            if isinstance(fault, FieldError) and self._card is not None:
                self._card.show_problem(fault.field, str(fault))
        self._banner.show_message(self.tr("Not on record."), str(error), tone=Tone.DANGER)

    def _loaded(self) -> TrialReview:
        patient_id = self._review.patient.id
        workspace = reload_workspace(self._session, patient_id, trial_id=self._trial_id())
        return workspace.review or self._review

    def _trial_id(self) -> UUID:
        return self._review.trial.id

    def _now(self) -> datetime:
        return local_now(self._session.clock, self._session.zone())
