"""Faulty diaries on the command line: every fault told with its place, and nothing imported."""

import os
from uuid import uuid4

import pytest

from scs_trial.cli import main
from scs_trial.clock import FixedClock
from scs_trial.domain.patient import Patient
from scs_trial.services.register_patient import find_patients, save_patient
from tests.records import NOW, PASSWORD, RECORD_NAME, close_all, make_session, reopened

HEADER = "patient,trial_start,planned_days,date,pain_average\n"
FIRST = "P1,2026-02-01,7,2026-01-31,8\n"
GOOD = HEADER + FIRST + "P1,2026-02-01,7,2026-02-02,4\n"
MEGABYTE = 1_000_000

FAULTY = {
    "wrong columns": (GOOD.replace("pain_average", "pain").encode(), ["row 1, column pain"]),
    "no patient column": (
        GOOD.replace("patient", "who").encode(),
        ["row 1, column who", "row 1, column patient"],
    ),
    "above the scale": (GOOD.replace(",4\n", ",10.5\n").encode(), ["row 3, column pain_average"]),
    "text in a score": (GOOD.replace(",4\n", ",four\n").encode(), ["row 3, column pain_average"]),
    "duplicate day": (
        (GOOD + "P1,2026-02-01,7,2026-02-02,5\n").encode(),
        ["row 4, column date"],
    ),
    "two planned lengths": (
        (GOOD + "P1,2026-02-01,9,2026-02-03,5\n").encode(),
        ["row 4, column planned_days"],
    ),
    "every fault at once": (
        (GOOD + "P1,2026-02-01,7,2026-02-03,11\nP1,2026-02-01,7,2026-02-30,x\n").encode(),
        ["row 4, column pain_average", "row 5, column date", "row 5, column pain_average"],
    ),
    "empty": (b"", ["empty"]),
    "utf-16": (GOOD.encode("utf-16"), ["UTF-16"]),
    "utf-16 without its mark": (GOOD.encode("utf-16-le"), ["UTF-16"]),
    "binary": (bytes(range(256)) * 40, ["binary"]),
    "workbook": (b"PK\x03\x04" + bytes(100), ["workbook"]),
}


@pytest.fixture
def record(tmp_path):
    """A closed record that holds one patient."""
    session = make_session(tmp_path, clock=FixedClock(NOW))
    save_patient(session, Patient(id=uuid4(), name="Okafor, Grace", mrn="104882"))
    session.records.close()
    yield tmp_path / RECORD_NAME
    close_all()


def state(record):
    """Return the audit head and who is in the record."""
    session = reopened(record, FixedClock(NOW))
    with session.reading() as work:
        head = work.audit.head()
    found = [hit.patient.name for hit in find_patients(session, "")]
    session.records.close()
    return head, found


def run_import(record, file):
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode())
    os.close(writer)
    where = ["--record", str(record), "--user", "anna", "--password-fd", str(reader)]
    try:
        return main(["import", str(file), *where])
    finally:
        os.close(reader)


@pytest.mark.parametrize("fault", FAULTY)
def test_that_an_import_tells_each_fault_and_leaves_the_record_alone(
    record, tmp_path, capsys, fault
):
    data, places = FAULTY[fault]
    file = tmp_path / "diary.csv"
    file.write_bytes(data)
    before = state(record)
    assert run_import(record, file) == 1
    said = capsys.readouterr()
    assert said.out == ""
    for place in places:
        assert place in said.err
    assert len(said.err.splitlines()) == len(places)
    assert state(record) == before


@pytest.mark.parametrize("fault", FAULTY)
def test_that_an_evaluation_tells_each_fault_and_gives_no_result(tmp_path, capsys, fault):
    data, places = FAULTY[fault]
    file = tmp_path / "diary.csv"
    file.write_bytes(data)
    assert main(["evaluate", str(file), "--criteria", "general-50"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    for place in places:
        assert place in said.err


def test_that_fifty_megabytes_are_refused_unread(record, tmp_path, capsys):
    file = tmp_path / "diary.csv"
    with file.open("wb") as out:
        out.write(GOOD.encode())
        out.truncate(50 * MEGABYTE)
    before = state(record)
    assert run_import(record, file) == 1
    assert "larger than 10 MB" in capsys.readouterr().err
    assert state(record) == before


def test_that_carriage_returns_alone_are_a_good_diary(record, tmp_path, capsys):
    file = tmp_path / "diary.csv"
    file.write_bytes(GOOD.replace("\n", "\r").encode())
    assert main(["evaluate", str(file), "--criteria", "general-50"]) == 0
    head, found = state(record)
    assert run_import(record, file) == 0
    assert state(record)[0] != head
    assert sorted(state(record)[1]) == sorted([*found, "P1 (imported)"])
