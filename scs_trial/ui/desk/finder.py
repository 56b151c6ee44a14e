"""Ctrl+K: patients first, then the commands that can be run now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from scs_trial.services.register_patient import PatientHit
from scs_trial.services.session import Session
from scs_trial.ui.actions import Actions
from scs_trial.ui.desk.readable import Readable
from scs_trial.ui.search.search_model import Found
from scs_trial.ui.search.search_panel import SearchPanel
from scs_trial.ui.widgets.date_field import date_text

_MOST_PATIENTS = 8


class Finder(QObject):
    """Opens the search and passes on what was chosen.

    Parameters
    ----------
    window
        Over which the panel opens.
    commands
        The registry whose commands are offered.
    open_patient
        Opens a patient that was chosen.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        commands: Actions,
        *,
        open_patient: Callable[[Found], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._lists = Readable(session)
        self._commands = commands
        self._open_patient = open_patient
        self._panel = SearchPanel(self._found, window)
        self._panel.chosen.connect(self._on_panel_chosen)

    @Slot()
    def open(self) -> None:
        """Show the panel over the window."""
        self._panel.open_over(self._window)

    def _found(self, text: str) -> list[Found]:
        hits = self._lists.find(text, limit=_MOST_PATIENTS)
        found = [_patient(hit) for hit in hits]
        if text.strip():
            found += [
                Found(
                    title=command.plain_text,
                    detail="",
                    shortcut=command.shortcut,
                    command=command.id,
                )
                for command in self._commands.matching(text)
            ]
        return found

    @Slot(object)
    def _on_panel_chosen(self, found: Found) -> None:
        if found.command is not None:
            self._commands.action(found.command).trigger()
        else:
            self._open_patient(found)


def _patient(hit: PatientHit) -> Found:
    born = date_text(hit.patient.birth_date) if hit.patient.birth_date else "birth date unknown"
    return Found(
        title=hit.patient.name,
        detail=f"MRN {hit.patient.mrn} · {born}",
        patient_id=hit.patient.id,
        trial_id=hit.trial_id,
    )
