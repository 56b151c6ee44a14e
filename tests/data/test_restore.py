"""Restore, repair and upgrade of real records: what was there is kept, nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scs_trial.data import backup as backups
from scs_trial.data import (
    engine,
    faults,
    ledger,
    migrate,
    put_back,
    restore,
    seal,
    slots,
    upgrade,
    way_in,
)
from scs_trial.data.backup import BackupDamagedError, BackupFolder, Plan
from scs_trial.data.look import look
from scs_trial.data.put_back import RestoreFailedError
from scs_trial.data.schema import SCHEMA
from scs_trial.data.upgrade import UpgradeFailedError
from scs_trial.domain.backups import BackupReason
from scs_trial.domain.clinic import Role
from scs_trial.errors import AccessDeniedError, NotFoundError
from scs_trial.services.session import Session
from tests.data import build, children
from tests.data.flips import record_of_patients
from tests.records import NOW, PASSWORD, RECORD_NAME, make_session, options, reopened

LATER = NOW + timedelta(hours=1)


class Clinic:
    """A record with patients, and its backups."""

    def __init__(self, folder: Path, patients: int = 20) -> None:
        self.path = record_of_patients(folder, patients)
        self.folder = restore.folder_for(self.path)
        opened = children.opened(self.path)
        self.key = opened.records.keys.data_key
        opened.records.close()

    def back_up(self, minutes: float = 0) -> str:
        plan = Plan(
            at=NOW + timedelta(minutes=minutes), reason=BackupReason.CHANGED, zone=ZoneInfo("UTC")
        )
        made = self.folder.make(self.path, self.key, plan)
        self.folder.verify(made.backup, self.key)
        return made.backup.name

    def add(self, patients: int = 1) -> None:
        opened = children.opened(self.path)
        with opened.records.writing(actor=opened.account, workstation="w") as work:
            for _ in range(patients):
                work.patients.save(build.patient())
            work.commit()
        opened.records.close()

    def patients(self) -> int:
        opened = children.opened(self.path)
        opened.records.check()
        assert opened.records.verify_chain().holds
        with opened.records.reading() as work:
            number = len(work.patients.recent(limit=1000))
        opened.records.close()
        return number

    def restore(self, name: str = "", **changes: Any) -> restore.Restored:
        given = {"user_name": "anna", "password": PASSWORD, "at": LATER} | changes
        return restore.restore(self.path, self.folder, name, **given)

    def repair(self) -> tuple[restore.Restored, list[str]]:
        said: list[str] = []
        done = restore.repair(
            self.path, self.folder, user_name="anna", password=PASSWORD, at=LATER, say=said.append
        )
        return done, said

    def damage(self, *pages: int) -> bytes:
        data = bytearray(self.path.read_bytes())
        for page in pages:
            data[page * 4096 + 1000] ^= 1
        self.path.write_bytes(data)
        return bytes(data)

    def page_of(self, name: str) -> int:
        """Return a page (from 0) that an index or table of the record lies on."""
        raw = engine.connect(self.path, self.key)
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        raw.close()
        return int(root[0]) - 1


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def test_that_a_restore_brings_back_the_backup_and_keeps_the_record(clinic):
    name = clinic.back_up()
    clinic.add(2)
    done = clinic.restore()
    assert done.source == name
    assert clinic.patients() == 20
    kept = done.kept / RECORD_NAME
    assert done.kept.name == "clinic-kept-20260310T093000Z"
    assert look(kept, clinic.key).rows["patient"] == 22  # the log was written into it first
    assert slots.read(kept).slots
    clinic.folder.verify(restore.find(clinic.folder, name), clinic.key)


def test_that_a_restore_puts_a_lost_record_back(clinic):
    clinic.back_up()
    clinic.path.unlink()
    clinic.restore()
    assert clinic.patients() == 20


def test_that_a_log_of_the_old_record_does_not_spoil_the_restored_one(clinic):
    clinic.back_up()
    opened = children.opened(clinic.path)  # stays open, as after a kill: the log lies beside
    with opened.records.writing(actor=opened.account, workstation="w") as work:
        work.patients.save(build.patient())
        work.commit()
    log = clinic.path.with_name(f"{RECORD_NAME}-wal")
    held = log.read_bytes()
    opened.records.close()
    log.write_bytes(held)
    clinic.restore()
    assert not log.exists()
    assert clinic.patients() == 20


def test_that_a_chosen_older_backup_is_restored_and_an_unknown_one_is_said(clinic):
    first = clinic.back_up()
    clinic.add()
    clinic.back_up(30)
    assert clinic.restore(first).source == first
    assert clinic.patients() == 20
    with pytest.raises(NotFoundError):
        clinic.restore("none.scs")


def test_that_a_damaged_backup_is_not_restored(clinic):
    name = clinic.back_up()
    path = clinic.folder.folder / name
    data = bytearray(path.read_bytes())
    data[9000] ^= 1
    path.write_bytes(data)
    before = clinic.path.read_bytes()
    with pytest.raises(BackupDamagedError, match="SHA-256"):
        clinic.restore()
    assert clinic.path.read_bytes() == before
    assert not list(clinic.path.parent.glob("clinic-kept-*"))


def test_that_a_wrong_password_restores_nothing(clinic):
    clinic.back_up()
    with pytest.raises(faults.WrongPasswordError, match="when this copy was made"):
        clinic.restore(password="not the password")
    assert clinic.patients() == 20


def test_that_a_backup_of_before_a_new_password_is_restored_with_the_old_one(clinic):
    clinic.back_up()
    new = "another long password 7"
    way_in.change_password(clinic.path, "anna", old=PASSWORD, new=new, options=options())
    with pytest.raises(faults.WrongPasswordError):
        clinic.restore(password=new)
    clinic.restore(password=PASSWORD)
    assert clinic.patients() == 20


def test_that_a_record_in_use_is_not_restored(clinic):
    clinic.back_up()
    opened = children.opened(clinic.path)
    with pytest.raises(faults.RecordInUseError):
        clinic.restore()
    opened.records.close()


def test_that_only_an_administrator_restores(tmp_path):
    session = make_session(tmp_path, roles=[Role.NURSE])
    folder = restore.folder_for(tmp_path / RECORD_NAME)
    keys = session.records.keys
    folder.make(
        keys.path, keys.data_key, Plan(at=NOW, reason=BackupReason.CHANGED, zone=ZoneInfo("UTC"))
    )
    session.records.close()
    with pytest.raises(AccessDeniedError):
        restore.restore(keys.path, folder, "", user_name="anna", password=PASSWORD, at=LATER)


def test_that_a_full_disk_leaves_the_record_as_it_was(clinic, monkeypatch):
    clinic.back_up()
    clinic.add()
    copy_really = seal.copy_private

    def fill_up(source: Path, target: Path) -> None:
        if target.name.endswith(".coming"):
            raise OSError(28, "No space left on device")
        copy_really(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(seal, "copy_private", fill_up)
        with pytest.raises(RestoreFailedError, match="the record is as it was"):
            clinic.restore()
    assert not list(clinic.path.parent.glob("clinic-kept-*"))
    assert clinic.patients() == 21


def restore_and_wait(say: children.Say, path: Path, stop_at: int) -> None:
    """Restore, and stop for ever before a step of the exchange."""
    steps = iter(range(100))
    replace_really = put_back.platform.current().replace
    clinic_folder = restore.folder_for(path)

    def step(source: Path, target: Path) -> None:
        if target.parent == path.parent and next(steps) == stop_at:
            say("here")
            children.time.sleep(60)
        replace_really(source, target)

    put_back.platform.current().replace = step
    restore.restore(path, clinic_folder, "", user_name="anna", password=PASSWORD, at=LATER)
    say("done")


@pytest.mark.parametrize("stop_at", [0, 1, 2])
def test_that_a_kill_in_the_middle_of_a_restore_loses_nothing(clinic, stop_at):
    clinic.back_up()
    clinic.add()
    process, ours = children.start(restore_and_wait, clinic.path, stop_at)
    ours.recv()
    process.kill()
    process.join()
    ours.close()
    assert clinic.patients() in (20, 21)
    (kept,) = clinic.path.parent.glob("clinic-kept-*")
    if (kept / RECORD_NAME).exists():
        assert look(kept / RECORD_NAME, clinic.key).rows["patient"] == 21
    clinic.restore()
    assert clinic.patients() == 20


def test_that_a_damaged_index_is_mended_without_loss(clinic):
    clinic.back_up()
    clinic.add(3)
    before = clinic.damage(clinic.page_of("sqlite_autoindex_patient_1"))
    done, said = clinic.repair()
    assert clinic.patients() == 23
    assert done.source == ""
    assert (done.kept / RECORD_NAME).read_bytes() == before
    assert said[0] == "The record as it is was kept in the folder clinic-kept-20260310T093000Z."
    assert said[-1].startswith(("Building its indexes anew made it", "Reading its rows into a new"))


def test_that_damage_to_rows_falls_back_to_the_newest_whole_backup(clinic):
    older = clinic.back_up()
    clinic.add(3)
    newest = clinic.back_up(30)
    path = clinic.folder.folder / newest
    path.write_bytes(path.read_bytes()[:-1])
    clinic.damage(clinic.page_of("audit"), clinic.page_of("patient"))
    done, said = clinic.repair()
    assert done.source == older
    assert clinic.patients() == 20
    assert [line.split(" ", 3)[:3] for line in said] == [
        ["The", "record", "as"],
        ["Building", "its", "indexes"],
        ["Reading", "its", "rows"],
        ["What", "could", "be"],
        ["The", "backup", newest],
        ["The", "backup", older],
    ]
    assert "passed over" in said[4]
    assert "only in what was kept" in said[5]
    assert (done.kept / f"salvaged-{RECORD_NAME}").exists()


def test_that_damage_to_half_typed_forms_alone_costs_nothing_else(clinic):
    clinic.add(3)
    clinic.damage(clinic.page_of("draft"))
    done, _ = clinic.repair()
    assert done.source == ""
    assert clinic.patients() == 23


def test_that_rows_that_are_missing_are_never_taken_for_whole(clinic):
    raw = engine.connect(clinic.path, clinic.key)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("DROP TRIGGER tr_patient_delete")
    raw.execute("DELETE FROM patient WHERE rowid = 1")
    raw.close()
    with pytest.raises(faults.DamagedRecordError):
        restore.salvage.check_complete(clinic.path, clinic.key)


def test_that_without_any_help_the_record_is_left_as_it_was(clinic):
    damaged = clinic.damage(0)
    with pytest.raises(RestoreFailedError, match="No step mended"):
        clinic.repair()
    assert clinic.path.read_bytes() == damaged
    (kept,) = clinic.path.parent.glob("clinic-kept-*")
    assert (kept / RECORD_NAME).read_bytes() == damaged


STEP = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "{number:04d}", "{before:04d}", None, None


def upgrade():
    {body}
"""


