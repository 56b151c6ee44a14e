"""The second room: the window on a copy for reading, through log-in, lock and a newer copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QTableView

from scs_trial.app import start_work
from scs_trial.assemble import first_settings
from scs_trial.clock import FixedClock
from scs_trial.data.options import Options
from scs_trial.domain.patient import Patient
from scs_trial.errors import UserError
from scs_trial.record_door import RecordDoor
from scs_trial.safekeeper import kept_session
from scs_trial.services.audit_port import AuditQuery
from scs_trial.services.clinic_settings import save_settings
from scs_trial.services.register_patient import save_patient
from scs_trial.services.safekeeping import write_snapshot
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.desk.commands import COMMANDS, ON_A_COPY
from scs_trial.ui.desk.copy_desk import CopyDesk
from scs_trial.ui.door.door_desk import DoorDesk
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.door.shift import Shift
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.labels import PlainLabel
from tests.records import CHEAP, PASSWORD, make_session
from tests.ui.desk.test_clinic_desk import start_trial
from tests.ui.scripted import ScriptedPrompts

START = datetime(2026, 3, 10, 8, 41, tzinfo=UTC)


class SecondRoom:
    """The record in one room; in the other the program on its copy."""

    def __init__(self, qtbot, folder, monkeypatch):
        self.qtbot = qtbot
        self.clock = FixedClock(START)
        settings = first_settings("Europe/Berlin")
        plain = make_session(folder, clock=self.clock, settings=settings)
        self.trial = start_trial(plain, "Okafor, Grace", "104882")
        self.keeper = kept_session(plain.records, plain.account, clock=self.clock)
        share = folder / "share"
        share.mkdir()
        save_settings(self.keeper, replace(self.keeper.settings(), snapshot_folder=str(share)))
        write_snapshot(self.keeper)
        self.pointer = share / "clinic-snapshot.json"
        for module in ("record_door", "copy_door"):
            monkeypatch.setattr(f"scs_trial.{module}.config_folder", lambda: folder / "room 2")
        monkeypatch.setattr(
            "scs_trial.record_door.RecordDoor._options",
            lambda door: Options(clock=door._clock, cost=CHEAP, workstation="room 2"),
        )
        monkeypatch.setattr("scs_trial.platform.Posix.slept_seconds", lambda _self: 0.0)
        self.door = RecordDoor(self.clock, given=self.pointer)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.prompts, self.runner = ScriptedPrompts(), ImmediateRunner()
        self.entrance = DoorDesk(self.window, self.door, runner=self.runner, prompts=self.prompts)
        self.entrance.opened.connect(self.work)
        self.entrance.start()
        self.window.show()

    def work(self, session):
        self.session = session
        start_work(
            self.window, self.door, self.prompts, self.runner, session, entrance=self.entrance
        )

    def log_in(self):
        page = next(p for p in self.window.findChildren(LogInPage) if p.isVisible())
        field = page.findChild(QLineEdit, "log_in.password")
        self.qtbot.keyClicks(field, PASSWORD)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    @property
    def desk(self):
        return self.window.findChildren(ClinicDesk)[-1]

    @property
    def follower(self):
        return self.window.findChild(CopyDesk)

    def said(self):
        banner = self.follower.banner
        assert banner.isVisible()
        return " ".join(label.text() for label in banner.findChildren(PlainLabel))

    def visible(self, prefix):
        return {
            button.objectName()
            for button in self.window.findChildren(QAbstractButton)
            if button.isVisible() and button.objectName().startswith(prefix)
        }

    def close(self):
        for shift in self.window.findChildren(Shift):
            shift.watch.stop()
            shift.lock._timer.stop()
        self.window.close()
        self.door.close()


@pytest.fixture
def room(qtbot, tmp_path, monkeypatch):
    made = SecondRoom(qtbot, tmp_path, monkeypatch)
    yield made
    made.close()


def test_that_the_header_says_as_of_when_and_how_old(room):
    room.log_in()
    assert "Copy for reading, as of 09:41" in room.said()
    assert "Less than a minute old." in room.said()
    room.clock.advance(timedelta(minutes=12))
    room.follower.look()
    assert "12 minutes old" in room.said()
    room.clock.advance(timedelta(days=1))
    room.follower.look()
    assert "as of Tue 10 Mar, 09:41" in room.said()
    assert "1 day old" in room.said()


def test_that_only_reading_is_offered(room, qtbot):
    room.log_in()
    commands = {command.id for command in room.window.commands.available()}
    assert commands <= ON_A_COPY
    room.desk.open_patient(room.trial.patient_id)
    assert {command.id for command in room.window.commands.available()} == ON_A_COPY
    assert ON_A_COPY - {"app.lock"} <= {command.id for command in COMMANDS}
    assert room.visible("workspace.action.") == {"workspace.action.page"}
    for prefix in (
        "workspace.record.edit",
        "workspace.programs",
        "workspace.hint",
        "rail.settings",
    ):
        assert room.visible(prefix) == set()
    assert not room.desk.check_in.isVisible()
    table = room.window.findChild(QTableView, "course.table")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 2))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.findChild(QLineEdit) is None
    with pytest.raises(UserError, match="can only be read"):
        save_patient(room.session, Patient(id=uuid4(), name="New, Nora", mrn="3"))


def test_that_what_was_opened_stands_in_the_trail_of_the_record(room, qtbot):
    room.log_in()
    qtbot.keyClick(room.window.findChild(QListView, "today.list"), Qt.Key.Key_Return)
    room.window.lock_requested.emit()
    room.clock.advance(timedelta(minutes=1))
    write_snapshot(room.keeper)
    with room.keeper.reading() as work:
        rows = work.audit.search(AuditQuery(actor="anna"))
    acts = {(row.action, row.workstation) for row in rows if "copy for reading" in row.reason}
    assert acts == {("log_in", "room 2"), ("open", "room 2"), ("lock", "room 2")}


def test_that_a_newer_copy_is_shown_by_itself(room):
    room.log_in()
    room.desk.open_patient(room.trial.patient_id)
    room.clock.advance(timedelta(minutes=20))
    start_trial(room.keeper, "Lindqvist, Per", "104901")
    write_snapshot(room.keeper)
    assert "as of 09:41" in room.said()
    room.follower._timer.timeout.emit()
    assert "as of 10:01" in room.said()
    assert room.desk.today._model.rowCount() > 2
    assert room.desk.workspace.shown.patient.name == "Okafor, Grace"


def test_that_a_share_that_is_away_is_said_and_reading_goes_on(room):
    room.log_in()
    hidden = room.pointer.with_suffix(".away")
    room.pointer.rename(hidden)
    room.follower.look()
    assert "no copy for reading at this place" in room.said()
    room.desk.open_patient(room.trial.patient_id)
    hidden.rename(room.pointer)
    room.follower.look()
    assert "no copy" not in room.said()


def test_that_the_lock_hides_the_patient_and_the_password_opens_again(room):
    room.log_in()
    room.desk.open_patient(room.trial.patient_id)
    room.clock.advance(timedelta(minutes=10))
    room.window.findChild(Shift).watch.look()
    assert not room.desk.area.isVisible()
    assert "as of 09:41" in room.said()
    room.log_in()
    assert room.desk.area.isVisible()


def test_that_a_copy_that_is_away_at_the_start_says_so_at_the_log_in(qtbot, room):
    room.pointer.rename(room.pointer.with_suffix(".away"))
    room.entrance.start()
    page = room.window.findChild(LogInPage)
    assert "no copy for reading" in page.findChild(PlainLabel, "log_in.state").text()


def test_that_the_copied_page_says_as_of_when(room, qapp):
    room.log_in()
    room.desk.open_patient(room.trial.patient_id)
    room.window.commands.action("reports.copy_text").trigger()
    text = " ".join(qapp.clipboard().text().split())
    assert "from a copy for reading as of 10 Mar 2026 09:41" in text
    qapp.clipboard().clear()


def test_that_a_second_log_in_takes_the_words_of_the_first_away(room):
    room.log_in()
    room.clock.advance(timedelta(minutes=10))
    room.window.findChild(Shift).watch.look()
    room.clock.advance(timedelta(minutes=15))
    room.window.findChild(Shift).lock.look()
    banners = room.window.findChildren(Banner, "copy")
    assert not [banner for banner in banners if banner.isVisible()]
