"""Data from a real encrypted record as files, and back in."""

from __future__ import annotations

import io
import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from scs_trial.cli import main
from scs_trial.clock import FixedClock
from scs_trial.exchange.diary_csv import read_diary
from scs_trial.services.export_records import ACTION
from tests.exchange.cases import store_case
from tests.records import NOW, PASSWORD, RECORD_NAME, make_session, reopened, shipped_catalogue

LATER = datetime(2027, 6, 1, tzinfo=UTC)
PAST = date(2024, 1, 8)  # the command line takes the computer's clock
MRN = "104 882"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    session = make_session(tmp_path)
    store_case(session, 7, mrn=MRN, first=PAST)
    store_case(session, 11, mrn="S 2", first=PAST)
    session.records.close()
    return tmp_path


def run(folder: Path, command: str, *more: str) -> int:
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode())
    os.close(writer)
    record = str(folder / RECORD_NAME)
    try:
        return main(
            [command, "--record", record, "--user", "anna", "--password-fd", str(reader), *more]
        )
    finally:
        os.close(reader)


def test_that_a_case_goes_out_and_into_another_record(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    make_session(other).records.close()
    first, second = tmp_path / "1.scstrial", tmp_path / "2.scstrial"
    assert run(folder, "export", "--patient", MRN, "--format", "case", "-o", str(first)) == 0
    assert run(other, "import", str(first)) == 0
    assert run(other, "export", "--patient", MRN, "--format", "case", "-o", str(second)) == 0
    assert first.read_bytes() == second.read_bytes()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_that_a_known_patient_is_refused_but_as_a_copy(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "1.scstrial"
    assert run(folder, "export", "--patient", MRN, "--format", "case", "-o", str(file)) == 0
    assert run(folder, "import", str(file)) == 1
    assert "is in the record; nothing was imported" in capsys.readouterr().err
    assert run(folder, "import", str(file), "--copy-as", "C 1") == 0


@pytest.mark.parametrize("content", [b"{}", b'{"kind": "scs-trial case", "format": 2}'])
def test_that_a_file_that_is_none_changes_nothing(
    folder: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.scstrial"
    file.write_bytes(content)
    assert run(folder, "import", str(file)) == 1
    assert capsys.readouterr().err.startswith("scs-trial: ")


def test_that_the_diary_of_all_patients_is_read_back(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "diary.csv"
    assert run(folder, "export", "--all", "--format", "diary", "-o", str(file)) == 0
    found = read_diary(io.BytesIO(file.read_bytes()), catalogue=shipped_catalogue())
    assert found.readable
    assert found.rows


def test_that_the_workbook_of_a_pseudonymised_export_names_nobody(
    folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.xlsx"
    how = ("--format", "xlsx", "--pseudonymise", "--shift-dates", "-o", str(file))
    assert run(folder, "export", "--all", *how) == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["data", "days", "dictionary", "results"]
    patients = {row[0].value for row in book["data"].iter_rows(min_row=2)}
    assert patients
    assert all(str(one).startswith("S-") for one in patients)


def test_that_case_files_of_all_go_into_a_folder(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "cases"
    assert run(folder, "export", "--all", "--format", "case", "-o", str(out)) == 0
    names = [path.name for path in out.iterdir()]
    assert len(names) == 2
    assert not any("104" in name.split("-")[2] for name in names)


def test_that_another_file_is_replaced_only_when_asked(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "long.csv"
    file.write_bytes(b"mine")
    how = ("--patient", MRN, "--format", "long", "-o", str(file))
    assert run(folder, "export", *how) == 1
    assert file.read_bytes() == b"mine"
    assert "already a file" in capsys.readouterr().err
    assert run(folder, "export", *how, "--force") == 0
    assert file.read_bytes().startswith(b"patient,trial_start,")


def test_that_an_export_is_in_the_audit_trail(folder: Path, tmp_path: Path) -> None:
    how = ("--patient", MRN, "--format", "long", "-o", str(tmp_path / "x.csv"))
    assert run(folder, "export", *how) == 0
    session = reopened(folder / RECORD_NAME, FixedClock(NOW))
    with session.reading() as work:
        patient = work.patients.by_mrn(MRN)
        assert patient is not None
        newest = work.audit.of_patient(patient.id)[0]
    assert newest.action == ACTION
    assert '"form":"long"' in (newest.new or "")


def test_that_an_unknown_patient_or_a_wrong_wish_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "export", "--patient", "9", "--format", "long") == 1
    assert "No patient has this MRN" in capsys.readouterr().err
    assert run(folder, "export", "--all", "--format", "long", "--shift-dates") == 2


def test_that_redcap_data_goes_out_and_into_another_record(folder: Path, tmp_path: Path) -> None:
    other, out, back = (tmp_path / name for name in ("other", "out", "back"))
    other.mkdir()
    make_session(other, clock=FixedClock(LATER)).records.close()
    assert run(folder, "export", "--all", "--format", "redcap", "-o", str(out)) == 0
    (data,) = out.glob("*-data.csv")
    assert len(list(out.glob("*-dictionary.csv"))) == 1
    assert run(other, "import", str(data)) == 0
    assert run(other, "export", "--all", "--format", "redcap", "-o", str(back)) == 0
    (again,) = back.glob("*-data.csv")
    assert again.read_bytes() == data.read_bytes()


def test_that_fhir_is_pseudonymised_unless_asked(folder: Path, tmp_path: Path) -> None:
    out, named = tmp_path / "out", tmp_path / "named"
    out.mkdir()
    named.mkdir()
    assert run(folder, "export", "--patient", MRN, "--format", "fhir", "-o", str(out)) == 0
    more = ("--identified", "-o", str(named))
    assert run(folder, "export", "--patient", MRN, "--format", "fhir", *more) == 0
    hidden = "".join(path.read_text() for path in out.iterdir())
    shown = "".join(path.read_text() for path in named.iterdir())
    assert MRN not in hidden
    assert MRN in shown


def test_that_a_file_of_codes_is_used_or_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = tmp_path / "codes.toml"
    export = ("export", "--patient", MRN, "--format", "fhir", "--codes", str(codes))
    assert run(folder, *export, "-o", str(tmp_path / "no")) == 1
    assert "can't be read" in capsys.readouterr().err
    codes.write_text("[measure.pain_average]\nsystem = 'https://x.example'\ncode = 'PAIN24'\n")
    out = tmp_path / "out"
    out.mkdir()
    assert run(folder, *export, "-o", str(out)) == 0
    assert "PAIN24" in "".join(path.read_text() for path in out.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "long", "--identified"),
        ("--format", "long", "--codes", "x.toml"),
        ("--format", "fhir", "--identified", "--pseudonymise"),
        ("--format", "fhir", "--identified", "--shift-dates"),
    ],
)
def test_that_what_does_not_fit_together_is_wrong_usage(
    folder: Path, words: tuple[str, ...]
) -> None:
    assert run(folder, "export", "--patient", MRN, *words) == 2
