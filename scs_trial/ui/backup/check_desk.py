"""Checks the open record in the background, and says above every page when it is damaged."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from scs_trial.domain.tone import Tone
from scs_trial.errors import DamagedError, UserError
from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.check_record import check_pages, full_check_due
from scs_trial.services.session import Session
from scs_trial.services.take_over_reads import take_over_reads
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.widgets.banner import Banner

_LOG = logging.getLogger("scs_trial.check_desk")
FIRST_MS = 5_000
"""The first screen and the first patient come before it."""
AGAIN_MS = 60 * 60 * 1000
"""A program that stays open for weeks is asked so often whether the full check is due."""
_TO_DO = (
    "Write what you enter now on paper too. The files stay as they are; backups are whole and are"
    " not touched. The repair keeps the record, builds its indexes anew, reads its rows into a new"
    " file, or puts the newest whole backup in its place, in that order."
)
_ASK = "Ask an administrator to repair it."


class CheckDesk(QObject):
    """Checks after opening and once a week.

    Signals
    -------
    repair_requested
        The ``DamagedError``: the record is to be closed and repaired.
    """

    repair_requested = Signal(object)

    def __init__(self, window: MainWindow, session: Session, *, runner: TaskRunner) -> None:
        super().__init__(window)
        self._session = session
        self._runner = runner
        self._checking = False
        self._damage: DamagedError | None = None
        self.banner = Banner()
        self.banner.setObjectName("damage")
        window.add_notice(self.banner)
        self._first = QTimer(self, interval=FIRST_MS, singleShot=True)
        self._first.timeout.connect(self.take_over)
        self._first.timeout.connect(self.check)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.take_over)
        self._again.timeout.connect(self.check_if_due)

    def start(self) -> None:
        """Check soon, and again when a week has gone by."""
        if self._session.safekeeper is not None:
            self._first.start()
            self._again.start()

    @Slot()
    def stop(self) -> None:
        """Check no more: the record is about to be closed."""
        self._first.stop()
        self._again.stop()
        self._checking = True

    @Slot()
    def leave(self) -> None:
        """Stop, and take the words away."""
        self.stop()
        self.banner.hide()
        self.banner.deleteLater()
        self.deleteLater()

    @Slot()
    def take_over(self) -> None:
        """Take what was read on copies in other rooms over into the trail; it waits otherwise."""
        session = self._session

        def work(_progress: Progress) -> int:
            return take_over_reads(session)

        self._runner.run_task(work, on_done=_taken, on_error=_waits)

    @Slot()
    def check_if_due(self) -> None:
        """Check in full when the last time was a week ago."""
        if not self._checking and full_check_due(self._session):
            self.check()

    @Slot()
    def check(self) -> None:
        """Check in the background."""
        if self._checking:
            return
        self._checking = True
        session = self._session

        def work(_progress: Progress) -> bool:
            return check_pages(session)

        self._runner.run_task(work, on_done=self._done, on_error=self._failed)

    def _done(self, _full: bool) -> None:
        self._checking = False

    def _failed(self, error: UserError) -> None:
        """Say damage and keep it said; what was only busy or full is tried again later."""
        self._checking = False
        if not isinstance(error, DamagedError):
            return
        self._damage = error
        self._again.stop()
        may_repair = is_allowed(self._session.account, Action.RESTORE_BACKUP)
        text = f"{error.what} {_TO_DO}"
        self.banner.show_message(
            "The record is damaged",
            text if may_repair else f"{text} {_ASK}",
            tone=Tone.DANGER,
            dismissable=False,
        )
        if may_repair:
            button = self.banner.add_button("Log out and repair…", "repair")
            button.clicked.connect(self._on_repair_clicked)

    @Slot()
    def _on_repair_clicked(self) -> None:
        self.repair_requested.emit(self._damage)


def _taken(number: int) -> None:
    if number:
        _LOG.info("readings of copies taken over: %s", number)


def _waits(error: UserError) -> None:
    """Leave it for the next time; the folder of the copies says so when one is written."""
    _LOG.warning("readings of copies wait: %s", type(error).__name__)
