"""Backup and restore from the command line, as a person types them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from scs_trial.cli import main
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from tests.data import children
from tests.records import PASSWORD, RECORD_NAME, make_session


def run(folder: Path, *words: str, password: str = PASSWORD) -> int:
    """Run a command on the record with a password given by descriptor."""
    reader, writer = os.pipe()
    os.write(writer, password.encode() + b"\n")
    os.close(writer)
    command, *rest = words
    record = ["--record", str(folder / RECORD_NAME), "--user", "anna"]
    try:
        return main([command, *record, "--password-fd", str(reader), *rest])
    finally:
        os.close(reader)


def add_patient(folder: Path) -> None:
    opened = children.opened(folder / RECORD_NAME)
    with opened.records.writing(actor=opened.account, workstation="w") as work:
        patient = work.patients.save(Patient(id=uuid4(), name="A", mrn=uuid4().hex[:8]))
        work.trials.save(Trial(id=uuid4(), patient_id=patient.id, trial_start=date(2026, 3, 2)))
        work.commit()
    opened.records.close()


def patients(folder: Path) -> int:
    opened = children.opened(folder / RECORD_NAME)
    with opened.records.reading() as work:
        number = len(work.patients.recent())
    opened.records.close()
    return number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_session(tmp_path).records.close()
    add_patient(tmp_path)
    return tmp_path


def test_that_the_whole_story_works(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "backup") == 0
    name = capsys.readouterr().out.split(":")[0]
    assert run(folder, "backup", "--list") == 0
    line = capsys.readouterr().out
    assert line.startswith(name)
    assert "verified, one folder  on demand" in line
    assert run(folder, "backup", "--check") == 0
    assert capsys.readouterr().out == f"{name}: whole\n"
    assert run(folder, "backup", "--drill") == 0
    assert "every byte" in capsys.readouterr().out
    add_patient(folder)
    assert run(folder, "restore") == 0
    assert "clinic-kept-" in capsys.readouterr().out
    assert patients(folder) == 1
    opened = children.opened(folder / RECORD_NAME)
    with opened.records._engines.reader.connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM audit ORDER BY seq DESC LIMIT 1").one()
    opened.records.close()
    assert (row.action, row.actor) == ("restore_backup", "anna")
    assert name in row.new


def test_that_a_damaged_backup_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "backup")
    name = capsys.readouterr().out.split(":")[0]
    path = folder / "clinic-backups" / name
    path.write_bytes(path.read_bytes()[:-1])
    assert run(folder, "backup", "--check") == 1
    assert f"{name}: The backup file {name} is not the one" in capsys.readouterr().err
    assert run(folder, "restore", "--backup", name) == 1
    assert "SHA-256" in capsys.readouterr().err
    (folder / "clinic-backups" / "ledger.jsonl").write_text("{}\n")
    assert run(folder, "backup", "--list") == 1
    assert "list of backups is damaged" in capsys.readouterr().err


def test_that_a_backup_is_made_beside_the_open_window(folder: Path) -> None:
    window = children.opened(folder / RECORD_NAME)
    assert run(folder, "backup") == 0
    assert run(folder, "restore") == 1  # the window has the record
    window.records.close()
    assert run(folder, "restore") == 0


def test_that_a_wrong_password_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "backup") == 0
    assert run(folder, "restore", password="something else") == 1
    assert "password is wrong" in capsys.readouterr().err


def test_that_a_lost_record_comes_back_from_the_second_folder(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, "backup")
    backups = folder / "clinic-backups"
    stick = tmp_path / "stick"
    backups.rename(stick)
    (folder / RECORD_NAME).unlink()
    assert run(folder, "restore", "--from", str(stick)) == 0
    assert patients(folder) == 1


def test_that_a_repair_says_each_step(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "backup")
    capsys.readouterr()
    path = folder / RECORD_NAME
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert run(folder, "restore", "--repair") == 0
    said = capsys.readouterr().out.splitlines()
    assert "was kept in the folder" in said[0]
    assert "first page can't be read" in said[1]
    assert "is in its place" in said[2]
    assert patients(folder) == 1


def test_that_a_copy_is_written(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.scs"
    assert run(folder, "backup", "--copy", str(target)) == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert run(folder, "backup", "--copy", str(target)) == 1
