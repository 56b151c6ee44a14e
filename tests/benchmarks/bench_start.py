"""Start of the program, each in a fresh process, from before it starts to the painted window."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.benchmarks.measure import Bench, child

_FLOOR = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)

app = QApplication([])
window = Window()
window.show()
app.exec()
print(time.monotonic() - float(sys.argv[1]))
"""

_OURS = """
import sys, time
from functools import partial
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from scs_trial import app
from scs_trial.clock import SystemClock
from scs_trial.record_door import RecordDoor

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and watched.objectName() == "log_in.password":
            QTimer.singleShot(0, QApplication.quit)
        return False

door = RecordDoor(SystemClock(), given=Path(sys.argv[2]))

def fill(window):
    watch = Painted(window)
    QApplication.instance().installEventFilter(watch)
    return app.fill_first_screen(window, door=door)

app.run(fill)
print(time.monotonic() - float(sys.argv[1]))
"""

_MAKE = """
import sys
from pathlib import Path
from scs_trial.clock import SystemClock
from scs_trial.record_door import RecordDoor
from scs_trial.services.door import FirstAccount

first = FirstAccount(
    user_name="stone", display_name="Stone, Sam", password="a long enough phrase for one"
)
door = RecordDoor(SystemClock())
door.create(Path(sys.argv[2]), first, zone="UTC")
door.close()
print(0)
"""


@cache
def _record() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="scs-trial-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    child(_MAKE, str(folder / "clinic.scs"), HOME=str(folder))
    return folder / "clinic.scs"


def _ours() -> float:
    record = _record()
    return child(_OURS, str(record), HOME=str(record.parent))


def _floor() -> float:
    return child(_FLOOR)


BENCHES = [
    Bench(
        number="1",
        work="start to the painted log-in, accepting keys",
        against="PySide6, empty QMainWindow, shown",
        target=1.5,
        ours=_ours,
        floor=_floor,
    )
]
