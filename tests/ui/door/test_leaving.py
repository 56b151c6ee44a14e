"""Log-out, another person, the key dropped: on the trail of a real record, by whom and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QPushButton, QWidget

from scs_trial.domain.clinic import Role
from scs_trial.services.accounts import add_account, change_account
from scs_trial.ui.ledgers.ledger_dialog import LedgerDialog
from scs_trial.ui.settings.settings_dialog import SettingsDialog
from scs_trial.ui.widgets.choice_box import ChoiceBox
from tests.records import PASSWORD
from tests.ui.door.test_lock import BOS, PIN, Station, _cheap

ADAS = "ada keeps the house"
PAST_THE_PIN = timedelta(minutes=15)
ROOMS = (
    ("view.accounts", "accounts"),
    ("file.backups", "backups"),
    ("view.audit", "audit"),
    ("view.own_password", "own_password"),
)


@pytest.fixture
def station(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("scs_trial.record_door.RecordDoor._options", _cheap(monkeypatch))
    made = Station(qtbot, tmp_path, monkeypatch)
    yield made
    made.end()


def told(station):
    """Return what happened at the door: who, what, why."""
    from sqlalchemy import text

    with station.door._open.reading() as work:
        rows = work._connection.execute(
            text("select actor, action, reason from audit where entity = 'account' order by seq")
        )
        doors = ("log_in", "log_out", "lock", "unlock", "unlock_with_pin")
        return [tuple(row) for row in rows if row.action in doors]


def trigger(station, command):
    station.window.commands.action(command).trigger()


def test_that_a_log_out_keeps_the_draft_and_stands_on_the_trail(station, qtbot):
    pane = station.begin_call()
    note = pane.findChild(QPlainTextEdit, "check_in.note")
    note.setFocus()
    qtbot.keyClicks(note, "slept on her side")
    trigger(station, "file.log_out")
    assert station.locked
    assert station.door._open is None
    assert "Okafor" not in station.texts()
    station.log_in(PASSWORD)
    assert told(station) == [
        ("anna", "log_in", ""),
        ("anna", "log_out", ""),
        ("anna", "log_in", ""),
    ]
    station.begin_call()
    kept = station.desk.check_in.findChild(QPlainTextEdit, "check_in.note").toPlainText()
    assert kept == "slept on her side"


def test_that_a_change_of_person_is_told_with_both(station):
    station.window.lock_requested.emit()
    station.log_in(BOS, "bo")
    assert told(station)[-3:] == [
        ("anna", "lock", ""),
        ("anna", "log_out", "another person comes in"),
        ("bo", "log_in", ""),
    ]


def test_that_a_dropped_key_is_told(station):
    station.window.lock_requested.emit()
    station.wait(minutes=15)
    station.log_in(PASSWORD)
    assert told(station)[-2:] == [
        ("anna", "log_out", "locked for 15 minutes"),
        ("anna", "log_in", ""),
    ]


def test_that_the_pin_is_refused_when_the_time_passed_unseen(station):
    """The computer may have been held between two ticks of the lock's timer."""
    station.window.lock_requested.emit()
    station.clock.advance(PAST_THE_PIN)
    station.type_in(PIN)
    assert station.door._open is None
    assert station.locked
    assert station.caption() == "Password"


def test_that_a_nurses_settings_are_the_own_keys_alone(station):
    station.window.lock_requested.emit()
    station.log_in(BOS, "bo")
    trigger(station, "view.settings")
    dialog = station.window.findChildren(SettingsDialog)[-1]
    steps = dialog.findChild(QListWidget, "settings.pages")
    assert [steps.item(row).text() for row in range(steps.count())] == [
        "Backups",
        "My password and PIN",
    ]
    assert not dialog.findChild(QPushButton, "settings.save").isVisible()
    dialog.findChild(QPushButton, "settings.view.own_pin").click()
    assert station.window.findChild(LedgerDialog, "own_pin").isVisible()


def test_that_an_administrator_finds_every_room_in_the_settings(station):
    trigger(station, "view.settings")
    dialog = station.window.findChildren(SettingsDialog)[-1]
    steps = dialog.findChild(QListWidget, "settings.pages")
    titles = [steps.item(row).text() for row in range(steps.count())]
    assert titles[-4:] == ["Accounts", "Backups", "Record check", "My password and PIN"]
    for row, (door, window) in enumerate(ROOMS, start=len(titles) - 4):
        steps.setCurrentRow(row)
        button = dialog.findChild(QPushButton, f"settings.{door}")
        assert button.isVisible()
        button.click()
        opened = station.window.findChild(QWidget, window)
        assert opened.isVisible()
        opened.close()


def test_that_who_only_manages_the_record_comes_in_and_sees_nobody(station, qtbot):
    session = station.door._open
    ada = add_account(session, user_name="ada", display_name="Ada", roles=[Role.ADMINISTRATOR])
    session.keys.add(ada.account, ADAS)
    station.window.lock_requested.emit()
    station.log_in(ADAS, "ada")
    assert not station.locked
    assert "Patients are closed to this account" in station.texts()
    assert "Okafor" not in station.texts()
    button = station.window.findChildren(QWidget, "today.closed")[-1].button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (box,) = station.boxes()
    station.answer(box, "seizure at night")
    assert "Okafor" in station.texts()
    station.desk.open_patient(station.first_patient())
    assert "104882" in station.texts()
    station.clock.advance(PAST_THE_PIN * 5)
    station.desk.reload_today()
    assert "Okafor" not in station.texts()
    assert "104882" not in station.texts()


def test_that_ones_own_changed_roles_end_the_shift(station, qtbot):
    session = station.door._open
    bo = next(line for line in station.accounts() if line.user_name == "bo")
    change_account(session, bo.id, display_name="Bo", roles=[Role.ADMINISTRATOR], reason="x")
    trigger(station, "view.accounts")
    accounts = station.window.findChild(QWidget, "accounts")
    accounts.findChild(QListWidget, "accounts.list").setCurrentRow(0)
    accounts.findChild(QPushButton, "accounts.change").click()
    form = accounts.findChild(LedgerDialog)
    form.findChild(ChoiceBox, "account.roles").choose("nurse")
    form.findChild(QPushButton, "account.save").click()
    assert station.locked
    station.log_in(PASSWORD)
    assert not station.window.commands.action("view.accounts").isVisible()


def test_that_a_role_lost_meanwhile_is_refused_and_nothing_breaks(station):
    here = station.door._open
    with here.writing() as work:
        work.accounts.save(replace(here.account, roles=frozenset({Role.ADMINISTRATOR})))
        work.commit()
    station.desk.reload_today()
    assert "Okafor" not in station.texts()
