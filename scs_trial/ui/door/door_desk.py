"""Leads from the first painted window to an open record, whichever way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from scs_trial.errors import DamagedError, UserError
from scs_trial.services.door import Door, FirstAccount, MustChangePasswordError, NewRecord
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.system_zone import system_zone
from scs_trial.ui.tasks import Progress, TaskRunner

if TYPE_CHECKING:
    from scs_trial.services.session import Session
    from scs_trial.ui.door.first_start_page import FirstStartPage

_RECORDS = ("SCS Trial record or copy for reading (*.scs *-snapshot.json)", "All files (*)")


class DoorDesk(QObject):
    """Shows first start or log-in, and opens the record in the background.

    Signals
    -------
    opened
        The `Session` of the account that has entered.
    """

    opened = Signal(object)

    def __init__(
        self, window: MainWindow, door: Door, *, runner: TaskRunner, prompts: Prompts
    ) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._runner = runner
        self._prompts = prompts
        self._path = door.default_path()
        self._new: NewRecord | None = None
        self._damage: DamagedError | None = None
        self._log_in = LogInPage()
        self._log_in.log_in_requested.connect(self._on_log_in_requested)
        self._log_in.other_record_requested.connect(self._on_other_record_requested)
        self._log_in.demo_requested.connect(self.open_demo)
        self._log_in.forgotten.connect(self._on_log_in_forgotten)

    def start(self) -> None:
        """Show the log-in of the record that was open last, or the first start."""
        path = self._door.last_path()
        if path is None:
            self._window.show_door(self._first)
        else:
            self._show_log_in(path)

    @cached_property
    def _first(self) -> FirstStartPage:
        """The pages of the first start; most starts show the log-in and never need them."""
        from scs_trial.ui.door.first_start_page import FirstStartPage  # noqa: PLC0415
        from scs_trial.ui.door.print_key import print_key  # noqa: PLC0415

        page = FirstStartPage(self._path)
        page.create_requested.connect(self._on_create_requested)
        page.open_requested.connect(self._on_other_record_requested)
        page.demo_requested.connect(self.open_demo)
        page.folder_requested.connect(self._on_folder_requested)
        page.finished.connect(self._on_first_finished)
        page.print_requested.connect(partial(print_key, self._window))
        return page

    @Slot()
    def open_demo(self) -> None:
        """Make and open the demo clinic."""
        self._window.show_door(self._log_in)
        self._log_in.show_working("Making the demo clinic: synthetic patients in every state…")
        self._run(self._make_demo, title="Making the demo clinic")

    def come_in(self, path: Path, user_name: str, password: str, *, problem: str = "") -> None:
        """Show the log-in for the next person; a password that was typed already opens."""
        self._show_log_in(path, chosen=user_name)
        if problem:
            self._log_in.show_error(problem)
        if password:
            self._on_log_in_requested(user_name, password)

    def repair_next(self, error: DamagedError) -> None:
        """Lead to the repair once the password was typed: the open record was found damaged."""
        self._damage = error

    def _show_log_in(self, path: Path, *, chosen: str = "") -> None:
        self._path = path
        self._window.show_door(self._log_in)
        try:
            self._log_in.show_record(path, self._door.accounts(path), chosen=chosen)
        except UserError as error:
            self._log_in.show_record(path, ())
            self._log_in.show_error(str(error))

    @Slot(str, str)
    def _on_log_in_requested(self, user_name: str, password: str) -> None:
        self._log_in.show_working("Unlocking…")
        path = self._path

        damage, self._damage = self._damage, None

        def unlock(_progress: Progress) -> Session:
            if damage is not None:
                self._door.check_closed(path, user_name, password)
                raise damage
            return self._door.open(path, user_name, password)

        def refuse(error: UserError) -> None:
            self._refuse(error)
            if isinstance(error, DamagedError):
                self._offer_repair(path, user_name, password, error)
            if isinstance(error, MustChangePasswordError):
                self._ask_own_password(user_name, password)

        self._runner.run_task(unlock, on_done=self._enter, on_error=refuse, title="Unlocking")

    def _offer_repair(self, path: Path, user_name: str, password: str, error: DamagedError) -> None:
        """Say that the record is damaged, and lead up the ladder of repair."""
        from scs_trial.ui.door.repair_flow import RepairFlow  # noqa: PLC0415  (start-up time)

        flow = RepairFlow(self._window, self._door, path, runner=self._runner)
        flow.ended.connect(partial(self.come_in, path))
        flow.begin(user_name, password, error)

    def _ask_own_password(self, user_name: str, old: str) -> None:
        from scs_trial.ui.accounts.asking import new_password  # noqa: PLC0415  (start-up time)

        path, chosen = self._path, ""

        def store(texts: Mapping[str, str]) -> None:
            nonlocal chosen
            self._door.change_password(path, user_name, old=old, new=texts["new"])
            chosen = texts["new"]

        dialog = new_password(store, self._window, runner=self._runner)
        dialog.saved.connect(lambda: self._on_log_in_requested(user_name, chosen))
        dialog.open()

    @Slot()
    def _on_log_in_forgotten(self) -> None:
        from scs_trial.ui.accounts.asking import recovery  # noqa: PLC0415  (start-up time)

        path, user_name = self._path, self._log_in.chosen()
        entered: list[Session] = []

        def store(texts: Mapping[str, str]) -> None:
            entered.append(
                self._door.recover(path, user_name, texts["key"], new_password=texts["new"])
            )

        dialog = recovery(store, self._window, name=user_name, runner=self._runner)
        dialog.saved.connect(lambda: self._enter(entered[0]))
        dialog.open()

    @Slot(object, object)
    def _on_create_requested(self, path: Path, first: FirstAccount) -> None:
        self._first.show_working()
        zone = system_zone()

        def create(_progress: Progress) -> NewRecord:
            return self._door.create(path, first, zone=zone)

        self._runner.run_task(
            create,
            on_done=self._show_key,
            on_error=lambda error: self._first.show_error(str(error)),
            title="Making the record",
        )

    def _show_key(self, new: NewRecord) -> None:
        self._new = new
        self._first.show_recovery_key(new.recovery_key.replace("-", " ").split())

    @Slot()
    def _on_first_finished(self) -> None:
        if self._new is not None:
            new, self._new = self._new, None
            self.opened.emit(new.session)

    @Slot()
    def _on_folder_requested(self) -> None:
        self._prompts.open_folder("Where is the record kept?", on_chosen=self._take_folder)

    def _take_folder(self, folder: Path | None) -> None:
        if folder is not None:
            self._first.set_path(folder / self._door.default_path().name)

    @Slot()
    def _on_other_record_requested(self) -> None:
        self._prompts.open_file("Open a record", filters=_RECORDS, on_chosen=self._take_file)

    def _take_file(self, path: Path | None) -> None:
        if path is not None:
            self._show_log_in(path)

    def _make_demo(self, _progress: Progress) -> Session:
        return self._door.open_demo()

    def _run(self, fn: Callable[[Progress], Session], *, title: str) -> None:
        self._runner.run_task(fn, on_done=self._enter, on_error=self._refuse, title=title)

    def _enter(self, session: Session) -> None:
        self._log_in.leave()
        self.opened.emit(session)

    def _refuse(self, error: UserError) -> None:
        self._log_in.show_error(str(error))
