"""A copy for reading in another room: read-only, followed, every reading noted and taken over."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from scs_trial.clock import FixedClock
from scs_trial.copy_door import open_session
from scs_trial.data import read_copy, reads
from scs_trial.data.faults import WrongPasswordError
from scs_trial.data.options import Options
from scs_trial.domain.clinic import Role
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import ReadOnlyCopyError, UserError
from scs_trial.safekeeper import kept_session
from scs_trial.services.accounts import add_account, remove_account
from scs_trial.services.audit_port import AuditQuery
from scs_trial.services.clinic_settings import save_settings
from scs_trial.services.door import TooManyTriesError
from scs_trial.services.register_patient import save_patient
from scs_trial.services.review_trial import open_workspace
from scs_trial.services.safekeeping import write_snapshot
from scs_trial.services.session import Session
from scs_trial.services.take_over_reads import REASON, SPOILED, TAKEN, take_over_reads
from scs_trial.services.verify_record import verify_record
from tests.records import CHEAP, NOW, PASSWORD, WORKSTATION, make_session

ROOM = "room 2"


class Rooms:
    """The record in one room, its copy on a share, and a second room that reads it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = FixedClock(NOW)
        plain = make_session(folder, clock=self.clock)
        kept = kept_session(plain.records, plain.account, clock=self.clock)
        self.keeper = replace(kept, workstation=WORKSTATION)
        self.share = folder / "share"
        self.share.mkdir()
        self.state = folder / "state of room 2"
        monkeypatch.setattr("scs_trial.copy_door.config_folder", lambda: self.state)
        self.patient = Patient(id=uuid4(), name="Okafor, Grace", mrn="1")
        self.add(self.patient)
        settings = replace(self.keeper.settings(), snapshot_folder=str(self.share))
        save_settings(self.keeper, settings)
        write_snapshot(self.keeper)
        self.pointer = self.share / "clinic-snapshot.json"
        self._open: list[Session] = []

    def add(self, patient: Patient) -> None:
        with self.keeper.writing() as work:
            work.patients.save(patient)
            trial = Trial(id=uuid4(), patient_id=patient.id, trial_start=date(2026, 3, 2))
            work.trials.save(trial)
            work.commit()

    def enter(self, user_name: str = "anna", password: str = PASSWORD) -> Session:
        options = Options(clock=self.clock, cost=CHEAP, workstation=ROOM)
        session, _ = open_session(self.pointer, user_name, password, options)
        self._open.append(session)
        return session

    def later(self, **step: int) -> None:
        self.clock.advance(timedelta(**step))

    def notes(self) -> list[Path]:
        return sorted(self.share.glob("*.reads"))

    def rows(self, action: str) -> list[object]:
        with self.keeper.reading() as work:
            found = work.audit.search(AuditQuery(action=action))
        return [row for row in found if row.reason == REASON]

    def close(self) -> None:
        for session in self._open:
            session.records.close()


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    made = Rooms(tmp_path, monkeypatch)
    yield made
    made.close()


def test_that_a_copy_is_read_in_another_room_and_nothing_in_it_changes(rooms):
    room = rooms.enter()
    assert room.as_of == NOW
    assert room.safekeeper is None
    copy = next(rooms.share.glob("*.scs"))
    before = copy.read_bytes()
    workspace = open_workspace(room, rooms.patient.id)
    assert workspace.patient.name == "Okafor, Grace"
    assert workspace.review is not None
    assert workspace.review.as_of == NOW
    with pytest.raises(ReadOnlyCopyError, match="computer that keeps the record"):
        save_patient(room, replace(rooms.patient, name="Okafor, G"))
    with room.writing() as work, pytest.raises(ReadOnlyCopyError):
        work.patients.save(replace(rooms.patient, name="Okafor, G"))
    assert copy.read_bytes() == before