class Older:
    """A record of an older form, with steps of a program to come."""

    def __init__(self, folder: Path, body: str) -> None:
        self.clinic = Clinic(folder)
        self.steps = folder / "steps"
        versions = self.steps / "versions"
        versions.mkdir(parents=True)
        for file in (migrate.STEPS / "versions").glob("v*.py"):
            (versions / file.name).write_bytes(file.read_bytes())
        text = STEP.format(number=SCHEMA + 1, before=SCHEMA, body=body)
        (versions / f"v{SCHEMA + 1:04d}_next.py").write_text(text)

    def bring_up(self) -> bool:
        engines = engine.make_engines(self.clinic.path, self.clinic.key)
        try:
            return upgrade.bring_up(
                self.clinic.path,
                self.clinic.key,
                engines,
                at=LATER,
                target=SCHEMA + 1,
                steps=self.steps,
            )
        finally:
            engines.dispose()

    def backups(self) -> tuple[Any, ...]:
        return self.clinic.folder.listed().backups


def test_that_an_upgrade_begins_with_a_verified_backup(tmp_path):
    older = Older(tmp_path, 'op.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)")')
    assert older.bring_up()
    (made,) = older.backups()
    assert made.reason is BackupReason.MIGRATION
    assert made.schema == SCHEMA
    older.clinic.folder.verify(made, older.clinic.key)
    assert engine.stored_version(older.clinic.path, older.clinic.key) == SCHEMA + 1
    assert not older.bring_up()
    assert older.backups() == (made,)


