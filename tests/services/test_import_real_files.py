"""Real files of clinics and apps, imported through the assistant into a real encrypted record.

Expected values are read from each file here by other means than the engine's: split lines, one
known column, `Decimal` of the text. The data are not ours to ship: the tests skip without them.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from scs_trial.domain.diary import Phase
from scs_trial.services.run_import import dry_run
from scs_trial.services.undo_import import undo_import
from tests.reference import reference
from tests.services.clinic import Clinic
from tests.services.importing import (
    bring,
    look,
    open_ids,
    ready,
    stored_days,
    trials_of,
    values,
)

PAIN = "¿Hasta qué punto ha sentido dolor?"
WORK = (
    "Cuando trabajó, ¿cuánto afectó el dolor u otros síntomas de la fibromialgia a su capacidad "
    "para trabajar?"
)
SPANISH = {
    "encoding": "latin-1",
    f"role:{WORK}": "ignore",
    f"role:{PAIN}": "pain_average",
    f"scale:{PAIN}": "nrs_0_10",
    "phase:Primera sesión": "baseline",
    "phase:Fase intermedia": "trial",
    "phase:Final del tratamiento": "trial",
    "phase:Sesión de recuerdo": "leave_out",
    "trial_start": "first_baseline",
    "period": "all",
    "several": "last",
}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def spanish_rows() -> list[list[str]]:
    path = reference("rtms_fibromyalgia_es", "Dataset_Bioinformatics_first300rows.csv")
    text = path.read_bytes().decode("latin-1")
    return list(csv.reader(text.splitlines(), delimiter=";"))[1:]


def spanish_day(text: str) -> date:
    month, day, year = text.split(maxsplit=1)[0].split("/")
    return date(int(year), int(month), int(day))


def spanish(clinic: Clinic, **more: str):
    path = reference("rtms_fibromyalgia_es", "Dataset_Bioinformatics_first300rows.csv")
    return look(clinic, path, {**SPANISH, **more})


def test_that_the_spanish_export_is_month_first_by_evidence_that_is_shown(clinic: Clinic) -> None:
    found = spanish(clinic)
    settled = {finding.id: finding for finding in found.findings}
    order = settled["date_order:Marca temporal"]
    assert order.value == "mdy"
    assert "0 of 300 are no day, 0 steps against the order of the rows" in order.why
    assert "194 of 300 are no day" in order.why
    assert "01/05/2021 12:36, 1/13/2021 16:25:06" in order.why
    assert settled["decimal"].value == ","
    assert settled["separator"].value == ";"


def test_that_the_spanish_export_asks_for_encoding_pain_and_phases(clinic: Clinic) -> None:
    path = reference("rtms_fibromyalgia_es", "Dataset_Bioinformatics_first300rows.csv")
    first = look(clinic, path, {})
    assert {"encoding", f"role:{PAIN}", f"role:{WORK}"} <= set(open_ids(first))
    assert first.questions[0].choices[0].value == "cp1252"
    assert first.questions[0].choices[1].value == "latin-1"
    assert first.prepared is None


def test_that_the_spanish_export_is_imported_with_its_own_values(clinic: Clinic) -> None:
    prepared = ready(spanish(clinic))
    rows = spanish_rows()
    without = {row[1] for row in rows} - {row[1] for row in rows if row[5] == "Primera sesión"}
    faulty = set(prepared.faulty_rows)
    expected_faulty = {
        number
        for number, row in enumerate(rows, 2)
        if row[1] in without and row[5] != "Sesión de recuerdo"
    }
    assert expected_faulty <= faulty
    assert prepared.rows == 300
    path = reference("rtms_fibromyalgia_es", "Dataset_Bioinformatics_first300rows.csv")
    bring(clinic, path, SPANISH, skip_faulty=True)
    compared = 0
    for number, row in enumerate(rows, 2):
        if number in faulty or row[5] == "Sesión de recuerdo":
            continue
        starts = [spanish_day(r[0]) for r in rows if r[1] == row[1] and r[5] == "Primera sesión"]
        held = stored_days(clinic, row[1], min(starts))
        phase = Phase.BASELINE if row[5] == "Primera sesión" else Phase.TRIAL
        same = [
            r
            for r in rows
            if r[1] == row[1]
            and spanish_day(r[0]) == spanish_day(row[0])
            and r[5] != "Sesión de recuerdo"
            and (r[5] == "Primera sesión") == (row[5] == "Primera sesión")
        ]
        check_in = held[spanish_day(row[0]), phase]
        assert list(map(str, check_in.values)) == ["pain_average"]
        assert next(iter(check_in.values.values())) == Decimal(same[-1][41])
        compared += 1
    assert compared == 300 - len(faulty) - sum(row[5] == "Sesión de recuerdo" for row in rows)


def test_that_an_error_cell_is_a_fault_at_its_cell(clinic: Clinic) -> None:
    prepared = spanish(clinic, **{"role:FIQ_TOTAL": "note"}).prepared
    assert prepared is not None
    errors = [fault for fault in prepared.faults if "spreadsheet error" in fault.reason]
    assert [(fault.row, fault.column, fault.value) for fault in errors] == [
        (row, "FIQ_TOTAL", "#¡DIV/0!") for row in (40, 98) if row in {f.row for f in errors}
    ]
    assert errors


FITBIT = {"scale:Steps": "as_recorded", "patient": "F1", "placement_day": "trial"}


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("fitbit_export_2016_11.csv", date(2016, 11, 15)),
        ("fitbit_export_2017_01.csv", date(2017, 1, 15)),
    ],
)
def test_that_a_fitbit_month_gives_its_steps(clinic: Clinic, name: str, start: date) -> None:
    path = reference("myaiguide_app_exports", name)
    _, done = bring(clinic, path, {**FITBIT, "trial_start": start.isoformat()})
    expected = {}
    for line in path.read_text().splitlines()[2:]:
        cells = line.strip('"').split('","')
        day, month, year = cells[0].split("-")
        expected[date(int(year), int(month), int(day))] = {
            "steps": Decimal(cells[2].replace(",", ""))
        }
    assert len(expected) in (30, 31)
    assert values(stored_days(clinic, "F1", start)) == expected
    assert done.counts["new days"] == len(expected)


def test_that_a_fitbit_month_shows_why_it_is_read_so(clinic: Clinic) -> None:
    path = reference("myaiguide_app_exports", "fitbit_export_2016_11.csv")
    found = look(clinic, path, {})
    settled = {finding.id: finding for finding in found.findings}
    assert settled["header_row"].value == "2"
    assert settled["decimal"].value == "."
    assert settled["thousands"].value == "comma"
    assert settled["date_order:Date"].value == "dmy"
    assert "18 of 30 are no day" in settled["date_order:Date"].why
    assert open_ids(found) == ["scale:Steps", "patient", "trial_start"]


KNEE = {
    "role:name": "item",
    "role:intensity": "value",
    "role:date": "recorded_at",
    "item:Knee Pain": "pain_average",
    "item:happiness": "ignore",
    "patient": "P2",
    "period": "2018-05-02..2018-05-20",
    "trial_start": "2018-05-09",
    "placement_day": "baseline",
}


@pytest.mark.parametrize(
    "name", ["Participant2Pain.csv", "Participant5Pain.csv", "Participant9Pain.csv"]
)
def test_that_a_scale_that_is_no_nrs_is_asked_and_not_called_one(clinic: Clinic, name: str) -> None:
    path = reference("myaiguide_app_exports", name)
    items = {row["name"] for row in table(path)}
    pain = "Ankle Pain" if "Ankle Pain" in items else "Knee Pain"
    answers = {
        **KNEE,
        **{f"item:{item}": "ignore" for item in items},
        f"item:{pain}": "pain_average",
    }
    found = look(clinic, path, answers)
    assert f"scale:{pain}" in open_ids(found)
    question = next(one for one in found.questions if one.id == f"scale:{pain}")
    assert "lie between whole numbers" in question.evidence
    refused = look(clinic, path, {**answers, f"scale:{pain}": "other"})
    assert refused.prepared is None
    question = next(one for one in refused.questions if one.id == f"scale:{pain}")
    assert question.open
    assert "are not called a numeric rating scale" in question.objection


def test_that_a_foreign_scale_is_kept_as_words(clinic: Clinic) -> None:
    path = reference("myaiguide_app_exports", "Participant2Pain.csv")
    bring(clinic, path, {**KNEE, "scale:Knee Pain": "note"})
    held = stored_days(clinic, "P2", date(2018, 5, 9))
    expected: dict[date, list[str]] = {}
    for row in table(path):
        day = date(int(row["startyear"]), int(row["startmonth"]), int(row["startday"]))
        if row["name"] == "Knee Pain" and date(2018, 5, 2) <= day <= date(2018, 5, 20):
            line = f"Knee Pain: {row['intensity']} (the file's own scale)"
            expected.setdefault(day, []).append(line)
    assert {day: one.note.splitlines() for (day, _), one in held.items()} == {
        day: list(dict.fromkeys(lines)) for day, lines in expected.items()
    }
    assert all(not one.values for one in held.values())


ANKLE = {
    "role:name": "item",
    "role:intensity": "value",
    "item:Ankle Pain": "pain_average",
    "scale:Ankle Pain": "nrs_0_10",
    "patient": "P5",
    "trial_start": "2019-05-08",
    "placement_day": "trial",
}


@pytest.mark.parametrize("how", ["mean", "last", "first"])
def test_that_several_rows_of_a_day_are_asked_about(clinic: Clinic, how: str) -> None:
    path = reference("myaiguide_app_exports", "Participant5Pain.csv")
    found = look(clinic, path, ANKLE)
    assert open_ids(found) == ["several"]
    bring(clinic, path, {**ANKLE, "several": how})
    rows: dict[date, list[Decimal]] = {}
    for row in table(path):
        day = date(int(row["startyear"]), int(row["startmonth"]), int(row["startday"]))
        rows.setdefault(day, []).append(Decimal(row["intensity"]))
    assert any(len(held) > 1 for held in rows.values())
    expected = {
        "mean": lambda held: round(sum(held) / len(held), 6),
        "last": lambda held: held[-1],
        "first": lambda held: held[0],
    }[how]
    assert values(stored_days(clinic, "P5", date(2019, 5, 8))) == {
        day: {"pain_average": expected(held)} for day, held in rows.items()
    }


def ditto_answers(path: Path) -> dict[str, str]:
    regions = {line.split(",")[3] for line in path.read_text().splitlines()[2:]}
    return {
        "role:day": "day",
        "role:region": "item",
        "role:intensity": "value",
        **{f"item:{region}": "ignore" for region in regions},
        "item:Knees": "pain_average",
        "scale:Knees": "nrs_0_10",
        "item:Hands And Fingers": "pain_average[hands]",
        "scale:Hands And Fingers": "nrs_0_10",
        "patient": "P1",
        "period": "2015-11-25..2016-03-31",
        "trial_start": "2016-01-15",
        "placement_day": "trial",
        "several": "last",
    }


def test_that_blank_dates_are_asked_about_and_filled_from_above(clinic: Clinic) -> None:
    path = reference("myaiguide_app_exports", "Participant1_pain_first400lines.csv")
    answers = ditto_answers(path)
    found = look(clinic, path, answers)
    assert "blanks:date" in open_ids(found)
    bring(clinic, path, {**answers, "blanks:date": "above"})
    year = month = day = ""
    expected: dict[date, dict[str, Decimal]] = {}
    for line in path.read_text().splitlines()[2:]:
        cells = line.split(",")
        year, month, day = cells[0] or year, cells[1] or month, cells[2] or day
        series = {"Knees": "pain_average", "Hands And Fingers": "pain_average[hands]"}.get(cells[3])
        if series is not None:
            that = date(int(year), int(month), int(day))
            expected.setdefault(that, {})[series] = Decimal(cells[5])
    assert len(expected) > 100
    assert values(stored_days(clinic, "P1", date(2016, 1, 15))) == expected


def test_that_files_with_cr_alone_are_imported_period_by_period(clinic: Clinic) -> None:
    path = reference("amitriptyline_hivsn", "NNT.csv")
    raw = path.read_bytes()
    assert b"\n" not in raw
    lines = [line.split(",") for line in raw.decode().split("\r") if line][1:]
    answers = {
        "role:Period": "keep",
        "role:Treatment": "ignore",
        "role:Time1": "pain_average@baseline:1",
        "role:Time3": "pain_average@trial:42",
        "scale:pain_average": "nrs_0_10",
        "day_one": "day_after",
        "baseline_end": "day_before",
    }
    for period, start in (("1", date(2010, 3, 1)), ("2", date(2010, 6, 1))):
        given = {**answers, "keep:Period": period, "trial_start": start.isoformat()}
        bring(clinic, path, given)
        compared = 0
        for cells in lines:
            if cells[2] != period:
                continue
            held = values(stored_days(clinic, cells[0], start))
            said = {
                start - timedelta(days=1): {"pain_average": Decimal(cells[4])},
                start + timedelta(days=42): {"pain_average": Decimal(cells[5])},
            }
            assert held == said
            compared += 1
        assert compared == Counter(cells[2] for cells in lines)[period]


START = date(2016, 9, 15)
BDA = {"trial_start": START.isoformat(), "day_one": "day_after", "baseline_end": "day_before"}
LONG = {
    "sheet": "long",
    "role:day": "day_number",
    "role:vas_0_10": "pain_vas",
    "scale:vas_0_10": "vas_0_10",
    "phase:followup": "trial",
    **BDA,
}
WIDE = {
    "sheet": "wide",
    **{f"role:t0{day}": f"pain_average@baseline:{day}" for day in range(1, 8)},
    **{f"role:t1{day}": f"pain_average@trial:{day}" for day in range(1, 8)},
    "scale:pain_average": "vas_0_10",
    **BDA,
}


def diary_rows() -> dict[str, dict[date, Decimal]]:
    path = reference("bda_pain_vas_diary", "pain_vas_AUS_EU_long.csv")
    found: dict[str, dict[date, Decimal]] = {}
    for row in table(path):
        if row["vas_0_10"]:
            day = int(row["day"])
            offset = day - 8 if row["phase"] == "baseline" else day
            place = START + timedelta(days=offset)
            found.setdefault(row["patient"], {})[place] = Decimal(row["vas_0_10"])
    return found


@pytest.mark.parametrize("answers", [LONG, WIDE], ids=["long", "wide"])
def test_that_a_workbook_diary_is_imported_long_and_wide(
    clinic: Clinic, answers: dict[str, str]
) -> None:
    path = reference("bda_pain_vas_diary", "pain_vas_AUS_EU.xlsx")
    _, done = bring(clinic, path, answers)
    expected = diary_rows()
    assert done.counts["new days"] == sum(map(len, expected.values())) == 1582
    assert done.counts["new trials"] == len(expected) == 119
    for patient, days in expected.items():
        trial = trials_of(clinic, patient)[START]
        assert trial.pain_measure == "pain_vas"
        held = values(stored_days(clinic, patient, START))
        assert held.keys() == days.keys()
        for day, value in days.items():
            got = held[day]["pain_vas"]
            assert abs(got - value * 10) < Decimal("1e-13")
            if len(value.as_tuple().digits) <= 15:
                assert got == value * 10


def test_that_the_means_of_the_workbook_are_those_computed_outside(clinic: Clinic) -> None:
    bring(clinic, reference("bda_pain_vas_diary", "pain_vas_AUS_EU.xlsx"), LONG)
    path = reference("bda_pain_vas_diary", "expected_per_patient.csv")
    for row in table(path):
        held = stored_days(clinic, row["patient"], START)
        for phase, column in (("baseline", "baseline_mean"), ("trial", "followup_mean")):
            said = [
                next(iter(one.values.values()))
                for (_, where), one in held.items()
                if where == phase
            ]
            assert (not said) == (not row[column])
            if said:
                mean = sum(said) / len(said) / 10
                assert mean == pytest.approx(Decimal(row[column]), abs=Decimal("0.000001"))


def test_that_the_same_file_again_changes_nothing_and_undo_takes_all_back(clinic: Clinic) -> None:
    path = reference("bda_pain_vas_diary", "pain_vas_AUS_EU.xlsx")
    prepared, done = bring(clinic, path, LONG)
    again = dry_run(clinic.session, prepared)
    assert again.counts["new days"] == again.counts["changed days"] == 0
    assert again.counts["unchanged days"] == 1582
    undo_import(clinic.session, done.import_id, reason="wrong file")
    with clinic.session.reading() as work:
        assert work.patients.by_mrn("P001") is None
