"""Backs the record up before it is closed: seen, in the background, and said when it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from scs_trial.errors import CancelledError, DamagedError, UserError
from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.door import Door
from scs_trial.services.safekeeping import save_copy, write_snapshot
from scs_trial.services.session import Session
from scs_trial.ui.backup.backup_desk import BackupDesk
from scs_trial.ui.backup.ending_page import EndingPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import Progress, Task, TaskRunner

_LOG = logging.getLogger("scs_trial.end_of_work")
SKIP_AFTER_MS = 5_000
UNATTENDED_MS = 10 * 60 * 1000
"""A failure that nobody answers does not keep the record open for ever."""
_WORDS = "The window closes when the backup is made and checked."
_TO_DO = (
    "Try again when that is put right. What was entered is saved in the record itself; only this"
    " computer holds it until a backup is made."
)

_DAMAGED = (
    "Older backups are whole. Close anyway: the log-in then offers the repair, which first keeps"
    " the files as they are."
)

Then = Callable[[str], None]
"""What comes once the record may be closed; gets the problem that nobody was told."""


class EndOfWork(QObject):
    """Stands between a wish to close the record and its closing.

    Signals
    -------
    beginning
        Drafts are to be stored; nothing else may work on the record from now on.

    Parameters
    ----------
    session
        The open record.
    door
        Backs it up and closes it.
    backups
        Knows whether the copy for reading lacks something.
    """

    beginning = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        door: Door,
        backups: BackupDesk,
        *,
        runner: TaskRunner,
        prompts: Prompts,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._door = door
        self._backups = backups
        self._runner = runner
        self._prompts = prompts
        self._then: Then | None = None
        self._attended = True
        self._closing = False
        self._copy_due = False
        self._why = ""
        self._locked: Callable[[], bool] = bool
        self._task: Task | None = None
        self.page = EndingPage()
        self.page.skipped.connect(self._on_page_skipped)
        self.page.retried.connect(self._work)
        self.page.copy_wanted.connect(self._on_page_copy_wanted)
        self.page.given_up.connect(self._on_page_given_up)
        self._patience = QTimer(self, interval=SKIP_AFTER_MS, singleShot=True)
        self._patience.timeout.connect(self.page.offer_skip)
        self._nobody = QTimer(self, interval=UNATTENDED_MS, singleShot=True)
        self._nobody.timeout.connect(self._on_page_given_up)

    @Slot()
    def hold(self) -> None:
        """Keep the window open until the record is backed up."""
        if self._session.safekeeper is not None:
            self._window.hold_close(self._begin_close)

    @Slot()
    def release(self) -> None:
        """Let the window close at once: the record is closed by somebody else."""
        self._window.hold_close(None)

    def ask_locked(self, locked: Callable[[], bool]) -> None:
        """Learn how to know whether the screen is locked: nobody known is there then."""
        self._locked = locked

    def begin(self, then: Then, *, attended: bool = True, why: str = "") -> None:
        """Back up, then go on; closing the window comes before letting somebody else in.

        Parameters
        ----------
        attended
            Whether somebody is there to answer; a failure is passed on otherwise.
        why
            Of the log-out, for the audit trail.
        """
        if not self._closing:
            self._why = why
            self._begin(then, attended=attended)

    def _begin_close(self) -> None:
        if not self._closing:
            self._closing = True
            self._begin(self._close_window, attended=True)

    def _begin(self, then: Then, *, attended: bool) -> None:
        under_way = self._then is not None
        self._then, self._attended = then, attended
        if under_way:
            return
        self._copy_due = self._backups.copy_due
        self.beginning.emit()
        if self._session.safekeeper is None:
            self._end()
            return
        self._window.hold_close(self._begin_close)
        self._work()

    def _close_window(self, _problem: str) -> None:
        self._window.close()  # the drafts go into the record
        self._door.close_without_backup()

    @Slot()
    def _work(self) -> None:
        """Back up in the background, and write the copy for reading if it lacks something."""
        self._nobody.stop()
        self.page.show_working(_WORDS)
        self._window.show_door(self.page)
        self._patience.start()
        copy_due, why, session, door = self._copy_due, self._why, self._session, self._door

        def work(progress: Progress) -> None:
            door.secure(partial(progress.report, 0, 0), why=why)
            if copy_due:
                progress.report(0, 0)
                write_snapshot(session)

        self._task = self._runner.run_task(work, on_done=self._done, on_error=self._failed)

    def _done(self, _none: None) -> None:
        self._patience.stop()
        self._end()

    def _failed(self, error: UserError) -> None:
        self._patience.stop()
        if isinstance(error, CancelledError):
            _LOG.warning("closed without waiting for the backup")
            self._end()
            return
        _LOG.warning("no backup at the end: %s", type(error).__name__)
        if not self._attended:
            self._end(str(error))
            return
        known = self._closing and not self._locked()
        copies = known and is_allowed(self._session.account, Action.RESTORE_BACKUP)
        damaged = isinstance(error, DamagedError)
        text = f"{error.what} {_DAMAGED}" if damaged else f"{error} {_TO_DO}"
        self.page.show_problem(text, copies=copies and not damaged)
        self._nobody.start()

    @Slot()
    def _on_page_skipped(self) -> None:
        if self._task is not None:
            self.page.show_stopping()
            self._task.cancel()

    @Slot()
    def _on_page_copy_wanted(self) -> None:
        path = self._door.open_path()
        name = f"{path.stem if path else 'record'}-copy.scs"
        self._prompts.save_file(
            "Save a copy",
            name=name,
            filters=("SCS Trial record (*.scs)",),
            on_chosen=self._save_copy,
        )

    def _save_copy(self, target: Path | None) -> None:
        if target is None:
            return
        self._nobody.stop()
        self.page.show_working("The copy is written, opened and checked; then the window closes.")
        session = self._session

        def work(_progress: Progress) -> None:
            save_copy(session, target)

        self._task = self._runner.run_task(work, on_done=self._done, on_error=self._failed)

    @Slot()
    def _on_page_given_up(self) -> None:
        _LOG.warning("closed without a backup")
        self._end()

    def _end(self, problem: str = "") -> None:
        self._nobody.stop()
        then, self._then = self._then, None
        self._window.hold_close(None)
        self.page.hide()
        if then is not None:
            then(problem)
        self.page.deleteLater()
        self._backups.deleteLater()
        self.deleteLater()
