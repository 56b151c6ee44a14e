"""What comes into the record from files: the assistant, ready files, and the imports so far."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from scs_trial.errors import UserError
from scs_trial.services.import_ready import ReadyFile, read_ready
from scs_trial.services.session import Session
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import TaskRunner


class ImportActs(QObject):
    """Asks for a file and opens what imports it.

    Signals
    -------
    changed
        The record holds something new.
    """

    changed = Signal()

    def __init__(
        self, window: QWidget, session: Session, *, prompts: Prompts, runner: TaskRunner
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._prompts, self._runner = prompts, runner

    def run(self, command_id: str) -> bool:
        """Run a command; False when it is none of these."""
        if command_id == "file.import":
            self.choose_file()
        elif command_id == "file.imports":
            self.show_imports()
        else:
            return False
        return True

    def choose_file(self) -> None:
        """Ask for a file, then go on as its content asks."""
        self._prompts.open_file(
            self.tr("Import a file"),
            filters=[
                self.tr("Files to import (*.csv *.tsv *.txt *.xlsx *.scstrial)"),
                self.tr("All files (*)"),
            ],
            on_chosen=self._look_into,
        )

    def show_imports(self) -> None:
        """Open the list of imports."""
        from scs_trial.ui.importing.imports_dialog import ImportsDialog  # noqa: PLC0415

        dialog = ImportsDialog(self._session, runner=self._runner, parent=self._window)
        dialog.record_changed.connect(self.changed)
        dialog.open()

    def _look_into(self, path: Path | None) -> None:
        if path is None:
            return
        catalogue = self._session.catalogue
        self._runner.run_task(
            lambda _progress: read_ready(path, catalogue=catalogue),
            on_done=partial(self._open, path),
            on_error=self._refuse,
            title=self.tr("Reading"),
        )

    def _open(self, path: Path, ready: ReadyFile | None) -> None:
        from scs_trial.ui.importing.dialog import ImportDialog  # noqa: PLC0415  (start-up time)
        from scs_trial.ui.importing.ready_dialog import ReadyDialog  # noqa: PLC0415

        dialog: ImportDialog | ReadyDialog
        if ready is None:
            dialog = ImportDialog(self._session, path, runner=self._runner, parent=self._window)
        else:
            dialog = ReadyDialog(
                self._session, ready, path.name, runner=self._runner, parent=self._window
            )
        dialog.record_changed.connect(self.changed)
        dialog.open()

    def _refuse(self, error: UserError) -> None:
        self._prompts.tell(self.tr("Nothing was imported"), str(error))
