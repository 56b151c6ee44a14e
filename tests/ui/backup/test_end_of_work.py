"""The backup before the record is closed: seen, beside the screen, and said when it fails."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from scs_trial.data import restore
from scs_trial.domain.clinic import Role
from scs_trial.safekeeper import kept_session
from scs_trial.services.clinic_settings import save_settings
from scs_trial.services.safekeeping import list_backups
from scs_trial.ui.backup.backup_desk import BackupDesk
from scs_trial.ui.backup.end_of_work import UNATTENDED_MS, EndOfWork
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner
from scs_trial.ui.widgets.labels import PlainLabel
from tests.records import make_session
from tests.ui.door.test_lock import BOS, Station, _cheap
from tests.ui.scripted import ScriptedPrompts


@pytest.fixture
def station(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("scs_trial.record_door.RecordDoor._options", _cheap(monkeypatch))
    made = Station(qtbot, tmp_path, monkeypatch)
    yield made
    from scs_trial.ui.door.shift import Shift

    for shift in made.window.findChildren(Shift):
        shift.watch.stop()
        shift.lock._timer.stop()
    made.window.hold_close(None)
    made.window.close()
    made.door.close_without_backup()


def backups(station):
    return restore.folder_for(station.path).listed().backups


def end(window):
    return window.findChild(EndOfWork)


def said(page):
    return " ".join(label.text() for label in page.findChildren(PlainLabel))


def offered(page):
    return {b.objectName() for b in page.findChildren(QPushButton) if not b.isHidden()}


def close(station):
    """Close the window and wait until the backup was made, or could not be."""
    station.window.close()
    ending = end(station.window)
    station.qtbot.waitUntil(lambda: ending._closing)


def gone(station):
    station.qtbot.waitUntil(lambda: not station.window.isVisible())


def press(page, name):
    page.findChild(QPushButton, name).click()


def test_that_closing_the_window_backs_up_once_and_closes(station):
    close(station)
    gone(station)
    assert len(backups(station)) == 1
    station.door.close()
    assert len(backups(station)) == 1


def test_that_a_failed_backup_at_the_close_is_said_and_the_window_stays(station):
    (station.path.parent / "clinic-backups").write_text("in the way")
    close(station)
    page = end(station.window).page
    assert station.window.isVisible()
    assert page.isVisible()
    assert "was not backed up" in said(page)
    assert "backup folder can't be used" in said(page)
    assert offered(page) == {"ending.retry", "ending.copy", "ending.close"}
    for name in ("Okafor", "Lindqvist", "104882"):
        assert name not in station.texts()
    station.window.close()  # a second wish changes nothing
    assert page.isVisible()
    (station.path.parent / "clinic-backups").unlink()
    press(page, "ending.retry")
    gone(station)
    assert len(backups(station)) == 1


def test_that_the_window_closes_without_a_backup_when_told_to(station):
    (station.path.parent / "clinic-backups").write_text("in the way")
    close(station)
    press(end(station.window).page, "ending.close")
    gone(station)


def test_that_a_failure_that_nobody_answers_closes_in_the_end(station):
    (station.path.parent / "clinic-backups").write_text("in the way")
    close(station)
    nobody = end(station.window)._nobody
    assert nobody.isActive()
    assert nobody.interval() == UNATTENDED_MS
    nobody.timeout.emit()
    gone(station)


def test_that_a_copy_elsewhere_lets_the_window_close(station, tmp_path):
    (station.path.parent / "clinic-backups").write_text("in the way")
    close(station)
    ending = end(station.window)
    ending._save_copy(None)
    assert station.window.isVisible()
    ending._save_copy(tmp_path / "stick.scs")
    gone(station)
    assert (tmp_path / "stick.scs").exists()


def test_that_who_closes_a_locked_window_is_offered_no_copy(station):
    (station.path.parent / "clinic-backups").write_text("in the way")
    station.window.lock_requested.emit()
    close(station)
    assert offered(end(station.window).page) == {"ending.retry", "ending.close"}


def test_that_the_next_person_comes_in_after_the_backup(station):
    station.window.lock_requested.emit()
    station.log_in(BOS, "bo")
    assert len(backups(station)) == 1
    assert station.door._open.account.user_name == "bo"
    assert station.desk.area.isVisible()


def test_that_the_next_person_is_told_of_a_failed_backup_and_can_go_on(station):
    (station.path.parent / "clinic-backups").write_text("in the way")
    station.window.lock_requested.emit()
    station.log_in(BOS, "bo")
    page = end(station.window).page
    assert offered(page) == {"ending.retry", "ending.close"}
    press(page, "ending.close")
    assert station.door._open.account.user_name == "bo"


def test_that_with_nobody_there_the_key_is_dropped_and_the_log_in_says_the_problem(station):
    (station.path.parent / "clinic-backups").write_text("in the way")
    station.window.lock_requested.emit()
    station.wait(minutes=15)
    assert station.door._open is None
    assert "No backup was made" in station.said()


def test_that_what_the_copy_for_reading_lacks_is_written_at_the_close(station, tmp_path):
    session = station.door._open
    share = tmp_path / "share"
    share.mkdir()
    save_settings(session, replace(session.settings(), snapshot_folder=str(share)))
    station.window.findChild(BackupDesk).note_saved()
    close(station)
    assert (share / "clinic-snapshot.json").exists()


class SlowDoor:
    """A door whose backup goes from step to step when it is told to."""

    def __init__(self):
        self.steps = threading.Semaphore(0)
        self.begun = threading.Event()
        self.thread = None
        self.closed = False

    def secure(self, step, *, why=""):
        self.thread = threading.current_thread()
        self.begun.set()
        for _ in range(3):
            assert self.steps.acquire(timeout=10)
            step()

    def close_without_backup(self, *, why=""):
        self.closed = True

    def open_path(self):
        return None


@pytest.fixture
def slow(qtbot, tmp_path):
    plain = make_session(tmp_path)
    session = kept_session(plain.records, plain.account, clock=plain.clock)
    window = MainWindow()
    qtbot.addWidget(window)
    runner, prompts, door = ThreadRunner(window), ScriptedPrompts(), SlowDoor()
    desk = BackupDesk(window, session, runner=runner, prompts=prompts)
    ending = EndOfWork(window, session, door, desk, runner=runner, prompts=prompts)
    ending.hold()
    window.show()
    window.close()
    qtbot.waitUntil(lambda: ending._closing)
    yield window, ending, door
    door.steps.release(9)
    window.hold_close(None)
    window.close()
    runner.shut_down()


def test_that_a_slow_backup_leaves_the_window_alive_until_it_is_done(qtbot, slow):
    window, ending, door = slow
    assert door.begun.wait(10)
    assert door.thread is not threading.main_thread()
    assert window.isVisible()
    assert "Backing up…" in said(ending.page)
    assert offered(ending.page) == set()
    ending._patience.timeout.emit()
    assert offered(ending.page) == {"ending.skip"}
    door.steps.release(3)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert door.closed


def test_that_who_does_not_wait_ends_it_between_two_steps(qtbot, slow):
    window, ending, door = slow
    assert door.begun.wait(10)
    ending._patience.timeout.emit()
    press(ending.page, "ending.skip")
    assert "present step" in said(ending.page)
    assert window.isVisible()
    door.steps.release(1)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)


def test_that_a_cancelled_backup_leaves_nothing_behind(tmp_path):
    from scs_trial.domain.backups import BackupReason
    from scs_trial.errors import CancelledError
    from scs_trial.services.safekeeping import secure

    plain = make_session(tmp_path)
    session = kept_session(plain.records, plain.account, clock=plain.clock)

    def cancel():
        raise CancelledError

    with pytest.raises(CancelledError):
        secure(session, BackupReason.LOG_OUT, step=cancel)
    assert list_backups(session).backups == ()
    assert {path.suffix for path in (tmp_path / "clinic-backups").iterdir()} <= {".lock", ""}


def test_that_a_demo_closes_at_once(qtbot, tmp_path):
    session = make_session(tmp_path, roles=[Role.NURSE])
    window = MainWindow()
    qtbot.addWidget(window)
    runner, prompts = ImmediateRunner(), ScriptedPrompts()
    desk = BackupDesk(window, session, runner=runner, prompts=prompts)
    ending = EndOfWork(window, session, SlowDoor(), desk, runner=runner, prompts=prompts)
    ending.hold()
    window.show()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
