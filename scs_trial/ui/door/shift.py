"""One person's time at the screen: from the log-in to the lock, the log-out or the next person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from scs_trial.services.door import Door
from scs_trial.services.session import Session
from scs_trial.ui.backup.end_of_work import EndOfWork
from scs_trial.ui.clipboard import clear_own_clipboard
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.door.door_desk import DoorDesk
from scs_trial.ui.door.idle import IdleWatch
from scs_trial.ui.door.lock import Lock
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import TaskRunner


class Shift(QObject):
    """Locks when nobody is there, and closes the record when the key is dropped.

    Signals
    -------
    ending
        The record is about to be closed; whoever works on it stops.

    Parameters
    ----------
    desk
        The work area; its drafts are stored before anything is hidden.
    entrance
        Lets the next person in.
    end_of_work
        Backs the record up before it is closed.
    slept_seconds
        How long the computer has slept since its start.
    """

    ending = Signal()

    def __init__(
        self,
        window: MainWindow,
        door: Door,
        desk: ClinicDesk,
        *,
        session: Session,
        runner: TaskRunner,
        entrance: DoorDesk,
        end_of_work: EndOfWork,
        slept_seconds: Callable[[], float],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._desk = desk
        self._session = session
        self._entrance = entrance
        self._end_of_work = end_of_work
        self._limit = timedelta(minutes=session.settings().idle_lock_minutes)
        self.lock = Lock(
            window,
            door,
            runner=runner,
            work_area=desk.area,
            account=session.account,
            clock=session.clock,
        )
        self.watch = IdleWatch(
            session.clock,
            limit=self._idle_limit,
            in_call=self._in_call,
            slept_seconds=slept_seconds,
            parent=self,
        )
        self.lock.locking.connect(desk.keep_drafts)
        self.lock.locking.connect(clear_own_clipboard)
        self.lock.ended.connect(self._on_lock_ended)
        self.watch.gone.connect(self.lock.lock)
        desk.settings_changed.connect(self._on_desk_settings_changed)
        desk.log_out_requested.connect(self.log_out)
        window.closing.connect(self.watch.stop)
        with session.reading() as work:
            demo = work.settings.record_info("demo") == "yes"
        if not demo:  # nobody knows the demo's password, and nobody's data is in it
            self.watch.start()

    def _idle_limit(self) -> timedelta:
        return self._limit

    def _in_call(self) -> bool:
        return self._desk.check_in.in_call

    @Slot()
    def _on_desk_settings_changed(self) -> None:
        self._limit = timedelta(minutes=self._session.settings().idle_lock_minutes)

    @Slot(str, str)
    def _on_lock_ended(self, user_name: str, password: str) -> None:
        """Let the next person in, or drop the key when nobody came back."""
        why = "another person comes in" if user_name else "locked for 15 minutes"
        self._end(user_name, password, why=why)

    @Slot()
    def log_out(self) -> None:
        """Keep the drafts, close the record and show the log-in."""
        if not self.lock.locked:
            clear_own_clipboard()
            self._end("", "", why="")

    def _end(self, user_name: str, password: str, *, why: str) -> None:
        """Close the record, let go of everything that was shown, and go to the log-in."""
        path = self._door.open_path()
        self.watch.stop()
        self.ending.emit()
        self._desk.leave()
        self.lock.dismiss()
        self._window.commands.forget(keep="app.lock")
        self._window.set_user("")
        next_in = user_name or self._session.account.user_name
        attended = bool(user_name) or not why
        self._end_of_work.begin(
            partial(self._let_in, path, next_in, password), attended=attended, why=why
        )

    def _let_in(self, path: Path | None, user_name: str, password: str, problem: str) -> None:
        """Close the record and show the log-in; nobody was there to be told of a problem."""
        self._door.close_without_backup()
        if path is not None:
            self._entrance.come_in(path, user_name, password, problem=problem)
        self.deleteLater()