FAILING = {
    "a step that raises": 'op.execute("DELETE FROM draft"); raise KeyError("x")',
    "a step that loses rows": (
        'op.execute("PRAGMA defer_foreign_keys = ON"); op.execute("DELETE FROM patient")'
    ),
    "a step that is no statement": 'op.execute("ALTER TABLE none ADD COLUMN x")',
    "a step that commits half": (
        'raw = op.get_bind().connection.driver_connection; raw.execute("DELETE FROM patient");'
        ' raw.execute("COMMIT"); raise KeyError("x")'
    ),
    "a step that spoils the file": (
        'raw = op.get_bind().connection.driver_connection; raw.execute("COMMIT");'
        ' raw.execute("PRAGMA writable_schema = ON");'
        " raw.execute(\"UPDATE sqlite_master SET rootpage = 3 WHERE name = 'trial'\");"
        ' raise KeyError("x")'
    ),
}


@pytest.mark.parametrize("body", FAILING)
def test_that_a_failing_upgrade_leaves_the_record_as_it_was(tmp_path, body):
    older = Older(tmp_path, FAILING[body])
    with pytest.raises(UpgradeFailedError, match="reference") as caught:
        older.bring_up()
    (made,) = older.backups()
    assert older.clinic.patients() == 20
    in_place = "backup of before is in its place" in str(caught.value)
    assert in_place == bool(list(tmp_path.glob("clinic-kept-*")))
    assert look(older.clinic.path, older.clinic.key).head.seq == made.audit_seq


