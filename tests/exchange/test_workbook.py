"""What is exported is read back by openpyxl as text and numbers; nothing becomes a formula."""

from __future__ import annotations

import csv
import io
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scs_trial.domain.case import CaseTrial
from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import UserError
from scs_trial.exchange.export_files import export_files, safe_name, save_export
from scs_trial.exchange.export_model import ExportedTrial, ExportFile, ExportForm, ExportModel
from scs_trial.exchange.long_rows import LONG_COLUMNS, write_long
from scs_trial.exchange.workbook import LONGEST_CELL, cell_text, write_workbook
from scs_trial.services.diary_of import diary_of
from tests.data.build import AT
from tests.domain.generate import CATALOGUE
from tests.exchange.cases import TEXTS

CELLS = int(os.environ.get("SCS_TRIAL_HOSTILE_CELLS", "2000"))
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "'=",
    "''+",
    "",
)
PARTS = (
    *(
        "1+1",
        "cmd|' /C calc'!A0",
        "SUM(A1)",
        'HYPERLINK("http://x","y")',
        "DDE",
        "{=1}",
        "http://x",
    ),
    *(
        "<b>",
        "&amp;",
        "]]>",
        "_x0041_",
        "\u202e",
        "\u0000",
        "\u0007",
        "\ufffe",
        "\ud800",
        "\U0001f642",
    ),
    *(
        "../",
        "..\\",
        "/etc/passwd",
        "C:\\",
        "con",
        "NUL.txt",
        "a" * 300,
        " ",
        ".",
        "\n",
        ";,\t",
        '"',
    ),
)


def hostile(rng: Random) -> str:
    """Return a text that begins like a formula, leads out of a folder or breaks markup."""
    many = rng.randrange(4)
    return STARTS[rng.randrange(len(STARTS))] + "".join(
        PARTS[rng.randrange(len(PARTS))]
        if rng.randrange(3)
        else chr(rng.choice((rng.randrange(0x300), rng.randrange(0x3000), rng.randrange(0x110000))))
        for _ in range(many)
    )


def model_of(
    texts: list[str], values: dict[Series, Decimal] | None = None, *, patient: str = "P1"
) -> ExportModel:
    """Return a trial with one check-in for each text."""
    owner = Patient(id=UUID(int=1), name="N", mrn=patient)
    trial = Trial(id=UUID(int=2), patient_id=owner.id, trial_start=START)
    check_ins = tuple(
        CheckIn(
            id=UUID(int=place + 3),
            trial_id=trial.id,
            day=date.fromordinal(START.toordinal() + place),
            phase=Phase.TRIAL,
            values=values if values is not None else {Series("pain_average"): Decimal("4.0")},
            program=text or None,
            note=text,
            helped=text,
            triggered=text,
            recorded_at=AT,
        )
        for place, text in enumerate(texts)
    )
    zone = ZoneInfo("Europe/Berlin")
    diary = diary_of(trial, check_ins, zone=zone)
    assert diary is not None
    held = CaseTrial(trial=trial, check_ins=tuple((one,) for one in check_ins))
    one = ExportedTrial(
        patient=patient, trial=held, check_ins=check_ins, diary=diary, evaluation=None
    )
    return ExportModel(cases=(), trials=(one,), catalogue=CATALOGUE, zone=zone, made_on=START)


START = date(2026, 3, 2)


def sheets(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        for sheet in book
    }


def kinds(data: bytes) -> Iterator[tuple[str, object]]:
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                yield cell.data_type, cell.value


