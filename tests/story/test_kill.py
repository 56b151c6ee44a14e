"""The whole program is killed in the middle of a call; what a person finds after opening again."""

import os
import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QPlainTextEdit

from scs_trial.clock import FixedClock
from scs_trial.services.today import Section, TodayRow
from scs_trial.ui.today.today_model import TodayRole
from tests.records import RECORD_NAME, close_all, reopened
from tests.story.desk import desk_on, visible_texts
from tests.ui.check_in.conftest import SATURDAY_MORNING, build
from tests.ui.check_in.make import PATIENT

MOST_LOST_SECONDS = 0.5
TYPING_SECONDS = (1.1, 1.7, 2.3)


@pytest.fixture(autouse=True)
def closed():
    yield
    close_all()


@pytest.fixture
def station(tmp_path):
    """Start the program on a record with a running trial; it has its own home."""
    build(tmp_path, FixedClock(SATURDAY_MORNING)).records.close()
    home = tmp_path / "home"
    home.mkdir()
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    environment = {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"}
    started = []

    def start(what):
        command = [sys.executable, "-m", "tests.story.station", str(tmp_path), what]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def today_rows(window):
    view = window.findChild(QListView, "today.list")
    model = view.model()
    entries = [model.index(row).data(TodayRole.ENTRY) for row in range(model.rowCount())]
    return [entry for entry in entries if isinstance(entry, TodayRow)]


def test_that_a_weakness_stands_on_today_and_in_the_banner_after_a_kill(qtbot, station, tmp_path):
    process = station("weakness")
    assert process.stdout.readline() == "answered\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    window, desk = desk_on(qtbot, reopened(tmp_path / RECORD_NAME, FixedClock(SATURDAY_MORNING)))
    urgent = [row for row in today_rows(window) if row.section is Section.SAFETY]
    assert [row.patient.name for row in urgent] == [PATIENT.name]
    desk.open_patient(PATIENT.id)
    assert "weakness" in visible_texts(desk.workspace)
    desk.stop()


@pytest.mark.parametrize("seconds", TYPING_SECONDS)
def test_that_a_kill_amid_typing_loses_at_most_half_a_second(qtbot, station, tmp_path, seconds):
    process = station("notes")
    typed = [process.stdout.readline().split()]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        typed.append(process.stdout.readline().split())
    killed_at = time.monotonic()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    window, desk = desk_on(qtbot, reopened(tmp_path / RECORD_NAME, FixedClock(SATURDAY_MORNING)))
    qtbot.keyClick(window.findChild(QListView, "today.list"), Qt.Key.Key_Return)
    kept = desk.check_in.findChild(QPlainTextEdit, "check_in.note").toPlainText()
    safe = [digit for digit, at in typed if float(at) < killed_at - MOST_LOST_SECONDS]
    assert len(safe) > 1
    assert kept.startswith("".join(safe))
    assert "Brought back" in visible_texts(desk.check_in)
    desk.stop()
