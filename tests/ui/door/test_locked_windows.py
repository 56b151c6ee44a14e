"""Whatever is open when the screen locks: nothing of any patient is left on it.

Every command of the work area is run on an open patient, and every window that other tests look
over is shown; then the screen locks. What is seen is compared, pixel by pixel, with a lock in front
of an empty work area.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from scs_trial.services.review_trial import reload_workspace
from tests.ui.door.test_lock import PIN, Station, _cheap
from tests.ui.seen import visible_texts
from tests.ui.test_every_window import WINDOWS

CANARIES = ("Okafor", "Grace", "104882", "Lindqvist", "104901", "slept on her side")
LEAVES = {"app.lock", "file.log_out", "file.close"}
"""Commands that end what is shown."""
TYPED = "slept on her side"


@pytest.fixture
def station(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("scs_trial.record_door.RecordDoor._options", _cheap(monkeypatch))
    made = Station(qtbot, tmp_path, monkeypatch)
    yield made
    made.end()


def windows(station):
    """Return every other window that can be seen."""
    tops = QApplication.topLevelWidgets()
    return [top for top in tops if top.isVisible() and top is not station.window]


def locked_grab(station):
    station.window.lock_requested.emit()
    if (focus := QApplication.focusWidget()) is not None:
        focus.clearFocus()  # no blinking cursor
    image = station.window.grab().toImage()
    assert station.locked
    return image


def unlock(station):
    station.type_in(PIN)
    assert not station.locked


def close_all(station):
    for top in windows(station):
        top.close()


def check(station, empty, what):
    """Lock, and compare with a lock in front of nothing."""
    seen = locked_grab(station)
    assert windows(station) == [], what
    texts = visible_texts()
    clipboard = QGuiApplication.clipboard().text()
    for word in CANARIES:
        assert word not in texts, (what, word)
        assert word not in clipboard, (what, word)
    assert seen == empty, what


def test_that_no_window_shows_a_patient_while_the_screen_is_locked(station, qtbot):
    empty = locked_grab(station)
    unlock(station)
    pane = station.begin_call()
    note = pane.findChild(QPlainTextEdit, "check_in.note")
    note.setFocus()
    qtbot.keyClicks(note, TYPED)
    assert "Okafor" in visible_texts()
    check(station, empty, "the check-in")
    unlock(station)
    assert note.toPlainText() == TYPED
    asked = station.desk.check_in.form.subject.patient.id
    opened = 0
    for command in station.window.commands.available():
        if command.id in LEAVES:
            continue
        station.window.commands.action(command.id).trigger()
        there = [top for top in windows(station) if isinstance(top, QDialog)]
        opened += len(there)
        check(station, empty, command.id)
        unlock(station)
        kept = [top for top in there if top.windowType() is not Qt.WindowType.Popup]
        assert all(top.isVisible() for top in kept), command.id
        close_all(station)
    assert opened > 20
    station.desk.open_patient(asked)
    kept = station.desk.check_in.findChild(QPlainTextEdit, "check_in.note").toPlainText()
    assert kept == TYPED


@pytest.mark.parametrize("name", WINDOWS)
def test_that_a_window_beside_the_work_area_is_hidden_too(station, qtbot, name):
    empty = locked_grab(station)
    unlock(station)
    session = station.door._open
    review = reload_workspace(session, station.first_patient()).review
    window: QWidget = WINDOWS[name](session, review)
    qtbot.addWidget(window)
    window.setWindowTitle("Okafor, Grace")
    window.show()
    check(station, empty, name)
    assert not window.isVisible()
