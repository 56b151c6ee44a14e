"""Idle lock, PIN, the next person: on a real encrypted record, with a clock that is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)
from sqlalchemy import text

from scs_trial.app import start_work
from scs_trial.assemble import first_settings
from scs_trial.clock import FixedClock
from scs_trial.domain.clinic import Role
from scs_trial.record_door import RecordDoor
from scs_trial.services.accounts import add_account
from scs_trial.services.own_keys import set_own_pin
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.door.door_desk import DoorDesk
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.door.shift import Shift
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import DialogPrompts
from scs_trial.ui.tasks import ImmediateRunner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from tests.records import CHEAP, PASSWORD, RECORD_NAME, make_session
from tests.ui.desk.test_clinic_desk import start_trial
from tests.ui.seen import visible_texts

PIN = "402817"
BOS = "bo has a password"
START = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


class Sleeper:
    """Says how long the computer slept."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Station:
    """The program on a record with two patients and two accounts."""

    def __init__(self, qtbot, folder, monkeypatch):
        self.qtbot = qtbot
        self.clock = FixedClock(START)
        self.sleeper = Sleeper()
        self.path = folder / RECORD_NAME
        made = make_session(folder, clock=self.clock, settings=first_settings("Europe/Berlin"))
        start_trial(made, "Okafor, Grace", "104882")
        start_trial(made, "Lindqvist, Per", "104901")
        bo = add_account(made, user_name="bo", display_name="Bo Berg", roles=[Role.NURSE])
        made.keys.add(bo.account, BOS)
        set_own_pin(made, password=PASSWORD, digits=PIN)
        made.records.close()
        monkeypatch.setattr("scs_trial.record_door.config_folder", lambda: folder / "config")
        monkeypatch.setattr("scs_trial.platform.Posix.slept_seconds", lambda _self: self.sleeper())
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.door = RecordDoor(self.clock, given=self.path)
        runner, prompts = ImmediateRunner(), DialogPrompts(self.window)
        self.entrance = DoorDesk(self.window, self.door, runner=runner, prompts=prompts)
        self.entrance.opened.connect(
            lambda session: start_work(
                self.window, self.door, prompts, runner, session, entrance=self.entrance
            )
        )
        self.entrance.start()
        self.window.show()
        self.log_in(PASSWORD)

    def page(self):
        return next(p for p in self.window.findChildren(LogInPage) if p.isVisible())

    def log_in(self, password, user_name="anna"):
        page = self.page()
        page.findChild(ChoiceBox, "log_in.account").choose(user_name)
        self.type_in(password)

    def type_in(self, password):
        field = self.page().findChild(QLineEdit, "log_in.password")
        field.clear()
        self.qtbot.keyClicks(field, password)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def said(self):
        return self.page().findChild(QLabel, "log_in.state").text()

    def caption(self):
        return self.page().findChild(QLineEdit, "log_in.password").accessibleName()

    @property
    def desk(self):
        return self.window.findChildren(ClinicDesk)[-1]

    @property
    def shift(self):
        return self.window.findChildren(Shift)[-1]

    @property
    def locked(self):
        return any(page.isVisible() for page in self.window.findChildren(LogInPage))

    def wait(self, **step):
        self.clock.advance(timedelta(**step))
        self.shift.watch.look()
        self.shift.lock.look()

    def begin_call(self):
        view = self.window.findChild(QListView, "today.list")
        self.qtbot.keyClick(view, Qt.Key.Key_Return)
        pane = self.desk.check_in
        pane.take_focus()
        self.qtbot.keyClick(QApplication.focusWidget() or pane, Qt.Key.Key_Return)
        return pane

    def trail(self):
        session = self.door._open
        with session.reading() as work:
            rows = work._connection.execute(text("select action from audit order by seq"))
            return [row.action for row in rows]

    def accounts(self):
        with self.door._open.reading() as work:
            return work.accounts.all()

    def first_patient(self):
        with self.door._open.reading() as work:
            return work.patients.by_mrn("104882").id

    def boxes(self):
        return [
            w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
        ]

    def answer(self, box, words):
        self.qtbot.keyClicks(box.findChild(QLineEdit, "question.text"), words)
        box.findChild(QPushButton, "question.yes").click()

    def end(self):
        for shift in self.window.findChildren(Shift):
            shift.watch.stop()
            shift.lock._timer.stop()
        self.window.close()
        self.door.close()

    def texts(self):
        return visible_texts()


