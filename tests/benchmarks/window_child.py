"""The shipped window on a synthetic record, in a process of its own; prints one figure.

Run as ``python -c "from tests.benchmarks.window_child import ...; ..." STARTED RECORD KEY``.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from scs_trial import app

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from scs_trial.ui.desk.clinic_desk import ClinicDesk
    from scs_trial.ui.main_window import MainWindow


class Painted(QObject):
    """Calls once when a widget was painted, after everything that is painted with it."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._then: Callable[[], object] | None = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._then is not None:
            QTimer.singleShot(0, self._then)
            self._then = None
        return False


def _since_start() -> None:
    print(time.monotonic() - float(sys.argv[1]), flush=True)
    app.QApplication.quit()


def to_painted_log_in() -> None:
    """Until the log-in of the given record is painted and its password field has the focus."""
    from scs_trial.clock import SystemClock
    from scs_trial.record_door import RecordDoor

    door = RecordDoor(SystemClock(), given=Path(sys.argv[2]))

    def fill(window: MainWindow) -> object:
        desk = app.fill_first_screen(window, door=door)
        Painted(_named(window, "log_in.password"), _since_start)
        return desk

    app.run(fill, warm_up=lambda: app.load_screens(door))


def to_today() -> None:
    """Until the list of today is painted, on a record that is opened with its key."""
    _run_unlocked(lambda desk: Painted(desk.today.findChild(_view()).viewport(), _since_start))


def to_patient_memory() -> None:
    """Until a patient with plots is painted; prints the resident megabytes."""

    def measured() -> None:
        print(resident_mb(), flush=True)
        app.QApplication.quit()

    def open_one(desk: ClinicDesk) -> None:
        desk.workspace.view.course.board.plots_ready.connect(
            lambda: Painted(_plot(desk).viewport(), lambda: QTimer.singleShot(300, measured))
        )
        desk.open_patient(desk.today.next_to_call(None).patient.id)

    def after_paint(desk: ClinicDesk) -> None:
        Painted(desk.today.findChild(_view()).viewport(), lambda: open_one(desk))

    _run_unlocked(after_paint)


def from_enter_to_today() -> None:
    """From Enter on a password typed in three seconds to the painted list of today."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from scs_trial.clock import FixedClock
    from scs_trial.record_door import RecordDoor
    from tests.benchmarks.known import NOW, PASSWORD

    door = RecordDoor(FixedClock(NOW), given=Path(sys.argv[2]))
    entered = 0.0

    def shown() -> None:
        print(time.monotonic() - entered, flush=True)
        app.QApplication.quit()

    def fill(window: MainWindow) -> object:
        desk = app.fill_first_screen(window, door=door)
        field = _named(window, "log_in.password")

        def opened(_session: object) -> None:
            Painted(window.findChild(_view(), "today.list").viewport(), shown)

        def enter() -> None:
            nonlocal entered
            field.setText(PASSWORD)
            entered = time.monotonic()
            QTest.keyClick(field, Qt.Key.Key_Return)

        desk.opened.connect(opened)
        Painted(field, lambda: QTimer.singleShot(3_000, enter))
        return desk

    app.run(fill, warm_up=lambda: app.load_screens(door))
    door.close()


def resident_mb() -> float:
    """Return the resident memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _run_unlocked(then: Callable[[ClinicDesk], object]) -> None:
    def fill(window: MainWindow) -> object:
        from scs_trial.clock import FixedClock
        from scs_trial.record_door import RecordDoor
        from scs_trial.ui.door.door_desk import DoorDesk
        from scs_trial.ui.prompts import DialogPrompts
        from scs_trial.ui.tasks import ThreadRunner
        from tests.benchmarks.known import NOW, session_with_key

        door = RecordDoor(FixedClock(NOW), given=Path(sys.argv[2]))
        prompts, runner = DialogPrompts(window), ThreadRunner(window)
        window.closing.connect(runner.shut_down)
        entrance = DoorDesk(window, door, runner=runner, prompts=prompts)
        session = session_with_key(Path(sys.argv[2]), bytes.fromhex(sys.argv[3]))
        app.start_work(window, door, prompts, runner, session, entrance=entrance)
        from scs_trial.ui.desk.clinic_desk import ClinicDesk

        then(window.findChild(ClinicDesk))
        return entrance

    app.run(fill)


def _view() -> type:
    from PySide6.QtWidgets import QListView

    return QListView


def _named(window: QWidget, name: str) -> QWidget:
    from PySide6.QtWidgets import QWidget

    return window.findChild(QWidget, name)


def _plot(desk: ClinicDesk) -> QWidget:
    return desk.workspace.view.course.board.strips[0].plot