def test_that_a_reading_lands_in_the_trail_of_the_record_once(rooms):
    room = rooms.enter()
    rooms.later(minutes=7)
    open_workspace(room, rooms.patient.id)
    (notes,) = rooms.notes()
    for canary in (b"Okafor", b"anna", str(rooms.patient.id).encode(), ROOM.encode()):
        assert canary not in notes.read_bytes()
        assert canary not in base64.b64decode(notes.read_bytes().split(b"\n")[0])
    rooms.later(minutes=10)
    assert take_over_reads(rooms.keeper) == 1
    assert take_over_reads(rooms.keeper) == 0
    (row,) = rooms.rows("open")
    assert (row.actor, row.workstation, row.patient_id) == ("anna", ROOM, rooms.patient.id)
    told = json.loads(row.new)
    assert told["read_at"] == "2026-03-10T08:37:00.000000Z"
    assert told["as_of"] == "2026-03-10T08:30:00.000000Z"
    assert (told["taken_over_by"], told["taken_over_at"]) == ("anna", WORKSTATION)
    open_workspace(room, rooms.patient.id)
    assert write_snapshot(rooms.keeper)  # takes over first
    assert len(rooms.rows("open")) == 2
    assert verify_record(rooms.keeper).holds


def test_that_a_crash_between_two_files_takes_none_twice(rooms, monkeypatch):
    for _ in range(2):
        open_workspace(rooms.enter(), rooms.patient.id)
    assert len(rooms.notes()) == 2
    from scs_trial.services import take_over_reads as module

    take, calls = module._take, []

    def cut(session, batch, taken):
        if calls:
            raise KeyboardInterrupt
        calls.append(batch)
        take(session, batch, taken)

    monkeypatch.setattr(module, "_take", cut)
    with pytest.raises(KeyboardInterrupt):
        take_over_reads(rooms.keeper)
    monkeypatch.undo()
    assert len(rooms.rows("open")) == 1
    assert take_over_reads(rooms.keeper) == 1
    assert len(rooms.rows("open")) == 2


@pytest.mark.parametrize("spoil", ["moved", "changed", "another file"])
def test_that_a_spoiled_line_is_told_and_the_others_are_taken(rooms, spoil):
    room = rooms.enter()
    for _ in range(3):
        open_workspace(room, rooms.patient.id)
    (notes,) = rooms.notes()
    lines = notes.read_bytes().splitlines(keepends=True)
    if spoil == "moved":
        notes.write_bytes(lines[0] + lines[2] + lines[1])
    elif spoil == "changed":
        notes.write_bytes(lines[0] + b"AAAA" + lines[1][4:] + lines[2])
    else:
        notes.rename(notes.with_name(f"clinic-{'0' * 16}.reads"))
    good = {"moved": 1, "changed": 2, "another file": 0}[spoil]
    assert take_over_reads(rooms.keeper) == good
    with rooms.keeper.reading() as work:
        (row,) = work.audit.search(AuditQuery(action=SPOILED))
    assert json.loads(row.new) == {"lines": str(3 - good)}


def test_that_a_half_written_line_waits(rooms):
    open_workspace(rooms.enter(), rooms.patient.id)
    (notes,) = rooms.notes()
    whole = notes.read_bytes()
    notes.write_bytes(whole[:-1])
    assert take_over_reads(rooms.keeper) == 0
    notes.write_bytes(whole)
    assert take_over_reads(rooms.keeper) == 1


def test_that_a_folder_that_takes_no_note_keeps_it_here_and_gets_it_later(rooms, monkeypatch):
    room = rooms.enter()
    real = reads.ReadsFile._append

    def refuse(self, folder, entries):
        if folder == rooms.share:
            raise PermissionError(13, "read-only")
        real(self, folder, entries)

    monkeypatch.setattr(reads.ReadsFile, "_append", refuse)
    open_workspace(room, rooms.patient.id)
    assert room.copy.noted_here
    assert rooms.notes() == []
    monkeypatch.undo()
    monkeypatch.setattr("scs_trial.copy_door.config_folder", lambda: rooms.state)
    open_workspace(room, rooms.patient.id)
    assert not room.copy.noted_here
    assert take_over_reads(rooms.keeper) == 2


