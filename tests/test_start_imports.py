"""What a start may load before the log-in takes keys; the rest comes while a password is typed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from scs_trial import quick_imports
from tests.records import make_record

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = {
    "PySide6",
    "shiboken6",
    "shibokensupport",
    "signature_bootstrap",
    "__feature__",
    "platformdirs",
}
OURS = {
    "app",
    "clock",
    "copy_door",
    "errors",
    "logging_setup",
    "paths",
    "platform",
    "quick_imports",
    "record_door",
    "data",
    "door_checks",
    "leaving",
    "work",
    "data.faults",
    "data.key_file",
    "data.key_types",
    "data.place",
    "data.schema",
    "data.search_keys",
    "data.slot_file",
    "data.slot_format",
    "data.triggers",
    "domain",
    "domain.tone",
    "services",
    "services.door",
    "ui",
    "ui.actions",
    "ui.door",
    "ui.door.door_desk",
    "ui.door.log_in_page",
    "ui.fonts",
    "ui.icons",
    "ui.main_window",
    "ui.prompts",
    "ui.shell",
    "ui.shell.demo_mark",
    "ui.shell.status_line",
    "ui.shell.user_corner",
    "ui.style_sheet",
    "ui.system_zone",
    "ui.tasks",
    "ui.text",
    "ui.theme",
    "ui.widgets",
    "ui.widgets.card",
    "ui.widgets.choice_box",
    "ui.widgets.field",
    "ui.widgets.labels",
}
SLOW = {"asyncio", "csv", "decimal", "fractions", "http", "importlib.metadata", "multiprocessing"}
SLOW |= {"sqlite3", "ssl", "socket", "unittest", "xml", "zoneinfo"}
_START = """
import json, sys
from pathlib import Path
before = set(sys.modules)
from PySide6.QtCore import QEvent, QObject, QTimer
from scs_trial import app
from scs_trial.clock import SystemClock
from scs_trial.record_door import RecordDoor

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, app.QApplication.quit)
        return False

def fill(window):
    desk = app.fill_first_screen(window, door=RecordDoor(SystemClock(), given=Path(sys.argv[1])))
    field = window.findChild(QObject, "log_in.password")
    field.installEventFilter(Painted(field))
    return desk

app.run(fill)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start")
    made = make_record(folder)
    made.records.close()
    done = subprocess.run(
        [sys.executable, "-c", _START, str(folder / "clinic.scs")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(folder)),
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_that_a_start_loads_no_package_but_qt_and_folders(loaded):
    roots = {name.partition(".")[0] for name in loaded}
    known = {name for name in roots if name in sys.stdlib_module_names or name.startswith("_")}
    assert roots - known <= FOREIGN | {"scs_trial"}


def test_that_a_start_loads_what_the_log_in_shows_and_no_more(loaded):
    ours = {name.partition(".")[2] for name in loaded if name.startswith("scs_trial.")}
    assert ours <= OURS
    assert "quick_imports" in ours


def test_that_a_start_loads_no_slow_part_of_the_standard_library(loaded):
    assert not loaded & SLOW


def test_that_modules_are_told_apart_by_name_and_not_by_their_source():
    import PySide6.QtCore  # noqa: F401

    assert quick_imports.skip_source_reading()
    assert quick_imports.uses_pyside(ModuleType("scs_trial.ui.theme"))
    assert not quick_imports.uses_pyside(ModuleType("sqlalchemy.orm"))