def has_formula(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f>" in archive.read(name) or b"<f " in archive.read(name) for name in names)


def test_that_hostile_cells_stay_text_in_workbook_and_csv() -> None:
    rng = Random(1)
    texts = [hostile(rng) for _ in range(CELLS)]
    model = model_of(texts, patient="=1+1")
    data = write_workbook(model)
    assert not has_formula(data)
    assert "f" not in {kind for kind, _ in kinds(data)}
    days = sheets(data)["days"]
    assert len(days) == CELLS + 1
    assert {row[0] for row in days[1:]} == {"=1+1"}
    written = write_long(model).encode("utf-8", "replace").decode()
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert {len(row) for row in rows} == {len(LONG_COLUMNS)}
    for row in rows[1:]:
        assert not any(cell.startswith(STARTS[:11]) for cell in row)


@pytest.mark.parametrize("text", [text for text in TEXTS if text and text != "\ufffe"])
def test_that_a_text_is_read_back_as_it_was(text: str) -> None:
    days = sheets(write_workbook(model_of([text])))["days"]
    assert days[1][-1] == text


def test_that_numbers_are_numbers_with_all_their_digits() -> None:
    values = {
        Series("pain_average"): Decimal("6.859999999999999"),
        Series("mme"): Decimal("123.456789012345678"),
        Series("eq5d_index"): Decimal("-0.25"),
        Series("walking_minutes"): Decimal(0),
    }
    rows = {row[5]: row for row in sheets(write_workbook(model_of([""], values)))["data"][1:]}
    assert rows["pain_average"][7] == 6.859999999999999
    assert rows["mme"][7] == "123.456789012345678"
    assert rows["eq5d_index"][7] == -0.25
    assert rows["walking_minutes"][7] == 0
    assert rows["walking_minutes"][8] == "min"
    assert rows["mme"][3] == datetime.fromisoformat("2026-03-02")
    assert rows["mme"][10] == datetime.fromisoformat("2026-03-09T08:15:30.123")
    assert "-0.25" in write_long(model_of([""], values)).split(",")


def test_that_the_dictionary_names_every_measure_with_its_unit() -> None:
    head, *rows = sheets(write_workbook(model_of([""])))["dictionary"]
    assert [row[0] for row in rows] == list(CATALOGUE)
    units = {row[0]: row[head.index("unit")] or "" for row in rows}
    assert units == {code: measure.unit for code, measure in CATALOGUE.items()}


def test_that_a_cell_holds_no_more_than_a_workbook_takes() -> None:
    assert cell_text("x" * 40_000).endswith("(cut)")
    assert len(cell_text("x" * 40_000)) == LONGEST_CELL


def test_that_file_names_lead_nowhere_else(tmp_path: Path) -> None:
    rng = Random(2)
    root = tmp_path.resolve()
    for _ in range(CELLS):
        name = safe_name(hostile(rng))
        assert 0 < len(name) <= 80
        assert name.isascii()
        assert not name.startswith((".", "-"))
        assert name.rpartition(".")[0].upper() not in {"CON", "NUL"}
        assert (root / name).resolve().parent == root


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_that_any_text_gives_a_plain_name(tmp_path: Path, text: str) -> None:
    name = safe_name(text)
    assert safe_name(name) == name
    assert (tmp_path / name).parent == tmp_path


def test_that_files_are_private_and_replace_nothing_unasked(tmp_path: Path) -> None:
    files = [ExportFile(name="a.csv", data=b"new"), ExportFile(name="b.csv", data=b"new")]
    (tmp_path / "b.csv").write_bytes(b"mine")
    with pytest.raises(UserError, match="already a file"):
        save_export(tmp_path, files)
    assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "b.csv").read_bytes() == b"mine"
    for path in save_export(tmp_path, files, overwrite=True):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_bytes() == b"new"
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}
    (path,) = save_export(tmp_path / "single.csv", files[:1])
    assert path == tmp_path / "single.csv"
    made = save_export(tmp_path / "folder", files)
    assert {path.parent for path in made} == {tmp_path / "folder"}


def test_that_names_and_marks_of_files_say_nothing_of_the_patient() -> None:
    model = replace(model_of(["x"], patient="104 882"), synthetic=True)
    for form in (ExportForm.DIARY, ExportForm.LONG, ExportForm.XLSX):
        (file,) = export_files(model, form)
        assert "104" not in file.name
        assert "made-up" in file.name


def test_that_a_sheet_that_is_full_is_refused_and_never_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scs_trial.exchange.workbook.MOST_ROWS", 3)
    write_workbook(replace(model_of(["x", "y"]), catalogue=Catalogue(FIRST)))
    with pytest.raises(UserError, match="A sheet holds 3 rows"):
        write_workbook(model_of(["x", "y", "z"]))


FIRST = {code: CATALOGUE[code] for code in ("pain_average",)}
