"""A nurse asks by telephone and writes on paper: she is not locked out, and nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from tests.ui.check_in.typist import Typist
from tests.ui.door.test_lock import PIN, Station, _cheap


@pytest.fixture
def station(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("scs_trial.record_door.RecordDoor._options", _cheap(monkeypatch))
    made = Station(qtbot, tmp_path, monkeypatch)
    yield made
    made.end()


def test_that_a_nurse_who_writes_on_paper_is_not_locked_out_of_her_call(station, qtbot):
    pane = station.begin_call()
    Typist().type("4")  # the pain of yesterday; then the patient talks
    note = pane.findChild(QPlainTextEdit, "check_in.note")
    for minutes in (12, 19):  # longer than the ten minutes of the clinic's setting
        station.wait(minutes=minutes)
        assert not station.locked
        assert pane.in_call
        note.setFocus()
        qtbot.keyClicks(note, "x")  # and the count begins anew
    station.wait(minutes=20)
    assert station.locked  # nobody is there after all
    assert "Okafor" not in station.texts()
    station.type_in(PIN)
    assert not station.locked
    assert note.toPlainText() == "xx"
    assert pane.in_call  # the same call goes on
    station.wait(minutes=12)
    assert not station.locked


def test_that_without_a_call_the_clinics_minutes_count(station):
    pane = station.desk.check_in
    assert not pane.in_call
    station.wait(minutes=10)
    assert station.locked
