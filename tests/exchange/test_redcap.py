"""REDCap: dictionary and data fit each other, and go out, in and out again without a change."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_trial.clock import FixedClock
from scs_trial.domain.diary import Phase
from scs_trial.exchange.export_files import export_files
from scs_trial.exchange.export_model import ExportForm
from scs_trial.exchange.redcap import instance_of
from scs_trial.exchange.redcap_fields import DICTIONARY_COLUMNS
from scs_trial.exchange.redcap_reader import looks_like_redcap, read_redcap
from scs_trial.services.export_records import ExportRequest, export_records
from scs_trial.services.import_diary import DiaryToImport, import_diaries
from scs_trial.services.session import Session
from tests.domain.generate import CATALOGUE
from tests.exchange.cases import store_case
from tests.records import make_session

LATER = FixedClock(datetime(2027, 6, 1, tzinfo=UTC))
EXAMPLES = int(os.environ.get("SCS_TRIAL_CASE_EXAMPLES", "8"))


def exported(session: Session) -> tuple[bytes, bytes]:
    request = ExportRequest(form=ExportForm.REDCAP)
    dictionary, data = export_files(export_records(session, request), ExportForm.REDCAP)
    return dictionary.data, data.data


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 10**6))
def test_that_export_import_export_gives_the_same_bytes(seed: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        source, target = make_session(Path(one)), make_session(Path(other), clock=LATER)
        for number in range(2):
            store_case(source, seed + number, mrn=f"={seed + number}")
        first = exported(source)
        found = read_redcap(first[1], catalogue=CATALOGUE)
        assert found.faults == ()
        entries = [DiaryToImport(patient=one.patient, diary=one.diary) for one in found.trials]
        if entries:
            import_diaries(target, entries)
            assert exported(target) == first
        source.records.close()
        target.records.close()


@pytest.fixture
def files(tmp_path: Path) -> tuple[bytes, bytes]:
    session = make_session(tmp_path)
    for seed in (7, 11, 12):
        store_case(session, seed, mrn=f"P{seed}")
    return exported(session)


def test_that_the_dictionary_has_the_fixed_columns_and_every_field(
    files: tuple[bytes, bytes],
) -> None:
    rows = table(files[0])
    assert tuple(rows[0]) == DICTIONARY_COLUMNS
    assert len(DICTIONARY_COLUMNS) == 18
    names = [row["Variable / Field Name"] for row in rows]
    assert names[0] == "record_id"
    assert len(names) == len(set(names))
    keys = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
    head = list(table(files[1])[0])
    assert head[:4] == ["record_id", *keys]
    fields = [name for name in head if name not in keys and not name.endswith("_complete")]
    assert fields == names
    assert {"trial_setup_complete", "daily_checkin_complete"} <= set(head)


def test_that_each_check_in_is_one_instance_of_its_event(files: tuple[bytes, bytes]) -> None:
    rows = table(files[1])
    places = [tuple(row.values())[:4] for row in rows]
    assert len(places) == len(set(places))
    assert looks_like_redcap(files[1])
    for row in rows:
        if row["redcap_repeat_instrument"]:
            assert int(row["redcap_repeat_instance"]) >= 1
            assert row["trial_start"] == ""
        else:
            assert row["redcap_event_name"].startswith("baseline_arm_")


@pytest.mark.parametrize(
    ("number", "phase", "instance"),
    [
        (1, Phase.TRIAL, 1),
        (9, Phase.TRIAL, 9),
        (0, Phase.TRIAL, 1000),
        (-1, Phase.TRIAL, 1001),
        (-1, Phase.BASELINE, 1),
        (-7, Phase.BASELINE, 7),
        (0, Phase.BASELINE, 1000),
    ],
)
def test_that_the_instance_is_the_day(number: int, phase: Phase, instance: int) -> None:
    assert instance_of(number, phase) == instance


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("P,trial_arm_1,daily_checkin,1,,2026-01-02,4", "no row with the placement date"),
        ("P,visit,,,2026-01-01,,", "is no event"),
        ("P,baseline_arm_1,other,1,2026-01-01,,", "is not daily_checkin"),
        ("P,baseline_arm_1", "not as many cells"),
        ("P,baseline_arm_1,,,x,,", "is no date"),
        (
            "P,baseline_arm_1,,,2026-01-01,,\nP,trial_arm_1,daily_checkin,1,,2026-01-02,44",
            "outside 0 to 10",
        ),
    ],
)
def test_that_a_fault_is_named_by_its_row(rows: str, said: str) -> None:
    head = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance"
    text = f"{head},trial_start,checkin_date,pain_average\n{rows}\n"
    fault = read_redcap(text.encode(), catalogue=CATALOGUE).faults[0]
    assert said in fault.reason
    assert fault.row == rows.count("\n") + 2


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_that_no_bytes_crash_the_reader(content: bytes) -> None:
    for data in (content, b"record_id,redcap_event_name,\n" + content):
        found = read_redcap(data, catalogue=CATALOGUE)
        assert found.faults or not found.trials
