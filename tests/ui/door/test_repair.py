"""A damaged record at the log-in: the window leads up the ladder of repair, each step said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from sqlalchemy import text

from scs_trial.clock import FixedClock
from scs_trial.record_door import RecordDoor
from scs_trial.ui.door.door_desk import DoorDesk
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.door.repair_page import LADDER, RepairPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner
from scs_trial.ui.widgets.labels import PlainLabel
from tests.data.test_restore import Clinic
from tests.records import NOW, PASSWORD, RECORD_NAME
from tests.ui.door.test_lock import _cheap
from tests.ui.scripted import ScriptedPrompts


class Entrance:
    """The window at the log-in of a real record, damaged before."""

    def __init__(self, qtbot, clinic, monkeypatch, folder):
        monkeypatch.setattr("scs_trial.record_door.RecordDoor._options", _cheap(monkeypatch))
        monkeypatch.setattr("scs_trial.record_door.config_folder", lambda: folder / "config")
        self.qtbot = qtbot
        self.door = RecordDoor(FixedClock(NOW), given=clinic.path)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.runner = ThreadRunner(self.window)
        self.sessions = []
        self.use(ImmediateRunner())

    def use(self, runner):
        self.desk = DoorDesk(self.window, self.door, runner=runner, prompts=ScriptedPrompts())
        self.desk.opened.connect(self.sessions.append)
        self.desk.start()
        self.window.show()

    def log_in(self):
        page = next(p for p in self.window.findChildren(LogInPage) if p.isVisible())
        field = page.findChild(QLineEdit, "log_in.password")
        self.qtbot.keyClicks(field, PASSWORD)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def page(self):
        found = [p for p in self.window.findChildren(RepairPage) if p.isVisible()]
        return found[0] if found else None

    def said(self, name):
        return self.page().findChild(PlainLabel, f"repair.{name}").text()

    def press(self, name):
        button = self.page().findChild(QPushButton, f"repair.{name}")
        assert button.isVisible()
        assert button.isEnabled()
        button.click()

    def trail(self):
        with self.sessions[-1].reading() as work:
            rows = work._connection.execute(text("select action from audit order by seq"))
            return [row.action for row in rows]


@pytest.fixture
def clinic(tmp_path):
    return Clinic(tmp_path)


@pytest.fixture
def entrance(qtbot, clinic, monkeypatch, tmp_path):
    made = Entrance(qtbot, clinic, monkeypatch, tmp_path)
    yield made
    made.runner.shut_down()
    made.window.close()
    made.door.close_without_backup()


def test_that_a_damaged_index_is_mended_from_the_log_in_and_work_goes_on(entrance, clinic):
    before = clinic.damage(clinic.page_of("sqlite_autoindex_patient_1"))
    entrance.log_in()
    assert entrance.said("title") == "The record is damaged"
    assert "password is right" in entrance.said("text")
    shown = " ".join(label.text() for label in entrance.page().findChildren(PlainLabel))
    for step in LADDER:
        assert step in shown
    assert clinic.path.read_bytes() == before  # nothing happens before it is asked for
    entrance.press("repair")
    assert entrance.said("title") == "The record is whole again"
    steps = entrance.said("steps").splitlines()
    assert "was kept in the folder clinic-kept-" in steps[0]
    assert "made it whole" in steps[-1]
    entrance.press("back")
    assert entrance.page() is None
    entrance.log_in()
    assert len(entrance.sessions) == 1
    assert entrance.trail()[-2:] == ["repair_record", "log_in"]
    assert clinic.path.with_name("clinic-kept-20260310T083000Z").joinpath(RECORD_NAME).exists()


def test_that_each_step_is_said_while_the_window_lives(qtbot, entrance, clinic):
    name = clinic.back_up()
    clinic.add(2)
    clinic.damage(clinic.page_of("audit"), clinic.page_of("patient"))
    entrance.log_in()
    entrance.page().left.emit()
    entrance.use(entrance.runner)
    entrance.log_in()
    qtbot.waitUntil(lambda: entrance.page() is not None, timeout=10_000)
    entrance.press("repair")
    assert entrance.said("title") == "Repairing…"
    entrance.window.close()
    assert entrance.window.isVisible()  # not while files are put in their place
    title = "The record is whole again"
    qtbot.waitUntil(lambda: entrance.said("title") == title, timeout=20_000)
    steps = entrance.said("steps")
    for words in ("Building its indexes anew did not", "Reading its rows", "with gaps", name):
        assert words in steps


def test_that_a_repair_that_fails_says_so_and_can_be_tried_again(entrance, clinic):
    damaged = clinic.damage(0)
    entrance.log_in()
    entrance.press("repair")
    assert entrance.said("title") == "The record could not be repaired"
    assert "No step mended" in entrance.said("text")
    assert clinic.path.read_bytes() == damaged
    entrance.press("repair")
    assert "No step mended" in entrance.said("text")
    entrance.press("back")
    assert entrance.page() is None


def test_that_a_wrong_password_leads_to_no_repair(entrance, clinic):
    clinic.damage(clinic.page_of("patient"))
    page = entrance.window.findChild(LogInPage)
    field = page.findChild(QLineEdit, "log_in.password")
    entrance.qtbot.keyClicks(field, "not the password at all")
    entrance.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entrance.page() is None