@pytest.fixture
def station(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("scs_trial.record_door.RecordDoor._options", _cheap(monkeypatch))
    made = Station(qtbot, tmp_path, monkeypatch)
    yield made
    made.end()


def _cheap(_monkeypatch):
    from scs_trial.data.options import Options

    return lambda self: Options(clock=self._clock, cost=CHEAP, workstation="here")


def test_that_nobody_there_for_ten_minutes_locks_and_input_keeps_it_open(station):
    station.wait(minutes=9)
    assert not station.locked
    station.qtbot.keyClick(station.window, Qt.Key.Key_Shift)
    station.wait(minutes=9)
    assert not station.locked
    station.wait(minutes=1)
    assert station.locked
    assert station.trail()[-1] == "lock"


def test_that_only_real_input_counts(station, qtbot):
    station.clock.advance(timedelta(minutes=9, seconds=59))
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(station.window, key)  # the program's own event
    station.wait(seconds=1)
    assert station.locked


def test_that_a_mouse_that_lies_still_does_not_count(station):
    watch = station.shift.watch
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(5, 5),
        QPointF(5, 5),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert watch._moved(move)
    assert not watch._moved(move)


def test_that_a_call_holds_the_lock_for_twenty_minutes(station):
    pane = station.begin_call()
    assert pane.in_call
    station.wait(minutes=19, seconds=59)
    assert not station.locked
    station.wait(seconds=1)
    assert station.locked


def test_that_sleep_locks_at_once(station):
    station.sleeper.seconds = 1.0
    station.wait(seconds=1)
    assert not station.locked
    station.sleeper.seconds = 30.0
    station.wait(seconds=1)
    assert station.locked


def test_that_the_clinics_own_minutes_count(station):
    from dataclasses import replace

    from scs_trial.services.clinic_settings import save_settings

    session = station.door._open
    save_settings(session, replace(session.settings(), idle_lock_minutes=3))
    station.desk.settings_changed.emit()
    station.wait(minutes=3)
    assert station.locked


def test_that_locked_nothing_about_patients_is_seen_or_run_and_all_is_back_after_the_pin(
    station, qtbot
):
    pane = station.begin_call()
    note = pane.findChild(QPlainTextEdit, "check_in.note")
    note.setFocus()
    qtbot.keyClicks(note, "slept on her side")
    box = QDialog(station.window)
    QVBoxLayout(box).addWidget(QLabel("Okafor, Grace"))
    box.open()
    assert "Okafor" in station.texts()
    station.window.lock_requested.emit()
    for word in ("Okafor", "Lindqvist", "104882", "slept on her side"):
        assert word not in station.texts()
    assert not box.isVisible()
    late = QDialog(station.window)
    QVBoxLayout(late).addWidget(QLabel("Okafor, Grace"))
    late.open()
    qtbot.waitUntil(lambda: not late.isVisible())
    assert not [c.id for c in station.window.commands.available()]
    assert station.caption() == "PIN"
    station.type_in(PIN)
    assert not station.locked
    assert box.isVisible()
    assert pane.findChild(QPlainTextEdit, "check_in.note").toPlainText() == "slept on her side"
    assert station.trail()[-2:] == ["lock", "unlock_with_pin"]
    assert [c.id for c in station.window.commands.available()]
    box.close()
    late.close()


def test_that_a_grab_of_the_locked_window_is_that_of_an_empty_clinic(station, qtbot):
    station.begin_call()
    station.window.lock_requested.emit()
    seen = station.window.grab().toImage()
    assert station.window.findChild(QStackedWidget).currentWidget() is station.page()
    assert not station.window.menuBar().isVisible()
    assert not station.window.statusBar().isVisible()
    colours = {seen.pixelColor(x, y).rgb() for x in range(0, 300, 3) for y in range(0, 300, 3)}
    assert len(colours) == 1  # nothing but the ground where the lists were


def test_that_three_wrong_pins_ask_for_the_password_and_stand_on_the_trail(station):
    station.window.lock_requested.emit()
    for left in ("2 tries left", "One try left", "Type the password"):
        station.type_in("999999")
        assert left in station.said()
    assert station.caption() == "Password"
    station.type_in(PIN)
    assert station.locked
    station.type_in(PASSWORD)
    assert not station.locked
    assert station.trail()[-5:] == ["failed_log_in"] * 4 + ["unlock"]


def test_that_after_fifteen_minutes_the_key_is_dropped_and_the_draft_is_offered(station, qtbot):
    pane = station.begin_call()
    note = pane.findChild(QPlainTextEdit, "check_in.note")
    note.setFocus()
    qtbot.keyClicks(note, "slept on her side")
    station.window.lock_requested.emit()
    station.wait(minutes=14, seconds=59)
    assert station.door._open is not None
    station.wait(seconds=1)
    assert station.door._open is None
    assert station.locked
    assert station.caption() == "Password"
    station.log_in(PASSWORD)
    assert not station.locked
    station.begin_call()
    kept = station.desk.check_in.findChild(QPlainTextEdit, "check_in.note").toPlainText()
    assert kept == "slept on her side"


def test_that_the_next_person_comes_in_and_each_keeps_their_own_draft(station, qtbot):
    pane = station.begin_call()
    note = pane.findChild(QPlainTextEdit, "check_in.note")
    note.setFocus()
    qtbot.keyClicks(note, "slept on her side")
    station.window.lock_requested.emit()
    station.page().findChild(ChoiceBox, "log_in.account").choose("bo")
    assert station.caption() == "Password"
    station.type_in("wrong")
    assert "wrong" in station.said()
    assert station.door._open.account.user_name == "anna"
    station.log_in(BOS, "bo")
    assert not station.locked
    assert station.door._open.account.user_name == "bo"
    assert not station.window.commands.action("view.accounts").isVisible()
    pane = station.begin_call()
    assert pane.findChild(QPlainTextEdit, "check_in.note").toPlainText() == ""
    station.window.lock_requested.emit()
    station.log_in(PASSWORD, "anna")
    station.begin_call()
    kept = station.desk.check_in.findChild(QPlainTextEdit, "check_in.note").toPlainText()
    assert kept == "slept on her side"


def test_that_the_link_leads_from_the_pin_to_the_password(station, qtbot):
    station.window.lock_requested.emit()
    link = station.page().findChild(QPushButton, "log_in.use_password")
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert station.caption() == "Password"
    station.type_in(PASSWORD)
    assert not station.locked


def test_that_wrong_passwords_at_the_lock_wait_too(station):
    station.window.lock_requested.emit()
    link = station.page().findChild(QPushButton, "log_in.use_password")
    link.click()
    for _ in range(5):
        station.type_in("wrong")
    station.type_in(PASSWORD)
    assert "Wait 30 s" in station.said()
    station.clock.advance(timedelta(seconds=30))
    station.type_in(PASSWORD)
    assert not station.locked


def test_that_a_one_time_password_leads_to_an_own_one_and_in(station, qtbot):
    from scs_trial.services.accounts import give_one_time_password
    from scs_trial.ui.ledgers.ledger_dialog import LedgerDialog

    session = station.door._open
    with session.reading() as work:
        bo = next(a for a in work.accounts.all() if a.user_name == "bo")
    once = give_one_time_password(session, bo.id).one_time_password
    station.window.lock_requested.emit()
    station.log_in(once, "bo")
    assert "must be changed" in station.said()
    dialog = station.window.findChild(LedgerDialog, "new_password")
    for name in ("new", "again"):
        qtbot.keyClicks(dialog.form.editor(name), "seven grey herons stand")
    qtbot.keyClick(dialog.findChild(QPushButton, "new_password.save"), Qt.Key.Key_Space)
    assert not station.locked
    assert station.door._open.account.user_name == "bo"
