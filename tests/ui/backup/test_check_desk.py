"""Checks of the open record in the background: weekly in full, damage said above every page."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import text

from scs_trial.clock import FixedClock
from scs_trial.data import engine
from scs_trial.domain.clinic import Role
from scs_trial.domain.patient import Patient
from scs_trial.errors import DamagedError
from scs_trial.safekeeper import kept_session
from scs_trial.services.check_record import LAST, check_pages, full_check_due, last_check_words
from scs_trial.services.review_trial import open_workspace
from scs_trial.ui.backup.check_desk import CheckDesk
from scs_trial.ui.backup.end_of_work import EndOfWork
from scs_trial.ui.door.repair_page import RepairPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner
from scs_trial.ui.widgets.labels import PlainLabel
from tests.data import build
from tests.data.test_read_copy import Rooms
from tests.records import NOW, PASSWORD, RECORD_NAME, make_session
from tests.ui.door.test_lock import Station, _cheap


class Kept:
    """A record with patients that is open and backed up."""

    def __init__(self, folder, roles=tuple(Role)):
        self.clock = FixedClock(NOW)
        plain = make_session(folder, clock=self.clock, roles=roles)
        self.session = kept_session(plain.records, plain.account, clock=self.clock)
        self.path = folder / RECORD_NAME
        with self.session.writing() as work:
            for _ in range(40):
                work.patients.save(build.patient())
            work.commit()

    def damage(self, table):
        """Flip a bit on a page of a table, with the log written into the file before."""
        key = self.session.records.keys.data_key
        raw = engine.connect(self.path, key)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        page = raw.execute(query, (table,)).fetchone()[0] - 1
        raw.close()
        self.session.records._engines.dispose()  # no connection has the page in its memory
        with self.path.open("r+b") as file:
            file.seek(page * 4096 + 1000)
            byte = file.read(1)
            file.seek(page * 4096 + 1000)
            file.write(bytes([byte[0] ^ 1]))


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path)


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    return made


def said(desk):
    return " ".join(label.text() for label in desk.banner.findChildren(PlainLabel))


def test_that_all_is_checked_once_a_week_and_the_day_is_kept(kept):
    session = kept.session
    assert last_check_words(session) == "The record was not checked in full yet."
    assert check_pages(session)
    assert last_check_words(session) == "Record checked in full: 09:30."
    assert not check_pages(session)
    kept.clock.advance(timedelta(days=6, hours=23))
    assert not full_check_due(session)
    kept.clock.advance(timedelta(hours=1))
    assert full_check_due(session)
    assert check_pages(session)
    kept.clock.advance(timedelta(days=1))
    assert last_check_words(session) == "Record checked in full: Tue 17 Mar, 09:30."


def test_that_a_clock_set_back_makes_it_due(kept):
    check_pages(kept.session)
    kept.clock.move_to(NOW - timedelta(days=100))
    assert full_check_due(kept.session)


def test_that_writing_goes_on_while_a_check_reads(kept):
    records = kept.session.records
    with records._engines.reader.connect() as reader:
        reader.begin()
        engine.check_pages(reader)
        with kept.session.writing() as work:
            work.patients.save(build.patient())
            work.commit()
        engine.check_pages(reader)  # the file is as it was: the write is in the log
    records.check()


def test_that_checks_beside_busy_writers_raise_no_false_alarm(kept):
    stop = threading.Event()

    def write():
        for number in count():
            if stop.wait(0.01):
                return
            with kept.session.writing() as work:
                work.patients.save(Patient(id=uuid4(), name="A", mrn=f"busy {number}"))
                work.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(15):
            kept.session.records.check()
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize("table", ["patient", "audit"])
def test_that_damage_is_said_above_every_page_with_the_way_out(kept, window, qtbot, table):
    desk = CheckDesk(window, kept.session, runner=ImmediateRunner())
    desk.start()
    kept.damage(table)
    desk._first.timeout.emit()
    assert desk.banner.isVisible()
    assert "The record is damaged" in said(desk)
    assert "newest whole backup" in said(desk)
    with qtbot.waitSignal(desk.repair_requested) as asked:
        desk.banner.findChild(QPushButton, "damage.repair").click()
    assert isinstance(asked.args[0], DamagedError)
    desk.leave()


def test_that_a_broken_trail_is_said(kept, window):
    raw = engine.connect(kept.path, kept.session.records.keys.data_key)
    raw.execute("DROP TRIGGER tr_audit_update")
    raw.execute("UPDATE audit SET reason = 'quiet' WHERE seq = 3")
    raw.close()
    desk = CheckDesk(window, kept.session, runner=ImmediateRunner())
    desk.check()
    assert "audit trail of the record is broken: at row 3" in said(desk)
    with kept.session.reading() as work:
        assert work.settings.record_info(LAST) is None
        assert work._connection.execute(text("select count(*) from audit")).scalar()
    desk.leave()


def test_that_a_nurse_is_told_whom_to_ask(tmp_path, window):
    kept = Kept(tmp_path, [Role.NURSE])
    desk = CheckDesk(window, kept.session, runner=ImmediateRunner())
    kept.damage("patient")
    desk.check()
    assert "Ask an administrator" in said(desk)
    assert desk.banner.findChild(QPushButton, "damage.repair") is None
    desk.leave()


def test_that_the_check_runs_beside_the_window(kept, window, qtbot):
    runner = ThreadRunner(window)
    desk = CheckDesk(window, kept.session, runner=runner)
    desk.start()
    assert desk._again.isActive()
    desk.check()
    assert desk._checking
    qtbot.waitUntil(lambda: not desk._checking, timeout=10_000)
    assert not desk.banner.isVisible()
    assert not full_check_due(kept.session)
    desk.check_if_due()
    assert not desk._checking
    desk.leave()
    runner.shut_down()


def test_that_damage_found_at_work_leads_to_the_repair(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("scs_trial.record_door.RecordDoor._options", _cheap(monkeypatch))
    station = Station(qtbot, tmp_path, monkeypatch)
    kept = Kept.__new__(Kept)
    kept.session, kept.path = station.door._open, station.path
    kept.damage("sqlite_autoindex_patient_1")
    checks = station.window.findChild(CheckDesk)
    checks.check()
    checks.banner.findChild(QPushButton, "damage.repair").click()
    ending = station.window.findChild(EndOfWork)
    assert "log-in then offers the repair" in ending.page.accessibleName()
    ending.page.findChild(QPushButton, "ending.close").click()
    assert station.door._open is None
    station.log_in(PASSWORD)
    page = station.window.findChild(RepairPage)
    assert page.isVisible()
    page.findChild(QPushButton, "repair.repair").click()
    page.findChild(QPushButton, "repair.back").click()
    station.log_in(PASSWORD)
    assert station.desk.area.isVisible()
    station.window.close()
    qtbot.waitUntil(lambda: not station.window.isVisible())


def test_that_what_was_read_elsewhere_is_taken_over_after_the_opening(
    tmp_path, monkeypatch, window
):
    rooms = Rooms(tmp_path, monkeypatch)
    open_workspace(rooms.enter(), rooms.patient.id)
    desk = CheckDesk(window, rooms.keeper, runner=ImmediateRunner())
    desk.start()
    desk._first.timeout.emit()
    assert len(rooms.rows("open")) == 1
    rooms.share.rename(tmp_path / "away")
    desk._again.timeout.emit()  # waits, and disturbs nobody
    assert not desk.banner.isVisible()
    desk.leave()
    rooms.close()
