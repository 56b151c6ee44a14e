"""Backups while people work: in the background, told in the status line."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from scs_trial.domain.backups import BackupReason, Made
from scs_trial.domain.clinic import Role
from scs_trial.domain.tone import Tone
from scs_trial.errors import UserError
from scs_trial.services.safekeeping import (
    back_up,
    back_up_if_changed,
    backup_state,
    write_snapshot,
)
from scs_trial.services.session import Session
from scs_trial.ui.actions import Command
from scs_trial.ui.backup.backup_dialog import BackupDialog
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import Progress, TaskRunner

HALF_HOUR_MS = 30 * 60 * 1000
AFTER_SAVE_MS = 10_000
"""Several saves in a row make one copy for reading."""

COMMANDS = (
    Command(id="file.back_up", text="Back &up now", menu="&View", separator=True),
    Command(
        id="file.backups",
        text="&Backups…",
        menu="&View",
        roles=frozenset({Role.ADMINISTRATOR}),
    ),
)


class BackupDesk(QObject):
    """Backs up every half hour when something changed, and on demand; never blocks the window.

    Signals
    -------
    restore_requested
        Name of the backup and the password of then.
    """

    restore_requested = Signal(str, str)

    def __init__(
        self, window: MainWindow, session: Session, *, runner: TaskRunner, prompts: Prompts
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._runner = runner
        self._prompts = prompts
        self._busy = False
        self._failing = False
        self._warned = False
        self._copy_due = False
        self._half_hour = QTimer(self, interval=HALF_HOUR_MS)
        self._half_hour.timeout.connect(self.back_up_if_changed)
        self._after_save = QTimer(self, interval=AFTER_SAVE_MS, singleShot=True)
        self._after_save.timeout.connect(self._put_copy_for_reading)

    def start(self) -> None:
        """Say how the record stands, and watch over it from now on."""
        if self._session.safekeeper is None:
            return
        runs = {"file.back_up": self.back_up_now, "file.backups": self.open_list}
        for command in COMMANDS:
            self._window.commands.add(command, runs[command.id])
        self._window.commands.set_roles(self._session.account.roles)
        self._window.fill_menus()
        self._window.closing.connect(self.stop)
        self.watch()

    @Slot()
    def watch(self) -> None:
        """Say how the record stands, and back it up every half hour."""
        if self._session.safekeeper is not None:
            self.refresh()
            self._half_hour.start()

    @Slot()
    def stop(self) -> None:
        """Make no more backups: the record is about to be closed."""
        self._half_hour.stop()
        self._after_save.stop()

    @Slot()
    def back_up_if_changed(self) -> None:
        """Back up in the background when the newest backup lacks something."""

        def work(_progress: Progress) -> Made | None:
            return back_up_if_changed(self._session, BackupReason.CHANGED)

        if not self._busy:
            self._busy = True
            self._runner.run_task(
                work, on_done=self._done, on_error=self._failed, title="Backing up"
            )

    @Slot()
    def back_up_now(self) -> None:
        """Back up in the background on demand."""

        def work(_progress: Progress) -> Made:
            return back_up(self._session)

        if not self._busy:
            self._busy = True
            self._failing = False
            self._runner.run_task(
                work, on_done=self._done, on_error=self._failed, title="Backing up"
            )

    @Slot()
    def note_saved(self) -> None:
        """Put a copy for reading into its folder soon."""
        if self._session.safekeeper is not None and self._session.settings().snapshot_folder:
            self._copy_due = True
            self._after_save.start()

    @property
    def copy_due(self) -> bool:
        """Whether something was saved that the copy for reading lacks."""
        return self._copy_due

    @Slot()
    def open_list(self) -> None:
        """Open the list of backups."""
        dialog = BackupDialog(
            self._session, runner=self._runner, prompts=self._prompts, parent=self._window
        )
        dialog.changed.connect(self.refresh)
        dialog.restore_requested.connect(self.restore_requested)
        dialog.open()

    @Slot()
    def refresh(self) -> None:
        """Say again how the record stands."""
        try:
            state = backup_state(self._session)
        except UserError as error:
            self._window.status.set_backup(error.what, Tone.DANGER)
            return
        self._window.status.set_backup(state.text, state.tone)
        if state.warning and not self._warned:
            self._warned = True
            self._prompts.tell("Second backup folder", state.warning)

    def _done(self, made: Made | None) -> None:
        self._busy = False
        self._failing = False
        self.refresh()
        if made is not None and made.second_problem:
            self._window.status.set_backup(
                "Backup verified; second folder not reached", Tone.WARNING
            )

    def _failed(self, error: UserError) -> None:
        self._busy = False
        self._window.status.set_backup("Backup failed", Tone.DANGER)
        if not self._failing:  # say it once, then leave it in the status line
            self._failing = True
            self._prompts.tell("The backup failed", str(error))

    @Slot()
    def _put_copy_for_reading(self) -> None:
        def work(_progress: Progress) -> bool:
            return write_snapshot(self._session)

        self._copy_due = False
        self._runner.run_task(
            work,
            on_done=lambda _written: None,
            on_error=self._failed,
            title="Writing the copy for reading",
        )