def test_that_no_upgrade_is_begun_without_its_backup(tmp_path):
    older = Older(tmp_path, "pass")
    folder = backups.folder_of(older.clinic.path)
    folder.write_text("in the way")
    with pytest.raises(UpgradeFailedError, match="begins with a backup") as caught:
        older.bring_up()
    assert "Nothing was changed" in str(caught.value)
    assert engine.stored_version(older.clinic.path, older.clinic.key) == SCHEMA


def test_that_the_folder_may_be_another_one(clinic, tmp_path):
    clinic.back_up()
    second = tmp_path / "stick"
    second.mkdir()
    plan = Plan(at=LATER, reason=BackupReason.CHANGED, zone=ZoneInfo("UTC"), second=second)
    clinic.folder.make(clinic.path, clinic.key, plan)
    clinic.path.unlink()
    other = restore.folder_for(clinic.path, second)
    assert isinstance(other, BackupFolder)
    restore.restore(clinic.path, other, "", user_name="anna", password=PASSWORD, at=LATER)
    assert clinic.patients() == 20
    assert ledger.read(second).backups == (replace(other.listed().backups[0], copied=True),)


def test_that_a_restored_record_opens_for_work(clinic):
    clinic.back_up()
    clinic.restore()
    session = reopened(clinic.path, children_clock())
    assert isinstance(session, Session)


def children_clock() -> Any:
    from scs_trial.clock import FixedClock

    return FixedClock(LATER)
