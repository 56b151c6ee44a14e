"""Restore from the window: check, close the record, restore, and end the program."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from scs_trial.domain.clinic import Account
from scs_trial.errors import UserError
from scs_trial.services.door import Door
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.widgets.banner import EmptyState


class RestoreFlow(QObject):
    """Runs one restore.

    Signals
    -------
    beginning
        Drafts are to be stored, and nothing may use the record from now on.
    resumed
        The backup was refused; the record is open as before.
    """

    beginning = Signal()
    resumed = Signal()

    def __init__(
        self,
        window: MainWindow,
        door: Door,
        account: Account,
        *,
        runner: TaskRunner,
        prompts: Prompts,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._account = account
        self._runner = runner
        self._prompts = prompts
        self._page = EmptyState("Restoring…", button="Close the program")
        self._page.setObjectName("restoring")
        self._page.triggered.connect(window.close)

    @Slot(str, str)
    def restore(self, name: str, password: str) -> None:
        """Restore a backup; the record closes only when the backup is whole."""
        self.beginning.emit()
        self._page.set_texts("Restoring…", "The backup is being checked and put in its place.")
        self._page.button.hide()
        self._window.show_door(self._page)

        def work(_progress: Progress) -> str:
            return self._door.restore(name, self._account.user_name, password)

        def refused(error: UserError) -> None:
            if self._door.open_path() is not None:
                self.resumed.emit()
                self._prompts.tell("The backup was not restored", str(error))
            else:
                self._end("The backup was not restored", str(error))

        def done(kept: str) -> None:
            self._end(
                "The backup was restored",
                f"The record as it was is in the folder {kept} beside it. Open the program again.",
            )

        self._runner.run_task(work, on_done=done, on_error=refused, title="Restoring")

    def _end(self, title: str, text: str) -> None:
        """Say it where the work was, with nothing to do but close."""
        self._page.set_texts(title, text)
        self._page.button.show()
        self._page.button.setFocus()
