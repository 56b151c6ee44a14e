"""Backups of a real record: each is opened and checked; whatever fails leaves nothing behind."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scs_trial import platform
from scs_trial.data import backup as backups
from scs_trial.data import faults, ledger, seal, slots, way_in
from scs_trial.data.backup import BackupDamagedError, BackupFolder, Plan
from scs_trial.data.look import look
from scs_trial.data.open import open_record
from scs_trial.data.seal import BackupFailedError
from scs_trial.domain.backups import BackupReason, Made
from scs_trial.platform import Windows
from scs_trial.services.session import Session
from tests.data import build, children, small_backup_disk
from tests.records import NOW, PASSWORD, RECORD_NAME, options, reopened

STEM = Path(RECORD_NAME).stem


def plan(minutes: float = 0, **changes: Any) -> Plan:
    base = Plan(
        at=NOW + timedelta(minutes=minutes), reason=BackupReason.ON_DEMAND, zone=ZoneInfo("UTC")
    )
    return replace(base, **changes)


def folder_of(session: Session) -> BackupFolder:
    return BackupFolder(backups.folder_of(record_of(session)), stem=STEM)


def record_of(session: Session) -> Path:
    return Path(session.records.keys.path)


def key_of(session: Session) -> bytes:
    return bytes(session.records.keys.data_key)


def make(session: Session, minutes: float = 0, **changes: Any) -> Made:
    """Make a backup; open and check it as a person would, too."""
    folder = folder_of(session)
    made = folder.make(record_of(session), key_of(session), plan(minutes, **changes))
    folder.verify(made.backup, key_of(session))
    apart = apart_from(folder, made)
    opened = open_record(apart, "anna", PASSWORD, options=options())
    opened.records.check()
    opened.records.close()
    return made


def apart_from(folder: BackupFolder, made: Made) -> Path:
    """Return a copy of a backup in a folder of its own: opening a record writes to it."""
    apart = folder.folder.with_name(f"{made.backup.name}-apart") / RECORD_NAME
    apart.parent.mkdir(exist_ok=True)
    seal.copy_private(folder.path(made.backup), apart)
    seal.copy_keys(folder.path(made.backup), apart)
    return apart


def fill(session: Session, patients: int = 20) -> None:
    with session.writing() as work:
        for _ in range(patients):
            work.patients.save(build.patient())
        work.commit()


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if file.suffix != ".lock"}


def test_that_a_backup_holds_all_and_is_listed(session):
    fill(session)
    made = make(session)
    backup = made.backup
    folder = folder_of(session)
    assert backup.name == "clinic-20260310T083000Z.scs"
    assert backup.rows["patient"] == 20
    with session.reading() as work:
        head = work.audit.head()
    assert (backup.audit_seq, backup.audit_digest) == (head.seq, head.digest)
    assert folder.listed().backups == (backup,)
    assert names(folder.folder) == {backup.name, f"{backup.name}.keys", ledger.NAME}
    assert folder.path(backup).stat().st_mode & 0o777 == 0o600
    assert folder.folder.stat().st_mode & 0o777 == 0o700
    assert ledger.sha256_of(folder.path(backup)) == backup.sha256


def test_that_a_backup_is_not_changed_by_looking_at_it(session):
    made = make(session)
    folder = folder_of(session)
    folder.verify(made.backup, key_of(session))
    assert ledger.sha256_of(folder.path(made.backup)) == made.backup.sha256
    assert names(folder.folder) == {made.backup.name, f"{made.backup.name}.keys", ledger.NAME}


def test_that_saving_goes_on_while_a_backup_is_made(session):
    patient = build.patient()
    with session.writing() as work:
        work.patients.save(patient)
        folder = folder_of(session)
        made = folder.make(record_of(session), key_of(session), plan())
        work.commit()
    assert made.backup.rows["patient"] == 0  # as it was before that save
    assert make(session, 1).backup.rows["patient"] == 1


def test_that_what_is_still_in_the_log_is_in_the_backup(session):
    fill(session, 3)
    assert record_of(session).with_name(f"{RECORD_NAME}-wal").stat().st_size > 0
    assert make(session).backup.rows["patient"] == 3


def test_that_older_backups_are_thinned_and_two_in_a_second_have_two_names(session):
    first, again = make(session), make(session, 0.005)
    assert again.backup.name == first.backup.name.replace(".scs", "-2.scs")
    late = make(session, minutes=60 * 24 * 30)
    folder = folder_of(session)
    listed = [held.name for held in folder.listed().backups]
    assert listed == [again.backup.name, late.backup.name]
    assert names(folder.folder) == {*listed, *(f"{name}.keys" for name in listed), ledger.NAME}


def test_that_the_second_folder_gets_the_same_bytes(session, tmp_path):
    second = tmp_path / "stick"
    second.mkdir()
    made = make(session, second=second)
    assert made.second_problem == ""
    assert made.backup.copied
    other = BackupFolder(second, stem=STEM)
    assert other.listed().backups == (made.backup,)
    other.verify(made.backup, key_of(session))
    assert folder_of(session).listed().backups == (made.backup,)


def test_that_a_second_folder_that_is_not_there_is_said_and_the_backup_stands(session, tmp_path):
    made = make(session, second=tmp_path / "gone" / "stick")
    assert "second backup folder has no copy" in made.second_problem
    assert "first folder is whole" in made.second_problem
    assert not made.backup.copied
    assert folder_of(session).listed().backups == (made.backup,)


def test_that_each_flipped_bit_of_a_backup_is_found(session):
    fill(session)
    made = make(session)
    folder = folder_of(session)
    path = folder.path(made.backup)
    whole = path.read_bytes()
    chance = random.Random(11)
    for _ in range(25):
        at = chance.randrange(len(whole) * 8)
        spoiled = bytearray(whole)
        spoiled[at // 8] ^= 1 << at % 8
        path.write_bytes(spoiled)
        with pytest.raises(BackupDamagedError, match="SHA-256 differs"):
            folder.verify(made.backup, key_of(session))
        with pytest.raises(faults.DamagedRecordError):  # and without the ledger's help
            look(path, key_of(session))
    path.write_bytes(whole)
    folder.verify(made.backup, key_of(session))


def test_that_a_backup_that_is_not_the_ledger_s_is_said(session):
    made = make(session)
    folder = folder_of(session)
    keys = slots.key_path(folder.path(made.backup))
    text = keys.read_bytes()
    keys.write_bytes(text.replace(b'"schema"', b'"schemb"'))
    with pytest.raises(BackupDamagedError, match=r"\.keys is not the one that was written"):
        folder.verify(made.backup, key_of(session))
    keys.unlink()
    with pytest.raises(BackupDamagedError, match="missing"):
        folder.verify(made.backup, key_of(session))
    keys.write_bytes(text)
    other = replace(made.backup, audit_seq=made.backup.audit_seq + 1)
    with pytest.raises(BackupDamagedError, match="another audit trail"):
        folder.verify(other, key_of(session))


def test_that_a_damaged_ledger_is_known_and_its_backups_are_found_again(session):
    made = make(session)
    folder = folder_of(session)
    (folder.folder / ledger.NAME).write_bytes(b'{"half": ')
    assert folder.listed() == ledger.Ledger(damaged=True)
    later = make(session, 1)
    found = folder.listed()
    assert not found.damaged
    assert [held.name for held in found.backups] == [made.backup.name, later.backup.name]
    assert found.backups[0].reason is BackupReason.FOUND
    folder.verify(found.backups[0], key_of(session))


def test_that_a_damaged_record_makes_no_backup_and_is_said_to_be_damaged(session):
    fill(session)
    made = make(session)
    session.records.close()
    path = record_of(session)
    data = bytearray(path.read_bytes())
    for page in range(len(data) // 2 & ~4095, len(data), 4096):
        data[page + 99] ^= 1
    path.write_bytes(data)
    folder = folder_of(session)
    with pytest.raises(faults.DamagedRecordError, match="the record itself is damaged"):
        folder.make(path, key_of(session), plan(5))
    assert folder.listed().backups == (made.backup,)
    folder.verify(made.backup, key_of(session))


def test_that_changed_keys_during_a_backup_make_none(session, monkeypatch):
    make_really = seal._copy

    def and_change_keys(record: Path, key: bytes, part: Path) -> None:
        make_really(record, key, part)
        way_in.change_password(record, "anna", old=PASSWORD, new=PASSWORD + "!", options=options())

    folder = folder_of(session)
    with monkeypatch.context() as patch:
        patch.setattr(seal, "_copy", and_change_keys)
        with pytest.raises(BackupFailedError, match="busy"):
            folder.make(record_of(session), key_of(session), plan())
    assert names(folder.folder) == set()


def test_that_an_old_backup_opens_with_the_old_password(session):
    made = make(session)
    new = "another long password 7"
    way_in.change_password(record_of(session), "anna", old=PASSWORD, new=new, options=options())
    path = apart_from(folder_of(session), made)
    with pytest.raises(faults.WrongPasswordError):
        open_record(path, "anna", new, options=options())
    open_record(path, "anna", PASSWORD, options=options()).records.close()


def test_that_a_folder_in_use_or_not_writable_is_said(session, tmp_path):
    folder = folder_of(session)
    make(session)
    with folder._held(), pytest.raises(BackupFailedError, match="Another backup"):
        folder.make(record_of(session), key_of(session), plan(1))
    blocked = BackupFolder(tmp_path / "none" / "folder", stem=STEM)
    with pytest.raises(BackupFailedError, match="can't be used"):
        blocked.make(record_of(session), key_of(session), plan())


def test_that_too_little_room_is_said_before_anything_is_written(session, monkeypatch):
    usage = shutil.disk_usage(record_of(session).parent)._replace(free=1000)
    monkeypatch.setattr(seal.shutil, "disk_usage", lambda _folder: usage)
    folder = folder_of(session)
    with pytest.raises(BackupFailedError, match=r"0\.0 MB free"):
        folder.make(record_of(session), key_of(session), plan())
    assert names(folder.folder) == set()


def test_that_windows_makes_the_same_backup(session, monkeypatch):
    ran: list[list[str]] = []
    windows = Windows(kernel=object(), locking=lambda _fd: None, run=ran.append, user="anna")
    monkeypatch.setattr(platform, "current", lambda: windows)
    made = folder_of(session).make(record_of(session), key_of(session), plan()).backup
    monkeypatch.undo()
    folder_of(session).verify(made, key_of(session))
    assert any(command[1].endswith(".scs.part") for command in ran)


def back_up_under_a_limit(say: children.Say, path: Path, room: int) -> None:
    opened = children.opened(path)
    folder = BackupFolder(backups.folder_of(path), stem=STEM)
    key = opened.records.keys.data_key
    folder.make(path, key, plan())
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        folder.make(path, key, plan(1))
    except BackupFailedError as error:
        say(str(error))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    say(sorted(names(folder.folder)))
    folder.verify(folder.make(path, key, plan(2)).backup, key)
    opened.records.check()
    opened.records.close()


@pytest.mark.parametrize("room", [4096, 100_000, 250_000])
def test_that_a_disk_that_takes_no_more_leaves_record_and_backups_whole(session, room):
    fill(session)
    session.records.close()
    path = record_of(session)
    said, left = children.run(back_up_under_a_limit, path, room)
    assert "No backup was made" in said
    assert "older backups are whole" in said
    first = "clinic-20260310T083000Z.scs"
    assert left == [first, f"{first}.keys", ledger.NAME]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_that_a_full_disk_leaves_record_and_backups_whole(tmp_path):
    module = "tests.data.small_backup_disk"
    command = ["unshare", "--mount", sys.executable, "-m", module, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == small_backup_disk.NOT_ALLOWED or "not permitted" in done.stderr:
        pytest.skip("no right to mount a small disk here")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert "too little room" in found["checked first"]
    assert "the disk is full" in found["met while writing"]
    assert found["left"] == found["before"]
    assert found["after making room"]


def back_up_for_ever(say: children.Say, path: Path) -> None:
    opened = children.opened(path)
    folder = BackupFolder(backups.folder_of(path), stem=STEM)
    say("ready")
    for number in range(10**6):
        say(folder.make(path, opened.records.keys.data_key, plan(number / 60)).backup.name)


def test_that_a_kill_during_a_backup_leaves_no_half_one_under_a_final_name(session):
    fill(session)
    session.records.close()
    path, key = record_of(session), key_of(session)
    folder = folder_of(session)
    chance = random.Random(3)
    for _ in range(8):
        process, ours = children.start(back_up_for_ever, path)
        assert ours.recv() == "ready"
        time.sleep(chance.uniform(0, 0.12))  # a random moment of the work
        process.kill()
        process.join()
        said = set(children.drain(ours))
        final = set(folder.folder.glob("*.scs")) if folder.folder.exists() else set()
        assert said <= {file.name for file in final}
        for file in final:
            look(file, key)
            assert slots.read(file).slots
        shutil.rmtree(folder.folder, ignore_errors=True)
    opened = reopened(path, session.clock)
    opened.records.check()


def test_that_what_a_killed_backup_left_is_tidied_away(session):
    made = make(session)
    folder = folder_of(session)
    part = folder.folder / "clinic-20260310T090000Z.scs.part"
    part.write_bytes(b"half")
    slots.key_path(folder.folder / "clinic-20260310T091500Z.scs").write_bytes(b"{}")
    stranger = folder.folder / "notes.txt"
    stranger.write_text("kept")
    later = make(session, 60)
    both = {made.backup.name, later.backup.name}
    assert names(folder.folder) == {
        *both,
        *(f"{name}.keys" for name in both),
        ledger.NAME,
        "notes.txt",
    }


def test_that_a_failing_durability_is_a_failed_backup(session, monkeypatch):
    def refuse(_descriptor: int) -> None:
        raise OSError(5, os.strerror(5))

    folder = folder_of(session)
    with monkeypatch.context() as patch:
        patch.setattr(seal.os, "fsync", refuse)
        with pytest.raises(BackupFailedError, match="refused the data"):
            folder.make(record_of(session), key_of(session), plan())
    assert names(folder.folder) == set()
    make(session, 1)


def test_that_a_backup_is_not_opened_for_work_where_it_lies(session):
    made = make(session)
    with pytest.raises(faults.UnsafePlaceError, match="is a backup"):
        open_record(folder_of(session).path(made.backup), "anna", PASSWORD, options=options())
