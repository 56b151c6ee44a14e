"""What is done to the open patient besides check-ins: dialogs, answers, safety acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from scs_trial.domain.safety import SafetyEvent
from scs_trial.errors import UserError
from scs_trial.services.manage_trial import answer_confirmation
from scs_trial.services.report_safety import acknowledge_event, record_told, resolve_event
from scs_trial.services.review_trial import TrialReview, Workspace
from scs_trial.services.session import Session
from scs_trial.services.sign_decision import PasswordCheck
from scs_trial.ui.criteria.also_dialog import AlsoEvaluatedDialog
from scs_trial.ui.desk.import_acts import ImportActs
from scs_trial.ui.desk.record_acts import RecordActs
from scs_trial.ui.desk.report_acts import ReportActs
from scs_trial.ui.desk.sign_acts import SignActs
from scs_trial.ui.end_of_trial.dialog import EndOfTrialDialog
from scs_trial.ui.ledgers.medication import medication_dialog
from scs_trial.ui.ledgers.program import program_dialog
from scs_trial.ui.new_trial.form import NewTrialForm, form_of
from scs_trial.ui.new_trial.new_trial_dialog import NewTrialDialog
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.safety.dialog import SafetyEventDialog
from scs_trial.ui.tasks import TaskRunner


class PatientActs(QObject):
    """Runs the commands that need the open patient.

    Signals
    -------
    changed
        The record holds something new about the open patient.
    trial_made
        Patient id and trial id of a new trial.
    patient_left
        The open patient is not the one to show any longer: id of the right one, None for nobody.
    """

    changed = Signal()
    trial_made = Signal(object, object)
    patient_left = Signal(object)

    def __init__(
        self,
        window: QWidget,
        session: Session,
        *,
        prompts: Prompts,
        runner: TaskRunner,
        check: PasswordCheck | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._prompts = prompts
        self.reports = ReportActs(window, session, prompts=prompts, runner=runner)
        self.reports.handed_out.connect(self.changed)
        self.signing = SignActs(window, session, prompts=prompts, runner=runner, check=check)
        self.signing.changed.connect(self.changed)
        self.imports = ImportActs(window, session, prompts=prompts, runner=runner)
        self.imports.changed.connect(self.changed)
        self._open: Workspace | None = None
        self._record = RecordActs(window, session, prompts=prompts)
        self._record.changed.connect(self.changed)
        self._record.patient_left.connect(self.patient_left)
        self._runs: Mapping[str, Callable[[TrialReview], None]] = {
            "patient.set_up": self._set_up,
            "patient.program": self._program,
            "patient.medication": self._medication,
            "patient.end": self._end_of_trial,
            "patient.also": self._also,
            "patient.page": self.reports.show_page,
            "reports.page": self.reports.show_page,
            "reports.export": self.reports.export_page,
            "reports.coverage": self.reports.show_coverage,
            "reports.diary": self.reports.show_diary,
            "reports.copy_text": self.reports.copy_text,
            "reports.copy_ascii": self.reports.copy_ascii,
            "reports.copy_private": self.reports.copy_private,
            "patient.sign": self.signing.sign,
            "patient.signed_page": self.signing.show_latest,
            "patient.decision": partial(self._end_of_trial, begin="decision"),
            "patient.follow_up": partial(self._end_of_trial, begin="follow_up.month"),
        }

    def take(self, workspace: Workspace | None) -> None:
        """Work on this patient from now on."""
        self._open = workspace

    def run(self, command_id: str) -> None:
        """Run a command on the open patient; without one nothing happens."""
        if command_id == "patient.new_trial":
            self.new_trial(for_open_patient=True)
        elif command_id == "view.audit":
            self.signing.show_audit()
        elif command_id == "reports.pages":
            self.reports.export_pages()
        elif command_id == "file.export":
            self.reports.export_data(self._open.patient if self._open else None)
        elif self._done_by_others(command_id):
            return
        elif command_id == "patient.safety":
            self.open_safety()
        elif self._open is not None and self._open.review is not None:
            self._runs[command_id](self._open.review)

    def _done_by_others(self, command_id: str) -> bool:
        """Run what imports and record acts know; without an open patient there is no more to do."""
        if self.imports.run(command_id) or self._open is None:
            return True
        return self._record.run(command_id, self._open)

    def open_safety(self, event: SafetyEvent | None = None) -> None:
        """Open a safety event, or report a new one; a patient without a trial may have one."""
        if self._open is None:
            return
        review = self._open.review
        dialog = SafetyEventDialog(
            self._session,
            patient=self._open.patient,
            trial_id=review.trial.id if review else None,
            event=event,
            prompts=self._prompts,
            parent=self._window,
        )
        dialog.stored.connect(self.changed)
        dialog.open()

    def new_trial(self, *, for_open_patient: bool = False) -> None:
        """Open the guided form: for a new patient, or a further trial of the open one."""
        form = NewTrialForm()
        if for_open_patient and self._open is not None:
            form = form_of(self._open.patient, None)
        dialog = NewTrialDialog(self._session, form, self._window, prompts=self._prompts)
        if not for_open_patient:
            dialog.offer_draft()
        dialog.saved.connect(self.trial_made)
        dialog.open()

    @Slot(object)
    def tell(self, event: SafetyEvent) -> None:
        """Ask who was told, and note it with the time."""
        self._prompts.ask_text(
            "Who was told?",
            "The name is stored with the time.",
            label="Name",
            yes="Store",
            on_answer=partial(self._told, event),
        )

    @Slot(object)
    def acknowledge(self, event: SafetyEvent) -> None:
        """Note that this account has seen the event."""
        self._try(partial(acknowledge_event, self._session, event.id))

    @Slot(object)
    def resolve(self, event: SafetyEvent) -> None:
        """Ask how the event was resolved, and close it."""
        self._prompts.ask_text(
            "How was it resolved?",
            "The event leaves the banner and stays in the timeline and on the page.",
            label="Resolution",
            yes="Resolve",
            on_answer=partial(self._resolved, event),
        )

    @Slot(str, bool)
    def confirm(self, name: str, answer: bool) -> None:
        """Store the clinician's answer to a confirmation."""
        if self._open is not None and self._open.review is not None:
            trial = self._open.review.trial.id
            self._try(partial(answer_confirmation, self._session, trial, name=name, answer=answer))

    def _told(self, event: SafetyEvent, who: str | None) -> None:
        if who:
            self._try(partial(record_told, self._session, event.id, who=who))

    def _resolved(self, event: SafetyEvent, resolution: str | None) -> None:
        if resolution:
            self._try(partial(resolve_event, self._session, event.id, resolution=resolution))

    def _also(self, review: TrialReview) -> None:
        AlsoEvaluatedDialog(self._session, review, self._window).open()

    def _set_up(self, review: TrialReview) -> None:
        form = form_of(review.patient, review.trial)
        dialog = NewTrialDialog(self._session, form, self._window, prompts=self._prompts)
        dialog.saved.connect(self.trial_made)
        dialog.open()

    def _program(self, review: TrialReview) -> None:
        self._show(program_dialog(self._session, review.trial.id, self._window))

    def _medication(self, review: TrialReview) -> None:
        self._show(medication_dialog(self._session, review.trial.id, self._window))

    def _end_of_trial(self, review: TrialReview, *, begin: str = "") -> None:
        dialog = EndOfTrialDialog(self._session, review, prompts=self._prompts, parent=self._window)
        dialog.trial_changed.connect(self.changed)
        dialog.sign_requested.connect(partial(self.run, "patient.sign"))
        dialog.open()
        if begin:
            dialog.go_to(begin)

    def _show(self, dialog: QDialog) -> None:
        dialog.accepted.connect(self.changed)
        dialog.open()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._prompts.tell("Nothing was stored", str(error))
        else:
            self.changed.emit()
