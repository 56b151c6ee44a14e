"""Locks the work area: everything is hidden until somebody proves who is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from scs_trial.clock import Clock
from scs_trial.domain.clinic import Account
from scs_trial.errors import UserError
from scs_trial.logging_setup import log_defect
from scs_trial.services.door import AccountName, Door
from scs_trial.services.log_in import DoorEvent
from scs_trial.ui.door.curtain import Curtain
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import Progress, TaskRunner

PIN_TRIES = 3
PIN_TIME = timedelta(minutes=15)
"""So long after locking the PIN unlocks and the key is kept; then the record is closed."""
_TICK_MS = 1_000
_WRONG_PIN = "This is not the PIN. {left}"


class Lock(QObject):
    """Hides the work area and every window, and shows them again after the password or PIN.

    Signals
    -------
    locking
        Drafts are to be stored now.
    ended
        The record is to be closed: user name and password of who comes in next; empty texts when
        nobody is here and the key is dropped.

    Parameters
    ----------
    work_area
        Shown again after unlocking.
    account
        Whose password or PIN unlocks.
    clock
        Tells how long the screen has been locked.
    """

    locking = Signal()
    ended = Signal(str, str)

    def __init__(
        self,
        window: MainWindow,
        door: Door,
        *,
        runner: TaskRunner,
        work_area: QWidget,
        account: Account,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._runner = runner
        self._work_area = work_area
        self._account = account
        self._clock = clock
        self._since: datetime | None = None
        self._pin_tries = 0
        self._curtain = Curtain(window)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)
        self._page = LogInPage()
        self._page.hide_other_ways()
        self._page.log_in_requested.connect(self._on_page_log_in_requested)
        self._page.pin_entered.connect(self._on_page_pin_entered)
        window.lock_requested.connect(self.lock)

    @property
    def locked(self) -> bool:
        """Whether everything is hidden."""
        return self._since is not None

    @Slot()
    @Slot(str)
    def lock(self, why: str = "") -> None:
        """Hide everything about patients; ``why`` is empty when somebody asked for it."""
        if self.locked:
            return
        self._since = self._clock.now()
        self._pin_tries = 0
        self.locking.emit()
        self._curtain.draw()
        self._window.commands.suspend()
        self._show_page()
        self._note(DoorEvent.LOCK, why)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Drop the key when the screen has been locked for long."""
        if self._since is None:
            return
        if self._too_late() and self._page.isEnabled():
            self._end("", "")

    def _too_late(self) -> bool:
        """Return whether the key is to be dropped; a clock that was set back begins anew."""
        now = self._clock.now()
        self._since = min(self._since or now, now)
        return now - self._since >= PIN_TIME

    def dismiss(self) -> None:
        """Let go of page and windows: the record is closed."""
        self._timer.stop()
        self._curtain.drop()
        self._window.lock_requested.disconnect(self.lock)
        self._page.deleteLater()
        self.deleteLater()

    def _show_page(self) -> None:
        path = self._door.open_path()
        self._window.show_door(self._page)
        self._page.allow_pin_for(self._account.user_name if self._door.has_pin() else "")
        if path is not None:
            self._page.show_record(path, self._names(), chosen=self._account.user_name)

    def _names(self) -> tuple[AccountName, ...]:
        path = self._door.open_path()
        own = AccountName(
            user_name=self._account.user_name, display_name=self._account.display_name
        )
        try:
            listed = tuple(self._door.accounts(path)) if path is not None else ()
        except UserError:
            listed = ()
        others = tuple(name for name in listed if name.user_name != own.user_name)
        return (own, *others)

    @Slot(str, str)
    def _on_page_log_in_requested(self, user_name: str, password: str) -> None:
        def check(_progress: Progress) -> Callable[[], None]:
            self._door.check_password(user_name, password)
            if user_name == self._account.user_name:
                return lambda: self._unlock(DoorEvent.UNLOCK)
            return lambda: self._end(user_name, password)

        self._check(check)

    @Slot(str)
    def _on_page_pin_entered(self, digits: str) -> None:
        if self._too_late():  # the computer may have been held since the last look
            self._end("", "")
            return

        def check(_progress: Progress) -> Callable[[], None]:
            if self._door.check_pin(digits):
                return lambda: self._unlock(DoorEvent.UNLOCK_WITH_PIN)
            return self._refuse_pin

        self._check(check)

    def _check(self, check: Callable[[Progress], Callable[[], None]]) -> None:
        self._page.show_working("Unlocking…")
        self._timer.stop()
        self._runner.run_task(check, on_done=_go_on, on_error=self._refuse, title="Unlocking")

    def _unlock(self, event: DoorEvent) -> None:
        self._since = None
        self._timer.stop()
        self._page.leave()
        self._window.commands.resume()
        self._window.show_work(self._work_area)
        self._curtain.draw_back()
        self._note(event)

    def _end(self, user_name: str, password: str) -> None:
        self._timer.stop()
        self._page.leave()
        self.ended.emit(user_name, password)

    def _refuse(self, error: UserError) -> None:
        self._timer.start()
        self._page.show_error(str(error))

    def _refuse_pin(self) -> None:
        self._pin_tries += 1
        left = PIN_TRIES - self._pin_tries
        if left <= 0:
            self._page.allow_pin_for("")
        words = f"{left} tries left." if left > 1 else "One try left." if left else ""
        self._timer.start()
        self._page.show_error(_WRONG_PIN.format(left=words or "Type the password."))

    def _note(self, event: DoorEvent, why: str = "") -> None:
        """Audit it; a disk that refuses the row must not keep the screen open or shut."""
        try:
            self._door.note(event, why=why)
        except UserError as error:
            log_defect(type(error), error, error.__traceback__)


def _go_on(step: Callable[[], None]) -> None:
    step()
