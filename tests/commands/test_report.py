"""The page from the command line, out of a real encrypted record."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from scs_trial.cli import main
from scs_trial.commands.record_access import read_password
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import UserError
from scs_trial.services.session import Session
from tests.records import PASSWORD, RECORD_NAME, make_session
from tests.reports import pdf

MRN = "104 882"
STARTS = (date(2026, 3, 2), date(2026, 1, 5))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a session on a record with one patient with two trials, and close it again."""
    made = make_session(tmp_path)
    with made.writing() as work:
        patient = work.patients.save(Patient(id=uuid4(), name="Okafor, Grace", mrn=MRN))
        for start in STARTS:
            work.trials.save(Trial(id=uuid4(), patient_id=patient.id, trial_start=start))
        work.commit()
    made.records.close()
    return made


@pytest.fixture
def password_fd() -> int:
    """Return a descriptor from which the password can be read once."""
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode() + b"\nignored")
    os.close(writer)
    return reader


def arguments(folder: Path, descriptor: int, *more: str) -> list[str]:
    record = str(folder / RECORD_NAME)
    given = ["report", "--record", record, "--user", "anna", "--password-fd", str(descriptor)]
    return [*given, "--patient", MRN, *more]


def test_that_the_page_is_written_privately_and_noted(
    session: Session, tmp_path: Path, password_fd: int, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.pdf"
    assert main(arguments(tmp_path, password_fd, "-o", str(page))) == 0
    assert capsys.readouterr().out == f"{page}\n"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    (sheet,) = pdf.texts(page.read_bytes(), tmp_path)
    assert "Okafor, Grace" in sheet
    assert "2 Mar 2026" in sheet
    assert {path.name for path in tmp_path.iterdir()} >= {"page.pdf"}


def test_that_reading_and_export_are_in_the_audit_trail(
    session: Session, tmp_path: Path, password_fd: int
) -> None:
    from scs_trial.data.open import open_record
    from tests.records import options

    main(arguments(tmp_path, password_fd, "-o", str(tmp_path / "page.pdf")))
    opened = open_record(tmp_path / RECORD_NAME, "anna", PASSWORD, options=options())
    with opened.records.reading() as work:
        patient = work.patients.by_mrn(MRN)
        assert patient is not None
        actions = [entry.action for entry in work.audit.of_patient(patient.id)]
    opened.records.close()
    assert actions[:2] == ["export_page", "open"]


def test_that_an_earlier_trial_is_named_by_its_placement_date(
    session: Session, tmp_path: Path, password_fd: int
) -> None:
    page = tmp_path / "page.pdf"
    more = ("--trial", "2026-01-05", "--paper", "letter", "-o", str(page))
    assert main(arguments(tmp_path, password_fd, *more)) == 0
    assert "5 Jan 2026" in pdf.texts(page.read_bytes(), tmp_path)[0]


def test_that_a_name_of_the_file_tells_nothing_about_the_patient(
    session: Session,
    tmp_path: Path,
    password_fd: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments(tmp_path, password_fd)) == 0
    name = capsys.readouterr().out.strip()
    assert name.startswith("scs-trial-profile-")
    assert "104" not in name.removeprefix("scs-trial-profile-") or "882" not in name
    assert (tmp_path / name).is_file()


def test_that_another_file_is_replaced_only_when_asked(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.pdf"
    page.write_bytes(b"mine")
    assert main(arguments(tmp_path, _password(), "-o", str(page))) == 1
    assert page.read_bytes() == b"mine"
    assert "already a file" in capsys.readouterr().err
    assert main(arguments(tmp_path, _password(), "-o", str(page), "--force")) == 0
    assert page.read_bytes().startswith(b"%PDF")


def _password() -> int:
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode())
    os.close(writer)
    return reader


def files_of(folder: Path) -> set[str]:
    """Return the files beside the record but those that it keeps itself."""
    kept = ("-wal", "-shm", ".tries")
    return {path.name for path in folder.iterdir() if not path.name.endswith(kept)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((MRN, "999"), "No patient has this MRN."),
        (("--trial", "2020-01-01"), "No trials of this patient were placed on that date."),
        (("--user", "nobody"), ""),
        (("-o", "/nowhere/page.pdf"), "There is no such folder."),
    ],
)
def test_that_a_refusal_says_why_and_writes_nothing(
    session: Session,
    tmp_path: Path,
    password_fd: int,
    *,
    change: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = files_of(tmp_path)
    given = arguments(tmp_path, password_fd, "-o", str(tmp_path / "page.pdf"))
    if change[0] == MRN:
        given[given.index(MRN)] = change[1]
    else:
        given += change
    assert main(given) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Okafor" not in error
    assert files_of(tmp_path) == before


def test_that_a_wrong_password_is_refused(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"wrong\n")
    os.close(writer)
    assert main(arguments(tmp_path, reader, "-o", str(tmp_path / "page.pdf"))) == 1
    assert capsys.readouterr().err
    assert not (tmp_path / "page.pdf").exists()


def test_that_a_closed_descriptor_is_said() -> None:
    reader, writer = os.pipe()
    os.close(writer)
    os.close(reader)
    with pytest.raises(UserError, match="No password can be read"):
        read_password(reader)


def test_that_a_real_process_reads_the_password_from_its_descriptor(
    session: Session, tmp_path: Path, password_fd: int
) -> None:
    page = tmp_path / "page.pdf"
    done = subprocess.run(
        [sys.executable, "-m", "scs_trial", *arguments(tmp_path, password_fd, "-o", str(page))],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        pass_fds=(password_fd,),
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert page.read_bytes().startswith(b"%PDF")


def test_that_the_page_is_written_as_text(
    session: Session, tmp_path: Path, password_fd: int, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    assert main(arguments(tmp_path, password_fd, "--format", "text", "-o", str(page))) == 0
    assert capsys.readouterr().out == f"{page}\n"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    lines = page.read_text(encoding="utf-8").splitlines()
    assert "  Patient:          Okafor, Grace" in lines
    assert max(map(len, lines)) < 76


def test_that_text_goes_to_standard_output_with_plain_symbols(
    session: Session, tmp_path: Path, password_fd: int, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--format", "text", "--ascii", "-o", "-")
    assert main(arguments(tmp_path, password_fd, *more)) == 0
    shown = capsys.readouterr().out
    assert "Okafor, Grace" in shown
    assert shown.isascii()


@pytest.mark.parametrize("more", [["-o", "-"], ["--ascii"]])
def test_that_a_pdf_file_refuses_what_is_for_text(
    session: Session,
    tmp_path: Path,
    password_fd: int,
    more: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(arguments(tmp_path, password_fd, *more)) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("sheet", "words"), [("diary", "My diary"), ("coverage", "Coverage")])
def test_that_a_companion_of_the_page_is_written(
    session: Session, tmp_path: Path, password_fd: int, *, sheet: str, words: str
) -> None:
    path = tmp_path / "sheet.pdf"
    assert main(arguments(tmp_path, password_fd, "--sheet", sheet, "-o", str(path))) == 0
    shown = " ".join(pdf.texts(path.read_bytes(), tmp_path))
    assert words in shown
    assert "Okafor, Grace" in shown


def test_that_the_call_sheet_is_about_everybody(
    session: Session, tmp_path: Path, password_fd: int
) -> None:
    path = tmp_path / "calls.pdf"
    given = arguments(tmp_path, password_fd, "--sheet", "calls", "-o", str(path))
    assert main([word for word in given if word not in ("--patient", MRN)]) == 0
    assert "Call sheet" in " ".join(pdf.texts(path.read_bytes(), tmp_path))


@pytest.mark.parametrize("more", [("--sheet", "calls"), ("--sheet", "diary", "--format", "text")])
def test_that_contradictions_are_refused(
    session: Session, tmp_path: Path, password_fd: int, more: tuple[str, ...]
) -> None:
    before = set(tmp_path.iterdir())
    assert main(arguments(tmp_path, password_fd, *more)) == 1
    assert set(tmp_path.iterdir()) == before
