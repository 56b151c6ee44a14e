"""Leads from a damaged record at the log-in up the ladder of repair, and back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from scs_trial.errors import UserError
from scs_trial.services.door import Door
from scs_trial.ui.door.repair_page import RepairPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import Progress, TaskRunner


class RepairFlow(QObject):
    """One repair, offered once a record turned out to be damaged.

    Signals
    -------
    ended
        Back to the log-in: user name, and an empty password to be typed again.
    """

    ended = Signal(str, str)
    _said = Signal(str)

    def __init__(self, window: MainWindow, door: Door, path: Path, *, runner: TaskRunner) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._path = path
        self._runner = runner
        self._who = ("", "")
        self.page = RepairPage()
        self.page.repair_requested.connect(self._on_page_repair_requested)
        self.page.left.connect(self._on_page_left)
        self._said.connect(self.page.add_step)  # queued from the task's thread

    def begin(self, user_name: str, password: str, error: UserError) -> None:
        """Say what is wrong and offer the repair; the password stays for it until then."""
        self._who = (user_name, password)
        self.page.show_damage(error.what)
        self._window.show_door(self.page)

    @Slot()
    def _on_page_repair_requested(self) -> None:
        self.page.show_working()
        self._window.hold_close(_stay)
        user_name, password = self._who
        door, path, say = self._door, self._path, self._said.emit

        def work(_progress: Progress) -> str:
            return door.repair(path, user_name, password, say)

        self._runner.run_task(work, on_done=self._done, on_error=self._failed, title="Repairing")

    def _done(self, kept: str) -> None:
        self._window.hold_close(None)
        self.page.show_end(
            "The record is whole again",
            f"The record as it was is in the folder {kept} beside it. Log in to work with it, and"
            " look through the last entries.",
            again=False,
        )

    def _failed(self, error: UserError) -> None:
        self._window.hold_close(None)
        self.page.show_end("The record could not be repaired", str(error), again=True)

    @Slot()
    def _on_page_left(self) -> None:
        user_name, self._who = self._who[0], ("", "")
        self.page.hide()
        self.ended.emit(user_name, "")
        self.page.deleteLater()
        self.deleteLater()


def _stay() -> None:
    """Keep the window open while files are being put in their place."""
