"""The patient workspace, assembled: what it shows comes from one snapshot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from scs_trial.domain.course import Course
from scs_trial.domain.diary import Phase
from scs_trial.domain.patient import Patient
from scs_trial.domain.verdict import Tone
from scs_trial.services.local_time import zone_of
from scs_trial.services.review_trial import TrialReview, Workspace
from scs_trial.ui.signing.words import state_words
from scs_trial.ui.widgets import EmptyState
from scs_trial.ui.workspace.hints import Step, next_step
from scs_trial.ui.workspace.identity_header import born_text
from scs_trial.ui.workspace.reading_only import put_acts_away
from scs_trial.ui.workspace.veil import veiled
from scs_trial.ui.workspace.workspace_view import WorkspaceView


class PatientWorkspace(QWidget):
    """Shows a patient, and hands on what is asked for; it changes nothing itself.

    Every request names no patient: it is about the one that is shown (`shown`).

    Parameters
    ----------
    may_confirm
        Whether this account may answer confirmations (clinicians).
    reads_only
        Whether nothing can be entered: a copy for reading is open.
    """

    cell_edited = Signal(object, object, str)
    """Series, date and text typed into the table: a correction is wanted."""
    told_requested = Signal(object)
    acknowledge_requested = Signal(object)
    resolve_requested = Signal(object)
    """The three carry the safety event."""
    confirmation_answered = Signal(str, bool)
    trial_chosen = Signal(str)
    """Id of another trial of the patient."""
    action_requested = Signal(str)
    """One of page, end, decision, safety, follow_up, new_trial, set_up, program, medication."""
    entry_opened = Signal(object)
    """A `TimelineEntry` is to be read or corrected."""
    check_in_requested = Signal(str)
    """A check-in of a phase (``baseline`` or ``trial``) is to be entered."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        may_confirm: bool = True,
        reads_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self._may_confirm = may_confirm and not reads_only
        self._reads_only = reads_only
        self._shown: Workspace | None = None
        self._asked_day: date | None = None
        self._veils = False
        self._review: TrialReview | None = None
        self._step: Step | None = None
        self._stack = QStackedLayout(self)
        self.empty = EmptyState(
            self.tr("No patient chosen"),
            self.tr("Choose one on the left, or find anybody with Ctrl+K."),
            self,
            icon="user",
        )
        self.view = WorkspaceView(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        self._connect()

    @property
    def shown(self) -> Workspace | None:
        """The snapshot on the screen, None when no patient is chosen."""
        return self._shown

    def show_nobody(self) -> None:
        """Show the empty page."""
        self._shown = self._review = None
        self._stack.setCurrentWidget(self.empty)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show a patient; the same patient keeps its place on the page."""
        before = self._shown
        self._shown = workspace
        view = self.view
        if before is None or before.patient.id != workspace.patient.id:
            view.scroll_area.verticalScrollBar().setValue(0)
            self._asked_day = None
        view.identity.show_workspace(workspace)
        self._show_similar(workspace)
        view.red_flags.show_events(workspace.open_red_flags, zone=_zone(workspace))
        self._review = review = workspace.review
        view.no_trial.setVisible(review is None)
        view.trial.setVisible(review is not None)
        if review is not None:
            self._show_trial(review, workspace.today)
        if self._reads_only:
            put_acts_away(view)
        self._stack.setCurrentWidget(view)

    def show_review(self, review: TrialReview) -> None:
        """Show the same trial with a draft: verdict and course move, nothing is rebuilt."""
        self._show_verdict(review)
        self._show_course(review)

    def set_asked_day(self, day: date | None) -> None:
        """Tint the day that the check-in form is about; None for none."""
        if day != self._asked_day:
            self._asked_day = day
            if self._review is not None:
                self._show_course(self._review)

    def show_earlier(self, shown: bool) -> None:
        """Show earlier values and what is still needed, or put them away in a call."""
        if self._veils is not shown:
            return
        self._veils = not shown
        if self._review is not None:
            self.show_review(self._review)

    def _show_trial(self, review: TrialReview, today: date) -> None:
        view = self.view
        self._show_hint(review)
        self._show_verdict(review)
        signed = state_words(review)
        view.signature.setText(signed)
        view.signature.setVisible(bool(signed))
        view.action_row.show_trial(
            review.trial, decided=bool(review.decisions), may_sign=self._may_confirm
        )
        view.confirmations.show_review(review, allowed=self._may_confirm)
        self._show_course(review)
        view.timeline.show_entries(review.timeline, today)
        view.programs.show_review(review)
        view.medication.show_review(review)
        view.record.show_review(review)

    def _show_verdict(self, review: TrialReview) -> None:
        review = veiled(review) if self._veils else review
        self.view.verdict.setVisible(review.verdict is not None)
        if review.verdict is not None:
            self.view.verdict.show_verdict(review.verdict)

    def _show_course(self, review: TrialReview) -> None:
        self._review = review
        course = (veiled(review) if self._veils else review).course
        self.view.course.setVisible(course is not None)
        if course is not None:
            self.view.course.show_course(_asking(course, self._asked_day))

    def _show_similar(self, workspace: Workspace) -> None:
        alert = self.view.name_alert
        if not workspace.similar:
            alert.clear()
            return
        others = [_named(other, workspace.today) for other in workspace.similar]
        alert.show_message(
            self.tr("Similar name in a running trial"),
            "\n".join(others),
            tone=Tone.WARNING,
            dismissable=False,
        )

    def _show_hint(self, review: TrialReview) -> None:
        hint, banner = None if self._reads_only else next_step(review), self.view.hint
        self._step = None if hint is None else hint.step
        if hint is None:
            banner.clear()
            return
        banner.show_message(hint.headline, hint.text, dismissable=False)
        banner.add_button(hint.button, "next").clicked.connect(self._on_hint_clicked)

    def _connect(self) -> None:
        view = self.view
        view.red_flags.told_requested.connect(self.told_requested)
        view.red_flags.acknowledge_requested.connect(self.acknowledge_requested)
        view.red_flags.resolve_requested.connect(self.resolve_requested)
        view.course.cell_edited.connect(self.cell_edited)
        view.confirmations.answered.connect(self.confirmation_answered)
        view.identity.trial_chosen.connect(self.trial_chosen)
        view.action_row.triggered.connect(self.action_requested)
        view.no_trial.triggered.connect(self._on_new_trial_clicked)
        view.timeline.entry_opened.connect(self.entry_opened)
        view.programs.change_requested.connect(self._on_program_clicked)
        view.medication.change_requested.connect(self._on_medication_clicked)
        view.record.edit_requested.connect(self._on_set_up_clicked)

    @Slot()
    def _on_hint_clicked(self) -> None:
        if self._step is Step.SET_UP:
            self.action_requested.emit("set_up")
        else:
            phase = Phase.BASELINE if self._step is Step.BASELINE else Phase.TRIAL
            self.check_in_requested.emit(phase.value)

    @Slot()
    def _on_new_trial_clicked(self) -> None:
        self.action_requested.emit("new_trial")

    @Slot()
    def _on_program_clicked(self) -> None:
        self.action_requested.emit("program")

    @Slot()
    def _on_medication_clicked(self) -> None:
        self.action_requested.emit("medication")

    @Slot()
    def _on_set_up_clicked(self) -> None:
        self.action_requested.emit("set_up")


def _zone(workspace: Workspace) -> tzinfo:
    return UTC if workspace.review is None else zone_of(workspace.review.settings)


def _named(patient: Patient, today: date) -> str:
    return f"{patient.name}, {born_text(patient, today)}"


def _asking(course: Course, asked: date | None) -> Course:
    """Return the course with the day marked that the form is about."""
    if asked is None:
        return course
    columns = tuple(replace(column, is_asked=column.day == asked) for column in course.columns)
    return replace(course, columns=columns)
