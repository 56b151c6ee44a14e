"""500 keystrokes in a score, until verdict and plot are painted anew; prints their p99."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_TIMES = 500
_WARM_UP = 20
_LONGEST_MS = 5_000
_WIDTH, _HEIGHT = 1440, 900


class PaintWatch(QObject):
    """Ends a waiting loop when a widget, and all that is painted with it, was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._loop = QEventLoop()
        self._waits = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._waits and event.type() is QEvent.Type.Paint:
            self._waits = False
            QTimer.singleShot(0, self._loop.quit)
        return False

    def seconds(self, act: Callable[[], object]) -> float:
        """Return how long an act takes until the widget is painted."""
        guard = QTimer()
        guard.setSingleShot(True)
        guard.timeout.connect(lambda: self._loop.exit(1))
        guard.start(_LONGEST_MS)
        self._waits = True
        started = time.perf_counter()
        act()
        if self._loop.exec():
            raise SystemExit("the plot was not painted")
        return time.perf_counter() - started


def print_p99(seconds: list[float]) -> None:
    """Print the figure below which 99 of 100 lie."""
    ordered = sorted(seconds[_WARM_UP:])
    print(ordered[int(len(ordered) * 0.99)], flush=True)


def ours() -> None:
    """Keys in the score of a due day, in the shipped window."""
    from scs_trial.app import make_application
    from scs_trial.ui.desk.clinic_desk import ClinicDesk
    from scs_trial.ui.main_window import MainWindow
    from scs_trial.ui.prompts import DialogPrompts
    from scs_trial.ui.tasks import ImmediateRunner
    from tests.benchmarks.known import session_with_key

    make_application()
    session = session_with_key(Path(sys.argv[2]), bytes.fromhex(sys.argv[3]))
    window = MainWindow()
    window.resize(_WIDTH, _HEIGHT)
    desk = ClinicDesk(
        window,
        session,
        prompts=DialogPrompts(window),
        runner=ImmediateRunner(),
        record_text="",
        record_path="",
    )
    desk.start()
    window.show()
    board = desk.workspace.view.course.board
    loop = QEventLoop()
    board.plots_ready.connect(lambda: QTimer.singleShot(300, loop.quit))
    desk.open_patient(desk.today.next_to_call(None).patient.id)
    loop.exec()
    field = window.findChild(QWidget, "check_in.pain_average")
    field.setFocus()
    watch = PaintWatch(board.strips[0].plot.viewport())
    keys = "23456789"
    print_p99(
        [
            watch.seconds(lambda key=keys[number % 8]: QTest.keyClick(field, key))
            for number in range(_TIMES + _WARM_UP)
        ]
    )
    desk.stop()


def floor() -> None:
    """A bare plot with the items of our strip: set the data, and paint."""
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    pg.setConfigOptions(antialias=True)
    plot = pg.PlotWidget()
    plot.resize(560, 184)
    plot.setXRange(0, 560, padding=0)
    plot.setYRange(0, 10, padding=0)
    plot.showGrid(y=True)
    plot.addItem(pg.LinearRegionItem((0, 3.5), orientation="horizontal", movable=False))
    plot.addItem(pg.LinearRegionItem((300, 350), movable=False))
    for level in (7.5, 3.75):
        plot.addItem(pg.InfiniteLine(level, angle=0, pen=pg.mkPen(width=1.6)))
    plot.addItem(pg.ScatterPlotItem([10, 20, 30], [7, 8, 7.5], size=7))
    days, values = [100, 150, 200, 250, 300], [5.0, 4.0, 4.0, 3.0]
    line = plot.plot(days[:4], values, pen=pg.mkPen(width=2), symbol="o", symbolSize=11)
    draft = plot.plot([300], [3.0], pen=None, symbol="o", symbolSize=11)
    plot.show()
    watch = PaintWatch(plot.viewport())

    def key(value: float) -> None:
        line.setData(days, [*values, value])
        draft.setData([300], [value])

    print_p99(
        [
            watch.seconds(lambda value=2 + number % 8: key(value))
            for number in range(_TIMES + _WARM_UP)
        ]
    )
    del app
