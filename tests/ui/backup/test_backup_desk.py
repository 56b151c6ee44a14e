"""Backups in the window: the status line, the list, failures that are said, a restore."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableWidget, QWidget

from scs_trial.clock import FixedClock
from scs_trial.domain.backups import BackupReason
from scs_trial.domain.clinic import Role
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.safekeeper import kept_session
from scs_trial.services.safekeeping import list_backups
from scs_trial.ui.backup.backup_desk import HALF_HOUR_MS, BackupDesk
from scs_trial.ui.backup.backup_dialog import BackupDialog
from scs_trial.ui.backup.restore_dialog import RestoreDialog
from scs_trial.ui.backup.restore_flow import RestoreFlow
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.labels import PlainLabel
from tests.records import NOW, PASSWORD, make_session
from tests.ui.scripted import ScriptedPrompts


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def session(tmp_path, clock):
    plain = make_session(tmp_path, clock=clock)
    made = kept_session(plain.records, plain.account, clock=clock)
    with made.writing() as work:
        patient = work.patients.save(Patient(id=uuid4(), name="Okafor, Grace", mrn="1"))
        work.trials.save(Trial(id=uuid4(), patient_id=patient.id, trial_start=date(2026, 3, 2)))
        work.commit()
    return made


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def prompts():
    return ScriptedPrompts()


@pytest.fixture
def desk(window, session, prompts):
    made = BackupDesk(window, session, runner=ImmediateRunner(), prompts=prompts)
    made.start()
    yield made
    made.stop()


def status(window):
    return window.findChild(PlainLabel, "status.backup").text()


def press(dialog, name):
    dialog.findChild(QPushButton, name).click()


def said(dialog):
    return " ".join(label.text() for label in dialog.findChild(Banner).findChildren(PlainLabel))


def test_that_the_half_hour_backs_up_only_what_changed(desk, window, session, clock):
    assert desk._half_hour.interval() == HALF_HOUR_MS == 1_800_000
    assert desk._half_hour.isActive()
    assert status(window) == "No backup yet"
    desk._half_hour.timeout.emit()
    assert status(window) == "Backup 09:30, verified"
    clock.advance(timedelta(minutes=30))
    desk._half_hour.timeout.emit()
    (made,) = list_backups(session).backups
    assert made.reason is BackupReason.CHANGED


def test_that_a_backup_runs_beside_the_window(qtbot, window, session, prompts):
    runner = ThreadRunner()
    desk = BackupDesk(window, session, runner=runner, prompts=prompts)
    desk.start()
    window.commands.action("file.back_up").trigger()
    assert status(window) == "No backup yet"  # the window goes on
    qtbot.waitUntil(lambda: status(window) == "Backup 09:30, verified", timeout=10_000)
    desk.stop()
    runner.shut_down()


def test_that_a_failed_backup_says_so_once_and_stays_in_the_status_line(
    desk, window, prompts, tmp_path
):
    (tmp_path / "clinic-backups").write_text("in the way")
    for _ in range(2):
        desk.back_up_if_changed()
    assert status(window) == "Backup failed"
    assert [title for title, _ in prompts.asked] == ["The backup failed"]
    assert "older backups are whole" in prompts.asked[0][1]
    (tmp_path / "clinic-backups").unlink()
    desk.back_up_now()
    assert status(window) == "Backup 09:30, verified"


def test_that_a_second_folder_that_is_gone_is_said(desk, window, session):
    with session.writing() as work:
        settings = replace(work.settings.get(), second_backup_folder="/nowhere/at all")
        work.settings.save(settings)
        work.commit()
    desk.back_up_now()
    assert status(window) == "Backup verified; second folder not reached"


def test_that_a_save_puts_a_copy_for_reading_into_its_folder(desk, session, tmp_path):
    desk.note_saved()
    assert not desk._after_save.isActive()
    with session.writing() as work:
        work.settings.save(replace(work.settings.get(), snapshot_folder=str(tmp_path)))
        work.commit()
    desk.note_saved()
    assert desk._after_save.isActive()
    desk._after_save.timeout.emit()
    assert (tmp_path / "clinic-snapshot.json").exists()


def test_that_a_record_without_backups_has_no_commands(qtbot, window, tmp_path, prompts):
    (tmp_path / "plain").mkdir()
    plain = make_session(tmp_path / "plain")
    desk = BackupDesk(window, plain, runner=ImmediateRunner(), prompts=prompts)
    desk.start()
    desk.watch()
    desk.note_saved()
    assert not desk._half_hour.isActive()
    with pytest.raises(KeyError):
        window.commands.action("file.back_up")


def test_that_only_an_administrator_sees_the_list(window, tmp_path, prompts):
    (tmp_path / "nurse").mkdir()
    plain = make_session(tmp_path / "nurse", roles=[Role.NURSE])
    session = kept_session(plain.records, plain.account, clock=plain.clock)
    desk = BackupDesk(window, session, runner=ImmediateRunner(), prompts=prompts)
    desk.start()
    assert window.commands.action("file.back_up").isVisible()
    assert not window.commands.action("file.backups").isVisible()
    desk.stop()


@pytest.fixture
def dialog(window, session, prompts):
    return BackupDialog(session, runner=ImmediateRunner(), prompts=prompts, parent=window)


def test_that_the_list_makes_checks_and_tries_out(dialog, session, tmp_path, prompts):
    table = dialog.findChild(QTableWidget, "backups.list")
    assert table.rowCount() == 0
    assert not dialog.findChild(QPushButton, "backups.check").isEnabled()
    press(dialog, "backups.now")
    assert table.rowCount() == 1
    assert [table.item(0, column).text() for column in (0, 2, 5)] == ["09:30", "on demand", "first"]
    assert "opened and checked" in said(dialog)
    press(dialog, "backups.check")
    assert "is whole" in said(dialog)
    press(dialog, "backups.drill")
    assert "every byte" in said(dialog)
    prompts.add(tmp_path / "copy.scs")
    press(dialog, "backups.copy")
    assert (tmp_path / "copy.scs").exists()


def test_that_a_damaged_backup_is_said_in_the_list(dialog, session):
    press(dialog, "backups.now")
    listed = list_backups(session)
    path = listed.folder / listed.backups[0].name
    path.write_bytes(path.read_bytes()[:-1])
    press(dialog, "backups.check")
    assert "not the one that was written" in said(dialog)


def test_that_the_second_folder_is_named_in_the_list(dialog, session, tmp_path, prompts):
    prompts.add(tmp_path)
    press(dialog, "backups.second.choose")
    assert session.settings().second_backup_folder == str(tmp_path)
    press(dialog, "backups.now")
    assert dialog.findChild(QTableWidget, "backups.list").item(0, 5).text() == "both"
    press(dialog, "backups.second.none")
    assert session.settings().second_backup_folder == ""


def test_that_a_restore_asks_for_the_password_of_then(qtbot, dialog):
    press(dialog, "backups.now")
    press(dialog, "backups.restore")
    asked = dialog.findChild(RestoreDialog)
    line = asked.findChild(QLineEdit, "restore.password")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    press(asked, "restore.restore")
    assert asked.isVisible()
    line.setText(PASSWORD)
    with qtbot.waitSignal(dialog.restore_requested) as asked_for:
        press(asked, "restore.restore")
    assert asked_for.args == ["clinic-20260310T083000Z.scs", PASSWORD]


def shown(window):
    page = window.findChild(QWidget, "restoring")
    return " ".join(label.text() for label in page.findChildren(PlainLabel))


class _Door:
    """Says what was asked; closes where the real one would."""

    def __init__(self, error=None, *, closes=True):
        self.asked = []
        self._error = error
        self._path = Path("clinic.scs")
        self._closes = closes

    def open_path(self):
        return self._path

    def restore(self, *given):
        self.asked.append(given)
        if self._closes:
            self._path = None
        if self._error is not None:
            raise self._error
        return "clinic-kept-1"


@pytest.mark.parametrize("closes", [True, False])
def test_that_a_refused_restore_goes_on_where_the_record_is_open(
    qtbot, window, session, prompts, closes
):
    from scs_trial.errors import UserError

    door = _Door(UserError("The backup is damaged."), closes=closes)
    flow = RestoreFlow(window, door, session.account, runner=ImmediateRunner(), prompts=prompts)
    resumed = []
    flow.resumed.connect(lambda: resumed.append(True))
    with qtbot.waitSignal(flow.beginning):
        flow.restore("x.scs", "pass")
    assert door.asked == [("x.scs", "anna", "pass")]
    assert bool(resumed) is not closes
    assert bool(prompts.asked) is not closes
    assert ("damaged" in shown(window)) is closes


def test_that_a_restore_ends_with_what_was_kept(window, session, prompts):
    door = _Door()
    flow = RestoreFlow(window, door, session.account, runner=ImmediateRunner(), prompts=prompts)
    flow.restore("x.scs", "pass")
    assert "clinic-kept-1" in shown(window)
    assert not window.findChild(QWidget, "restoring").button.isHidden()


def test_that_the_real_door_restores_backs_up_at_the_end_and_refuses_in_time(tmp_path, monkeypatch):
    from scs_trial.data import faults
    from scs_trial.record_door import RecordDoor
    from scs_trial.services.safekeeping import back_up
    from tests.data import build
    from tests.records import RECORD_NAME

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    make_session(tmp_path).records.close()
    path = tmp_path / RECORD_NAME
    clock = FixedClock(NOW)
    door = RecordDoor(clock, given=path)
    session = door.open(path, "anna", PASSWORD)
    name = back_up(session).backup.name
    with session.writing() as work:
        work.patients.save(build.patient())
        work.commit()
    with pytest.raises(faults.WrongPasswordError):
        door.restore(name, "anna", "not the password of then")
    assert door.open_path() == path
    kept = door.restore(name, "anna", PASSWORD)
    assert (tmp_path / kept / RECORD_NAME).exists()
    assert door.open_path() is None
    session = door.open(path, "anna", PASSWORD)
    with session.reading() as work:
        assert work.patients.recent() == ()
    clock.advance(timedelta(minutes=5))
    door.close()
    again = RecordDoor(clock, given=path)
    newest = list_backups(again.open(path, "anna", PASSWORD)).backups[0]
    assert newest.reason is BackupReason.LOG_OUT
    again.close()


def test_that_the_name_of_the_program_stands_once_in_the_menu(desk, window):
    window.fill_menus()
    window.fill_menus()
    names = [
        label
        for label in window.menuBar().findChildren(PlainLabel)
        if label.text() == "SCS Trial" and not label.isHidden()
    ]
    assert len(names) == 1


def test_that_f1_helps_with_backups(qtbot, dialog):
    from PySide6.QtCore import Qt

    from scs_trial.ui.help.text_page import TextPage

    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    page = dialog.findChild(TextPage)
    words = " ".join(label.text() for label in page.findChildren(PlainLabel))
    assert "Backups, copies and repair" in words
    assert "newest whole backup" in words
    page.close()
    dialog.close()
