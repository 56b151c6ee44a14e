"""What puts a record right: duplicates, the wrong patient, entered in error. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from scs_trial.errors import UserError
from scs_trial.services.manage_trial import move_trial, retract_trial
from scs_trial.services.register_patient import merge_patients, retract_patient
from scs_trial.services.review_trial import Workspace
from scs_trial.services.session import Session
from scs_trial.ui.desk.other_patient import OtherPatientDialog
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.text import shown


class RecordActs(QObject):
    """Runs the commands that take a trial or a patient out of where it was entered.

    Signals
    -------
    changed
        The open patient stays, the record changed.
    patient_left
        The open patient is not the one to show any longer: id of the right one, None for nobody.
    """

    changed = Signal()
    patient_left = Signal(object)

    def __init__(self, window: QWidget, session: Session, *, prompts: Prompts) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._prompts = prompts
        self._runs: dict[str, Callable[[Workspace], None]] = {
            "patient.move_trial": self._move_trial,
            "patient.merge": self._merge,
            "patient.retract_trial": self._retract_trial,
            "patient.retract": self._retract_patient,
        }

    def run(self, command_id: str, workspace: Workspace) -> bool:
        """Run one of these commands; False when it is none of them."""
        if command_id not in self._runs:
            return False
        self._runs[command_id](workspace)
        return True

    def _move_trial(self, workspace: Workspace) -> None:
        if workspace.review is None:
            return
        trial_id = workspace.review.trial.id

        def move(other: UUID, reason: str) -> None:
            move_trial(self._session, trial_id, to_patient=other, reason=reason)
            self.patient_left.emit(other)

        name = shown(workspace.patient.name, one_line=True)
        text = (
            f"The trial that stands under {name} moves to the patient chosen here, with its "
            "check-ins and safety events. Both histories keep the move."
        )
        self._choose(workspace, ("Move the trial to the right patient", text, "Move it"), move)

    def _merge(self, workspace: Workspace) -> None:
        def merge(other: UUID, reason: str) -> None:
            duplicate = workspace.patient.id
            merge_patients(self._session, keep=other, duplicate=duplicate, reason=reason)
            self.patient_left.emit(other)

        name = shown(workspace.patient.name, one_line=True)
        text = (
            f"{name}, MRN {workspace.patient.mrn}, is the same person as the patient chosen here. "
            "Trials and safety events move there, and this entry leaves every list."
        )
        self._choose(workspace, ("Duplicate of another patient", text, "Merge"), merge)

    def _choose(
        self, workspace: Workspace, words: tuple[str, str, str], run: Callable[[UUID, str], None]
    ) -> None:
        OtherPatientDialog(
            self._session, workspace.patient.id, words=words, run=run, parent=self._window
        ).open()

    def _retract_trial(self, workspace: Workspace) -> None:
        if workspace.review is None:
            return
        self._prompts.ask_text(
            "Trial entered in error?",
            "It leaves every list and evaluation and stays in the audit.",
            label="Reason",
            yes="Retract the trial",
            on_answer=partial(self._trial_retracted, workspace.review.trial.id),
        )

    def _retract_patient(self, workspace: Workspace) -> None:
        self._prompts.ask_text(
            "Patient entered in error?",
            f"{workspace.patient.name}, MRN {workspace.patient.mrn}, leaves every list, with all "
            "trials and safety events. The audit keeps them.",
            label="Reason",
            yes="Retract the patient",
            on_answer=partial(self._patient_retracted, workspace.patient.id),
        )

    def _trial_retracted(self, trial_id: UUID, reason: str | None) -> None:
        if reason and self._try(partial(retract_trial, self._session, trial_id, reason=reason)):
            self.changed.emit()

    def _patient_retracted(self, patient_id: UUID, reason: str | None) -> None:
        if reason and self._try(partial(retract_patient, self._session, patient_id, reason=reason)):
            self.patient_left.emit(None)

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self._prompts.tell("Nothing was stored", str(error))
            return False
        return True
