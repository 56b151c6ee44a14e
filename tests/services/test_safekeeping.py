"""Backups through the services, on real records: triggers, drill, copies, words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from scs_trial.clock import FixedClock
from scs_trial.data import pointer as pointers
from scs_trial.data import slots
from scs_trial.data.open import open_record
from scs_trial.data.sealed_records import SealedRecords, unlock_sealed
from scs_trial.domain.backups import Backup, BackupReason
from scs_trial.domain.patient import Patient
from scs_trial.domain.tone import Tone
from scs_trial.domain.trial import Trial
from scs_trial.errors import NotFoundError, ReadOnlyCopyError, UserError
from scs_trial.safekeeper import DrillFailedError, FileSafekeeper, kept_session
from scs_trial.services.backup_words import second_folder_warning
from scs_trial.services.clinic_settings import save_settings
from scs_trial.services.import_diary import import_diaries
from scs_trial.services.safekeeping import (
    NoBackupsError,
    back_up,
    back_up_if_changed,
    backup_state,
    drill_backup,
    list_backups,
    save_copy,
    secure,
    verify_backup,
    write_snapshot,
)
from scs_trial.services.session import Session
from tests.records import NOW, PASSWORD, ZONE, make_session, options
from tests.services.clinic import Clinic, pain


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def session(tmp_path: Path, clock: FixedClock) -> Session:
    """Return a session on a backed-up record with one trial."""
    plain = make_session(tmp_path, clock=clock)
    session = kept_session(plain.records, plain.account, clock=clock)
    add_trial(session)
    return session


def add_trial(session: Session, name: str = "Okafor, Grace") -> None:
    with session.writing() as work:
        patient = work.patients.save(Patient(id=uuid4(), name=name, mrn=uuid4().hex[:8]))
        work.trials.save(Trial(id=uuid4(), patient_id=patient.id, trial_start=date(2026, 3, 2)))
        work.commit()


def test_that_a_backup_is_made_only_when_something_changed(session, clock):
    first = back_up_if_changed(session, BackupReason.CHANGED)
    assert first is not None
    assert first.backup.page_hash
    clock.advance(timedelta(minutes=30))
    assert back_up_if_changed(session, BackupReason.CHANGED) is None
    add_trial(session)
    again = back_up_if_changed(session, BackupReason.CHANGED)
    assert again is not None
    assert [held.name for held in list_backups(session).backups] == [
        again.backup.name,
        first.backup.name,
    ]
    verify_backup(session, "")
    verify_backup(session, first.backup.name)


def test_that_the_status_line_s_words_are_right(session, clock):
    assert backup_state(session).text == "No backup yet"
    assert backup_state(session).tone is Tone.WARNING
    back_up(session)
    assert backup_state(session).text == "Backup 09:30, verified"
    assert backup_state(session).tone is Tone.GOOD
    clock.advance(timedelta(days=1))
    assert backup_state(session).text == "Backup Tue 09:30, verified"
    add_trial(session)
    assert backup_state(session).text == "Backup Tue 09:30, verified; changed since"
    assert backup_state(session).tone is Tone.WARNING
    clock.advance(timedelta(days=7))
    state = backup_state(session)
    assert "Name a second folder" in state.warning
    assert state.tone is Tone.WARNING


def test_that_the_second_folder_of_the_settings_gets_each_backup(session, tmp_path):
    second = tmp_path / "stick"
    second.mkdir()
    settings = session.settings()
    save_settings(session, replace(settings, second_backup_folder=str(second)))
    assert session.settings().second_backup_folder == str(second)
    made = back_up(session)
    assert (second / made.backup.name).exists()
    second.rename(tmp_path / "pulled out")
    assert "no copy" in back_up(session).second_problem
    with pytest.raises(UserError, match="whole path"):
        save_settings(session, replace(settings, second_backup_folder="stick"))


def entry(days: float, *, copied: bool) -> Backup:
    at = NOW - timedelta(days=days)
    return Backup(
        name=str(days),
        at=at,
        reason=BackupReason.CHANGED,
        size=1,
        sha256="",
        keys_sha256="",
        record_id="",
        schema=1,
        program="",
        audit_seq=1,
        audit_digest="",
        rows={},
        copied=copied,
    )


WARNINGS = {
    "nothing to warn of yet": ([], True, ""),
    "seven days to the second": ([entry(7, copied=True)], True, ""),
    "a little more": (
        [entry(7.01, copied=True), entry(0, copied=False)],
        True,
        "was last reached on 3 Mar 2026",
    ),
    "never reached": ([entry(8, copied=False)], True, "was not reached since 2 Mar 2026"),
    "none named": ([entry(8, copied=False)], False, "Name a second folder"),
    "all well": ([entry(30, copied=False), entry(1, copied=True)], True, ""),
}


@pytest.mark.parametrize("case", WARNINGS)
def test_that_seven_days_without_the_second_folder_are_said(case: str) -> None:
    from zoneinfo import ZoneInfo

    held, named, expected = WARNINGS[case]
    said = second_folder_warning(held, named=named, now=NOW, zone=ZoneInfo(ZONE))
    assert (expected in said) if expected else said == ""


def test_that_a_drill_restores_opens_and_makes_the_same_page(session, clock):
    made = back_up(session)
    add_trial(session, "Somebody else")
    clock.advance(timedelta(days=40))
    drill = drill_backup(session, made.backup.name)
    assert drill.backup == made.backup
    assert drill.seconds < 60
    assert "every page of it is whole" in drill.steps[0]
    assert "opened for work" in drill.steps[1]
    assert f"content {made.backup.page_hash[:16]}, every byte" in drill.steps[2]


def test_that_a_drill_notices_another_page(session, monkeypatch):
    made = back_up(session)
    another = replace(made.backup, page_hash="0" * 64)
    monkeypatch.setattr(FileSafekeeper, "verify", lambda _self, _name: another)
    with pytest.raises(DrillFailedError, match="not the one of the backup"):
        drill_backup(session, "")
    fewer = replace(made.backup, rows={"patient": 7})
    monkeypatch.setattr(FileSafekeeper, "verify", lambda _self, _name: fewer)
    with pytest.raises(DrillFailedError, match="numbers of rows"):
        drill_backup(session, "")


def test_that_a_record_without_trials_is_drilled_too(tmp_path, clock):
    plain = make_session(tmp_path, clock=clock)
    session = kept_session(plain.records, plain.account, clock=clock)
    back_up(session)
    assert drill_backup(session, "").steps[-1].startswith("There was no trial")


def test_that_a_copy_is_saved_noted_and_never_over_another(session, tmp_path):
    target = tmp_path / "away" / "copy.scs"
    target.parent.mkdir()
    save_copy(session, target)
    opened = open_record(target, "anna", PASSWORD, options=options())
    opened.records.check()
    opened.records.close()
    with pytest.raises(UserError, match="already a file"):
        save_copy(session, target)
    with session.reading() as work:
        assert work.audit.head().seq == back_up(session).backup.audit_seq


def test_that_a_record_without_backups_says_so(tmp_path):
    session = make_session(tmp_path)
    with pytest.raises(NoBackupsError):
        back_up(session)
    secure(session, BackupReason.IMPORT)


def test_that_an_unknown_backup_is_said(session):
    with pytest.raises(NotFoundError):
        verify_backup(session, "")


def test_that_an_import_begins_with_a_backup(session):
    import_diaries(session, [])
    (made,) = list_backups(session).backups
    assert made.reason is BackupReason.IMPORT
    with session.reading() as work:
        assert work.audit.head().seq == made.audit_seq + 1


def test_that_an_import_is_not_begun_without_its_backup(session, tmp_path):
    (tmp_path / "clinic-backups").write_text("in the way")
    with session.reading() as work:
        before = work.audit.head()
    with pytest.raises(UserError, match="No backup was made"):
        import_diaries(session, [])
    with session.reading() as work:
        assert work.audit.head() == before


def with_snapshots(session: Session, folder: Path) -> Path:
    folder.mkdir()
    save_settings(session, replace(session.settings(), snapshot_folder=str(folder)))
    assert write_snapshot(session)
    return folder / "clinic-snapshot.json"


def test_that_a_copy_for_reading_is_whole_and_can_not_be_written(session, tmp_path, clock):
    assert not write_snapshot(session)
    pointer = with_snapshots(session, tmp_path / "share")
    found = pointers.find(pointer)
    assert found.at == clock.now()
    key, owner = unlock_sealed(found.path, "anna", PASSWORD)
    assert owner == str(session.account.id)
    copy = SealedRecords(found.path, key)
    with copy.reading() as work:
        assert [held.name for held in work.patients.recent()] == ["Okafor, Grace"]
    with pytest.raises(ReadOnlyCopyError):
        copy.writing(actor=session.account, workstation="room 2")
    copy.close()
    assert pointers.is_pointer(pointer)
    assert not pointers.is_pointer(found.path)


def test_that_the_copy_before_the_newest_stays_for_who_still_reads_it(session, tmp_path, clock):
    pointer = with_snapshots(session, tmp_path / "share")
    first = pointers.find(pointer).path
    clock.advance(timedelta(minutes=1))
    write_snapshot(session)
    second = pointers.find(pointer).path
    assert first.exists()
    clock.advance(timedelta(minutes=1))
    write_snapshot(session)
    assert not first.exists()
    assert {file.name for file in pointer.parent.glob("*.scs")} == {
        second.name,
        pointers.find(pointer).path.name,
    }


def test_that_a_spoiled_or_missing_copy_for_reading_is_said(session, tmp_path):
    pointer = with_snapshots(session, tmp_path / "share")
    path = pointers.find(pointer).path
    slots.key_path(path).write_bytes(b"{}")
    with pytest.raises(UserError, match="not the one that was written"):
        pointers.find(pointer)
    pointer.write_text(json.dumps({"name": path.name}))
    with pytest.raises(UserError, match="not the one that was written"):
        pointers.find(pointer)
    pointer.unlink()
    with pytest.raises(UserError, match="no copy for reading"):
        pointers.find(pointer)


def test_that_a_share_that_is_gone_fails_with_words(session, tmp_path):
    pointer = with_snapshots(session, tmp_path / "share")
    pointer.parent.rename(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="folder is not there"):
        write_snapshot(session)


def test_that_a_week_of_check_ins_survives_a_drill(tmp_path):
    clinic = Clinic(tmp_path)
    clinic.session = kept_session(
        clinic.session.records, clinic.session.account, clock=clinic.clock
    )
    trial = clinic.trial(clinic.patient())
    clinic.clock.move_to(clinic.instant("2026-11-19T09:00"))
    for number in range(1, 4):
        clinic.check_in(trial, number, pain(number))
    back_up(clinic.session)
    assert "every byte" in drill_backup(clinic.session, "").steps[-1]


def test_that_removing_somebody_begins_with_a_backup_that_says_its_keys_are_earlier(session):
    from scs_trial.data.backup import EarlierKeysError
    from scs_trial.domain.clinic import Role
    from scs_trial.services.accounts import add_account, remove_account

    added = add_account(session, user_name="ben", display_name="Ben", roles=[Role.NURSE])
    remove_account(session, added.account.id, reason="left")
    assert [held.reason for held in list_backups(session).backups] == [BackupReason.REKEY]
    made = list_backups(session).backups[0]
    with pytest.raises(EarlierKeysError, match="password of then"):
        verify_backup(session, made.name)
    again = back_up(session)
    verify_backup(session, again.backup.name)
