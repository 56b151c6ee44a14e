"""``scs-trial report`` for many trials, without identity, with data."""

from __future__ import annotations

import io
import os
import signal
import stat
from datetime import date
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest

from scs_trial.cli import main
from scs_trial.commands import report_many
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.session import Session
from tests.records import PASSWORD, RECORD_NAME
from tests.reports import pdf
from tests.reports.test_many_pages import NAMES, folder, session

__all__ = ["folder", "session"]


def given(tmp_path: Path, *more: str) -> list[str]:
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode())
    os.close(writer)
    record = str(tmp_path / RECORD_NAME)
    return ["report", "--record", record, "--user", "anna", "--password-fd", str(reader), *more]


@pytest.fixture
def record(session: Session, tmp_path: Path) -> Path:
    session.records.close()
    return tmp_path


def test_that_all_pages_go_into_a_folder(
    record: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(given(record, "--all", "--folder", str(folder))) == 0
    told = capsys.readouterr()
    paths = [Path(line) for line in told.out.splitlines()]
    assert len(paths) == 3
    assert told.err == ""
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)
    words = " ".join(" ".join(pdf.texts(path.read_bytes(), record)) for path in paths)
    assert all(name in words for name in NAMES)


def test_that_a_state_chooses(
    record: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--all", "--state", "undecided", "--format", "text", "--folder", str(folder))
    assert main(given(record, *more)) == 0
    (path,) = capsys.readouterr().out.splitlines()
    assert "Cruz, Ana" in Path(path).read_text(encoding="utf-8")


def test_that_no_trial_in_a_state_is_said(
    record: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(given(record, "--all", "--state", "signed", "--folder", str(folder))) == 0
    assert "no trial is in this state" in capsys.readouterr().err


def test_that_several_patients_get_a_folder_of_their_own(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(record)
    assert main(given(record, "--patient", "900001", "--patient", "910001")) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert len(list((record / "scs-trial-profiles").iterdir())) == 2


def test_that_files_that_exist_are_said_and_kept(
    record: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--all", "--format", "text", "--folder", str(folder))
    assert main(given(record, *more)) == 0
    capsys.readouterr()
    assert main(given(record, *more)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("already a file") == 3
    assert not any(word in told.err for name in NAMES for word in name.split(", "))
    assert main(given(record, *more, "--force")) == 0


def test_that_ctrl_c_stops_between_two_pages(
    record: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = report_many._Meter.tell

    def interrupted(self: report_many._Meter, done: int, total: int) -> None:
        if done == 1:
            signal.raise_signal(signal.SIGINT)
        tell(self, done, total)

    monkeypatch.setattr(report_many._Meter, "tell", interrupted)
    before = signal.getsignal(signal.SIGINT)
    assert main(given(record, "--all", "--format", "text", "--folder", str(folder))) == 1
    assert "2 of 3 pages were not begun" in capsys.readouterr().err
    assert len(list(folder.iterdir())) == 1
    assert signal.getsignal(signal.SIGINT) is before


def test_that_one_page_comes_without_identity_and_with_data(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = record / "page.pdf"
    more = ("--patient", "900001", "--private", "--with-data", "-o", str(path))
    assert main(given(record, *more)) == 0
    capsys.readouterr()
    words = " ".join(pdf.texts(path.read_bytes(), record))
    assert "Aalto" not in words
    assert "900001" not in words
    with pikepdf.open(io.BytesIO(path.read_bytes())) as opened:
        assert list(opened.attachments) == ["scs-trial-profile.json"]
        assert opened.open_metadata().get("pdfaid:part") == "3"


def test_that_text_comes_without_identity(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--patient", "900001", "--private", "--format", "text", "--ascii", "-o", "-")
    assert main(given(record, *more)) == 0
    text = capsys.readouterr().out
    assert "Aalto" not in text
    assert "Study number:" in text


@pytest.mark.parametrize(
    "more",
    [
        ("--all", "-o", "page.pdf"),
        ("--all", "--trial", "2026-03-02"),
        ("--all", "--sheet", "diary"),
        ("--patient", "900001", "--state", "running"),
        ("--patient", "900001", "--sheet", "diary", "--private"),
        ("--patient", "900001", "--format", "text", "--with-data"),
    ],
)
def test_that_contradictions_are_refused(
    record: Path, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(given(record, *more)) == 1
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("山田, 太郎", "山 ([U+5C71])"),
        ("Smile 😀", "😀 ([U+1F600])"),
        ("देवी", "द ([U+0926])"),
        ("محمد", ""),
        ("Θεός, Čermák", ""),
        ("Private \ue000", ""),
    ],
)
def test_that_a_character_without_a_glyph_is_named_and_the_page_is_written(
    session: Session, tmp_path: Path, name: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with session.writing() as work:
        patient = work.patients.save(Patient(id=uuid4(), name=name, mrn="555 1"))
        work.trials.save(Trial(id=uuid4(), patient_id=patient.id, trial_start=date(2026, 3, 2)))
        work.commit()
    session.records.close()
    path = tmp_path / "page.pdf"
    assert main(given(tmp_path, "--patient", "555 1", "-o", str(path))) == 0
    told = capsys.readouterr().err
    assert named in told
    assert bool(told) == bool(named)
    words = pdf.squeezed(" ".join(pdf.texts(path.read_bytes(), tmp_path)))
    assert ("[U+" in words) == (bool(named) or "Private" in name)