def test_that_nothing_is_shown_where_no_note_can_be_kept(rooms, monkeypatch):
    room = rooms.enter()

    def refuse(self, folder, entries):
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(reads.ReadsFile, "_append", refuse)
    with pytest.raises(UserError):
        open_workspace(room, rooms.patient.id)


def test_that_a_newer_copy_is_noticed_and_read(rooms):
    room = rooms.enter()
    assert not room.copy.renew()
    rooms.later(minutes=5)
    other = Patient(id=uuid4(), name="Lindqvist, Per", mrn="2")
    rooms.add(other)
    write_snapshot(rooms.keeper)
    assert room.copy.newest() == rooms.clock.now() > room.as_of
    assert room.copy.renew()
    assert room.as_of == rooms.clock.now()
    assert open_workspace(room, other.id).patient.name == "Lindqvist, Per"


def test_that_changed_ways_in_ask_for_a_new_log_in(rooms):
    added = add_account(rooms.keeper, user_name="bo", display_name="Bo", roles=[Role.NURSE])
    room = rooms.enter()
    rooms.later(minutes=5)
    remove_account(rooms.keeper, added.account.id, reason="left")
    write_snapshot(rooms.keeper)
    with pytest.raises(UserError, match="log in again"):
        room.copy.renew()
    assert room.as_of == NOW
    open_workspace(room, rooms.patient.id)  # noted with the record's secret, not with the old key
    assert take_over_reads(rooms.keeper) == 1
    assert rooms.enter().as_of == rooms.clock.now()


def test_that_a_wrong_password_is_counted_on_the_reading_computer(rooms):
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            rooms.enter(password="not it, not it, not it")
    with pytest.raises(TooManyTriesError):
        rooms.enter()
    assert {path.suffix for path in rooms.share.iterdir()} == {".scs", ".keys", ".json"}


def test_that_a_one_time_password_is_changed_where_the_record_is(rooms):
    added = add_account(rooms.keeper, user_name="bo", display_name="Bo", roles=[Role.NURSE])
    rooms.later(minutes=1)
    write_snapshot(rooms.keeper)
    with pytest.raises(UserError, match="computer that keeps the record"):
        rooms.enter("bo", added.one_time_password)


def test_that_a_copy_without_the_secret_of_notes_is_refused(rooms, monkeypatch):
    monkeypatch.setattr(reads, "SECRET", "another_name")
    with pytest.raises(UserError, match="older program"):
        rooms.enter()


def test_that_the_secret_is_not_in_the_trail(rooms):
    with rooms.keeper.reading() as work:
        secret = work.settings.record_info(reads.SECRET)
        rows = work.audit.search(AuditQuery(action="record_info", limit=None))
    assert len(secret) == 64
    assert rows
    assert all(secret not in (row.new or "") for row in rows)


def test_that_an_old_file_of_notes_is_cleared_away(rooms):
    open_workspace(rooms.enter(), rooms.patient.id)
    assert take_over_reads(rooms.keeper) == 1
    (notes,) = rooms.notes()
    rooms.clock.move_to(rooms.clock.now().replace(year=2100))
    assert take_over_reads(rooms.keeper) == 0
    assert not notes.exists()
    with rooms.keeper.reading() as work:
        assert work.settings.record_info(TAKEN) == "{}"


def test_that_the_names_at_the_log_in_come_from_the_newest_copy(rooms):
    assert [one.user_name for one in read_copy.account_names(rooms.pointer)] == ["anna"]
    rooms.pointer.unlink()
    with pytest.raises(UserError, match="no copy for reading"):
        read_copy.account_names(rooms.pointer)
