"""Locks the work area: everything is hidden until the password was typed again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from scs_trial.domain.clinic import Account
from scs_trial.errors import UserError
from scs_trial.services.door import AccountName, Door
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import Progress, TaskRunner


class Lock(QObject):
    """Hides the work area and every dialog, and shows them again after the password.

    Signals
    -------
    locking
        Drafts are to be stored now.

    Parameters
    ----------
    work_area
        Shown again after unlocking.
    account
        Whose password unlocks.
    """

    locking = Signal()

    def __init__(
        self,
        window: MainWindow,
        door: Door,
        *,
        runner: TaskRunner,
        work_area: QWidget,
        account: Account,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._runner = runner
        self._work_area = work_area
        self._account = account
        self._hidden: list[QWidget] = []
        self._page = LogInPage()
        self._page.hide_other_ways()
        self._page.log_in_requested.connect(self._on_page_log_in_requested)
        window.lock_requested.connect(self.lock)

    @Slot()
    def lock(self) -> None:
        """Hide everything about patients."""
        self.locking.emit()
        self._hidden = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible()
        ]
        for widget in self._hidden:
            widget.hide()
        path = self._door.open_path()
        name = AccountName(
            user_name=self._account.user_name, display_name=self._account.display_name
        )
        self._window.show_door(self._page)
        if path is not None:
            self._page.show_record(path, (name,))

    @Slot(str, str)
    def _on_page_log_in_requested(self, user_name: str, password: str) -> None:
        self._page.show_working("Unlocking…")

        def check(_progress: Progress) -> None:
            self._door.check_password(user_name, password)

        self._runner.run_task(check, on_done=self._unlock, on_error=self._refuse, title="Unlocking")

    def _unlock(self, _result: None) -> None:
        self._page.leave()
        self._window.show_work(self._work_area)
        hidden, self._hidden = self._hidden, []
        for widget in hidden:
            widget.show()

    def _refuse(self, error: UserError) -> None:
        self._page.show_error(str(error))
