"""What is written is read back digit by digit, and no spreadsheet takes text for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.written import MAX_DIGITS, region_name, significant_digits
from scs_trial.exchange.diary_csv import DiaryFile, read_diary
from scs_trial.exchange.diary_trials import PatientDiary
from scs_trial.exchange.diary_writer import write_diary
from tests.domain.generate import CATALOGUE, case

START = date(2026, 1, 10)


def read_back(trials: list[PatientDiary]) -> DiaryFile:
    data = write_diary(trials, catalogue=CATALOGUE).encode()
    return read_diary(io.BytesIO(data), catalogue=CATALOGUE)


def digits(trials: Sequence[PatientDiary]) -> list[object]:
    """Return every value with its zeros: ``10`` and ``10.0`` are equal but not the same."""
    return [
        {series: value.as_tuple() for series, value in day.values.items()}
        for _, diary in trials
        for day in diary.days
    ]


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).map(
    region_name
).filter(bool) | st.sampled_from(
    ["=1+1", "-2", "'=x", "''@x", "<b>x</b>", "a,b;c", '"q"', "\u202eabc", "x" * 200, "＝1", "'"]
)
NOTES = NAMES | st.sampled_from(["two\nlines\tand a tab", "=\r\n", "'"])


def writable(value: Decimal) -> bool:
    return significant_digits(format(value, "f")) <= MAX_DIGITS


def drawn(seed: int, patient: str, note: str) -> PatientDiary:
    """Draw a trial; its red flag is no part of a diary file."""
    diary, _ = case(Random(seed))
    days = tuple(
        replace(day, values={s: v for s, v in day.values.items() if writable(v)})
        for day in diary.days
    ) or (DiaryDay(day=diary.trial_start, phase=Phase.TRIAL),)
    first = replace(days[0], note=note, program=None if days[0].missed else patient)
    return PatientDiary(
        patient,
        replace(
            diary,
            planned_days=max(1, diary.planned_days),
            days=(first, *days[1:]),
            red_flag_open=False,
        ),
    )


TRIALS = st.lists(
    st.builds(drawn, st.integers(0, 10**6), NAMES, NOTES),
    max_size=3,
    unique_by=lambda trial: trial.patient,
)


@given(TRIALS)
def test_that_every_diary_is_read_back_as_it_was(written: list[PatientDiary]) -> None:
    text = write_diary(written, catalogue=CATALOGUE)
    file = read_diary(io.BytesIO(text.encode()), catalogue=CATALOGUE)
    assert file.faults == ()
    assert list(file.trials) == written
    assert digits(file.trials) == digits(written)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    for row in rows:
        for name in ("patient", "program", "note"):
            assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_that_a_trial_without_check_ins_is_kept() -> None:
    (trial,) = read_back([PatientDiary("P1", Diary(trial_start=START, planned_days=5))]).trials
    assert trial.diary.planned_days == 5
    assert trial.diary.days == (DiaryDay(day=START, phase=Phase.TRIAL),)


def test_that_only_used_measures_get_a_column_in_catalogue_order() -> None:
    days = (
        DiaryDay(
            day=START,
            phase=Phase.TRIAL,
            values={
                Series("mme"): Decimal("0.00"),
                Series("pain_average", "b"): Decimal(1),
                Series("pain_average", "a"): Decimal(1),
                Series("pain_average"): Decimal(1),
            },
        ),
    )
    text = write_diary(
        [PatientDiary("P1", Diary(trial_start=START, days=days, confirmations={"x": False}))],
        catalogue=CATALOGUE,
    )
    header, row, end = text.split("\r\n")
    assert end == ""
    assert header.split(",")[14:] == [
        "pain_average",
        "pain_average[a]",
        "pain_average[b]",
        "mme",
        "confirm:x",
    ]
    assert row.split(",")[14:] == ["1", "1", "1", "0.00", "no"]


def test_that_what_is_said_of_the_trial_and_the_day_is_written_plainly() -> None:
    """An answer to a confirmation stands once; a number carries no exponent."""
    days = (
        DiaryDay(
            day=START, phase=Phase.TRIAL, values={Series("steps"): Decimal("1E+3")},
            stimulation_off=True,
        ),
        DiaryDay(day=START.replace(day=11), phase=Phase.TRIAL, missed=True),
    )  # fmt: skip
    diary = Diary(
        trial_start=START,
        trial_ended=START.replace(day=11),
        awaiting_diary=True,
        days=days,
        confirmations={"x": True},
    )
    text = write_diary([PatientDiary("P1", diary)], catalogue=CATALOGUE)
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    said = ("awaiting_diary", "missed", "stimulation_off", "steps", "confirm:x")
    assert [first[name] for name in said] == ["yes", "", "yes", "1000", "yes"]
    assert [second[name] for name in said] == ["yes", "yes", "", "", ""]


@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))
)
def test_that_no_bytes_crash_the_reader(content: bytes) -> None:
    file = read_diary(io.BytesIO(content), catalogue=CATALOGUE)
    assert file.faults or not file.trials


@given(
    st.lists(
        st.lists(
            st.sampled_from(["P1", "", "2026-01-10", "2026-01-12", "5", "yes", "trial", '"', "\r"])
            | st.text(max_size=6),
            max_size=9,
        ),
        max_size=6,
    )
)
def test_that_no_cells_crash_the_reader(rows: list[list[str]]) -> None:
    head = "patient,trial_start,date,phase,missed,pain_average,note,trial_ended"
    content = "\n".join([head, *(",".join(row) for row in rows)]).encode(errors="surrogatepass")
    file = read_diary(io.BytesIO(content), catalogue=CATALOGUE)
    for fault in file.faults:
        assert str(fault).isprintable()
        assert fault.row <= len(content) + 1


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''=1", "@x", "-", "'", "plain", "\t=x"])
def test_that_guarding_text_is_undone_by_reading(text: str) -> None:
    day = DiaryDay(day=START, phase=Phase.TRIAL, note=text)
    (trial,) = read_back([PatientDiary("P", Diary(trial_start=START, days=(day,)))]).trials
    assert trial.diary.days[0].note == text
