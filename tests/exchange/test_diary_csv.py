"""Source: the evaluation specification, sections 1, 2 and 9, each fault with row and column."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest

from scs_trial.domain.diary import DiaryDay, EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.exchange.diary_csv import IMPORT_LIMIT_BYTES, DiaryFile, read_diary
from tests.domain.generate import CATALOGUE

PAIN = Series("pain_average")
MME = Series("mme")
HEAD = "patient,trial_start,date"


def read(content: str | bytes, limit: int | None = None) -> DiaryFile:
    data = content.encode() if isinstance(content, str) else content
    return read_diary(io.BytesIO(data), catalogue=CATALOGUE, limit_bytes=limit)


def faults(content: str | bytes) -> list[str]:
    return [str(fault) for fault in read(content).faults]


def row(columns: str, cells: str, day: str = "2026-01-11") -> str:
    """Write a diary of one row of the trial of 2026-01-10."""
    return f"{HEAD},{columns}\nP1,2026-01-10,{day},{cells}\n"


def fault_of(columns: str, cells: str, day: str = "2026-01-11") -> list[str]:
    return faults(row(columns, cells, day))


def test_that_a_full_row_is_read() -> None:
    content = (
        f"{HEAD},planned_days,trial_ended,end_reason,awaiting_diary,pain_measure,phase,missed,"
        "stimulation_off,program,recorded_at,note,pain_average,pain_average[left leg],mme,"
        "confirm:functional_improvement\n"
        "P1,2026-01-10,2026-01-11,5,2026-01-15,safety,yes,pain_vas,trial,no,TRUE,P2,"
        '2026-01-12T09:00:00+01:00,"felt ""good"",\nslept",6.859999999999999,4.0,0,YES\n'
    )
    (trial,) = read(content).trials
    assert trial.patient == "P1"
    diary = trial.diary
    assert diary.trial_start == date(2026, 1, 10)
    assert (diary.planned_days, diary.trial_ended) == (5, date(2026, 1, 15))
    assert (diary.end_reason, diary.awaiting_diary) == (EndReason.SAFETY, True)
    assert diary.pain_measure == "pain_vas"
    assert diary.confirmations == {"functional_improvement": True}
    assert diary.days == (
        DiaryDay(
            day=date(2026, 1, 11),
            phase=Phase.TRIAL,
            values={
                PAIN: Decimal("6.859999999999999"),
                Series("pain_average", "left leg"): Decimal("4.0"),
                Series("mme"): Decimal(0),
            },
            missed=False,
            stimulation_off=True,
            program="P2",
            recorded_at=datetime.fromisoformat("2026-01-12T09:00"),
            note='felt "good",\nslept',
        ),
    )


def test_that_the_smallest_diary_takes_the_defaults() -> None:
    (trial,) = read(f"{HEAD}\nP1,2026-01-10,2026-01-11\n").trials
    diary = trial.diary
    assert (diary.planned_days, diary.trial_ended, diary.end_reason) == (7, None, None)
    assert (diary.awaiting_diary, diary.pain_measure) == (False, "pain_average")
    assert diary.days == (DiaryDay(day=date(2026, 1, 11), phase=Phase.TRIAL),)


SAMPLE = "patient,trial_start,date,pain_average,mme\nP1,2026-01-10,2026-01-09,8.5,30\n"


@pytest.mark.parametrize(
    "content",
    [
        SAMPLE.encode(),
        b"\xef\xbb\xbf" + SAMPLE.encode(),
        SAMPLE.replace("\n", "\r\n").encode(),
        SAMPLE.replace("\n", "\r").encode(),
        SAMPLE.replace(",", ";").encode(),
        SAMPLE.replace(",", ";").replace("8.5", "8,5").encode(),
        SAMPLE.replace(",", "\t").encode(),
        SAMPLE.rstrip("\n").encode(),
        SAMPLE.replace("8.5", '"8.5"').encode(),
        SAMPLE.replace("8.5", " 8.5 ").replace("P1", " P1 ").encode(),
        b"\n\n" + SAMPLE.encode(),
        SAMPLE.replace("\n", "\n\n,,,,\n , ,,,\n").encode(),
    ],
)
def test_that_the_same_diary_in_another_writing_reads_the_same(content: bytes) -> None:
    file = read(content)
    assert file.faults == ()
    assert file.trials == read(SAMPLE).trials
    assert file.rows == 1
    (day,) = file.trials[0].diary.days
    assert (day.phase, day.values[PAIN]) == (Phase.BASELINE, Decimal("8.5"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (SAMPLE.encode("utf-16"), "The file is UTF-16; save it as CSV in UTF-8."),
        (SAMPLE.encode("utf-16-le"), "The file is UTF-16; save it as CSV in UTF-8."),
        (SAMPLE.encode("utf-16-be"), "The file is UTF-16; save it as CSV in UTF-8."),
        (
            b"PK\x03\x04rest",
            "The file is a workbook or archive; save the sheet as CSV in UTF-8.",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\0abcdefgh" * 9, "The file is binary, not a CSV."),
        (b"%PDF\x01\x02\n1 2 3", "The file is binary, not a CSV."),
        ("patiënt,x\n".encode("cp1252"), "The header is not UTF-8."),
        ("patient\tx\u00eb \ty\n".encode("cp1252"), "The header is not UTF-8."),
        (
            b"x" * 64 * 1024,
            "The first line is too long for a header: this is no diary CSV.",
        ),
    ],
)
def test_that_what_is_no_csv_is_refused_as_a_whole(content: bytes, message: str) -> None:
    file = read(content)
    assert [(fault.row, fault.column, fault.reason) for fault in file.faults] == [(0, "", message)]
    assert str(file.faults[0]) == message
    assert file.readable is False
    assert file.trials == ()


def test_that_too_large_a_file_is_refused_with_its_limit() -> None:
    limit = 512 * 1024
    assert read(SAMPLE, limit=len(SAMPLE)).readable
    refused = read(SAMPLE.encode() + b"\n" * limit, limit=limit)
    assert [str(fault) for fault in refused.faults] == [
        "The file is larger than 0.5 MB, the limit for an import; split it by patient."
    ]


def test_that_no_more_is_read_than_shows_that_a_file_is_too_large() -> None:
    stream = io.BytesIO(SAMPLE.encode() * 100)
    read_diary(stream, catalogue=CATALOGUE, limit_bytes=1000)
    assert stream.tell() == 1001


def test_that_an_import_refuses_a_large_file_and_an_evaluation_does_not() -> None:
    content = SAMPLE.encode() + b"\n" * (IMPORT_LIMIT_BYTES + 1)
    refused = read(content, limit=IMPORT_LIMIT_BYTES)
    assert [str(fault) for fault in refused.faults] == [
        "The file is larger than 10 MB, the limit for an import; split it by patient."
    ]
    assert not refused.readable
    assert read(content).trials == read(SAMPLE).trials
    assert read(SAMPLE.encode(), limit=len(SAMPLE)).faults == ()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("patient,date", ["row 1, column trial_start: is missing"]),
        ("a", ["row 1, column a: is an unknown column"] + [
            f"row 1, column {name}: is missing" for name in ("patient", "trial_start", "date")
        ]),
        (f"{HEAD},pain", ["row 1, column pain: is an unknown column"]),
        (f"{HEAD},", ["row 1: the 4th column has no name"]),
        (f"{HEAD},date", ["row 1, column date: stands twice"]),
        (f"{HEAD},mme,mme", ["row 1, column mme: stands twice"]),
        (f"{HEAD},confirm:a,confirm:a", ["row 1, column confirm:a: stands twice"]),
        (f"{HEAD},confirm:a,confirm: a", ["row 1, column confirm: a: stands twice"]),
        (f"{HEAD},confirm:", ["row 1, column confirm:: is an unknown column"]),
        (
            f"{HEAD},mme[left leg]",
            [
                "row 1, column mme[left leg]: is an unknown column "
                "(only pain measures have regions: pain_average[left leg])"
            ],
        ),
        (
            f"{HEAD},pain_average[]",
            [
                "row 1, column pain_average[]: is an unknown column "
                "(only pain measures have regions: pain_average[left leg])"
            ],
        ),
        (f"{HEAD},Pain_Average", ["row 1, column Pain_Average: is an unknown column"]),
    ],
)  # fmt: skip
def test_that_wrong_columns_are_refused(header: str, expected: list[str]) -> None:
    file = read(f"{header}\n")
    assert [str(fault) for fault in file.faults] == expected
    assert not file.readable


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st")],
)
def test_that_a_nameless_column_is_counted(number: int, text: str) -> None:
    """Ordinals of the nameless column; the required three stand at its two sides."""
    known = [*CATALOGUE, "phase", "missed"][:30]
    names = [*HEAD.split(","), *known]
    names.insert(number - 1, "")
    assert faults(",".join(names)) == [f"row 1: the {text} column has no name"]


VALUE_FAULTS = [
    ("10.5", "10.5 lies outside 0 to 10"),
    ("-1", "-1 lies outside 0 to 10"),
    ("bad", "'bad' is not a number"),
    ("1e1", "'1e1' is not a number"),
    ("NaN", "'NaN' is not a number"),
    ("Infinity", "'Infinity' is not a number"),
    ("#DIV/0!", "'#DIV/0!' is not a number"),
    ("5/10", "'5/10' is not a number"),
    ('"4,5"', "'4,5' is not a number"),
    ("1.234567890123456789", "has more than 18 significant digits"),
    ("x\x01y", "'x\\x01y' is not a number"),
    ("x" * 50, f"'{'x' * 40}...' is not a number"),
    ("x" * 40, f"'{'x' * 40}' is not a number"),
    ("zehn µ", "'zehn µ' is not a number"),
]


@pytest.mark.parametrize(("cell", "reason"), VALUE_FAULTS)
def test_that_a_score_that_is_none_is_refused(cell: str, reason: str) -> None:
    assert fault_of("pain_average", cell) == [f"row 2, column pain_average: {reason}"]


@pytest.mark.parametrize(
    ("columns", "cells", "fault"),
    [
        ("planned_days", "0", "planned_days: 0 lies outside 1 to 365"),
        ("planned_days", "366", "planned_days: 366 lies outside 1 to 365"),
        ("planned_days", "7.0", "planned_days: '7.0' is no whole number of days"),
        ("trial_ended", "15.01.2026", "trial_ended: '15.01.2026' is no date such as 2026-11-22"),
        (
            "trial_ended",
            "2026-01-09",
            "trial_ended: 2026-01-09 lies before the placement on 2026-01-10",
        ),
        (
            "end_reason",
            "safety",
            "end_reason: needs trial_ended, which no row of the trial states",
        ),
        (
            "trial_ended,end_reason",
            "2026-01-15,tired",
            "end_reason: 'tired' is none of planned, safety, no_benefit, patient_wish, "
            "technical, other",
        ),
        ("awaiting_diary", "maybe", "awaiting_diary: 'maybe' is neither yes nor no"),
        (
            "pain_measure",
            "mme",
            "pain_measure: 'mme' is none of pain_average, pain_worst, pain_least, pain_now, "
            "pain_vas",
        ),
        ("phase", "before", "phase: 'before' is none of baseline, trial"),
        ("phase", "baseline", "phase: baseline after the placement on 2026-01-10"),
        ("missed", "x", "missed: 'x' is neither yes nor no"),
        ("missed,mme", "yes,5", "missed: declared missed, yet mme holds a value"),
        ("stimulation_off", "2", "stimulation_off: '2' is neither yes nor no"),
        ("program", "A\x07", "program: holds a control character (at character 2)"),
        ("note", "A\x08", "note: holds a control character (at character 2)"),
        (
            "recorded_at",
            "2026-01-11",
            "recorded_at: '2026-01-11' is no date and time such as 2026-11-22T09:41",
        ),
        (
            "recorded_at",
            "2026-01-11T25:00",
            "recorded_at: '2026-01-11T25:00' is no date and time such as 2026-11-22T09:41",
        ),
        ("confirm:team", "perhaps", "confirm:team: 'perhaps' is neither yes nor no"),
    ],
)  # fmt: skip
def test_that_a_faulty_cell_is_reported_at_its_column(columns: str, cells: str, fault: str) -> None:
    assert fault_of(columns, cells) == [f"row 2, column {fault}"]


@pytest.mark.parametrize(
    ("columns", "cells", "day", "fault"),
    [
        ("phase", "trial", "2026-01-09", "phase: trial before the placement on 2026-01-10"),
        (
            "phase",
            "",
            "2026-01-10",
            "phase: a row on the placement date must name its phase, baseline or trial",
        ),
        ("missed", "yes", "2026-01-09", "missed: has no meaning in the baseline phase"),
        (
            "stimulation_off",
            "1",
            "2026-01-09",
            "stimulation_off: has no meaning in the baseline phase",
        ),
        ("mme", "1", "", "date: is empty"),
        ("mme", "1", "09/01/2026", "date: '09/01/2026' is no date such as 2026-11-22"),
        ("mme", "1", "2026-02-30", "date: '2026-02-30' is no date such as 2026-11-22"),
        ("mme", "1", "2026-01-11T00:00", "date: '2026-01-11T00:00' is no date such as 2026-11-22"),
    ],
)
def test_that_a_faulty_day_is_reported_at_its_column(
    columns: str, cells: str, day: str, fault: str
) -> None:
    assert fault_of(columns, cells, day) == [f"row 2, column {fault}"]


def test_that_patient_and_placement_are_required_on_each_row() -> None:
    assert faults(f"{HEAD},mme\n,2026-01-10,2026-01-11,x\n P1 , ,2026-01-11,5\n\nA\tB,x,,\n") == [
        "row 2, column patient: is empty",
        "row 2, column mme: 'x' is not a number",
        "row 3, column trial_start: is empty",
        "row 5, column patient: holds a control character (at character 2)",
        "row 5, column trial_start: 'x' is no date such as 2026-11-22",
        "row 5, column date: is empty",
    ]


def test_that_a_second_row_for_a_day_and_phase_is_refused() -> None:
    content = (
        f"{HEAD},phase\nP1,2026-01-10,2026-01-10,baseline\nP1,2026-01-10,2026-01-10,trial\n"
        "P2,2026-01-10,2026-01-10,trial\nP1,2026-01-10,2026-01-10,trial\n"
        "P1,2026-01-17,2026-01-10,\nP1,2026-01-10,2026-01-12,\nP1,20260110,2026-01-12,trial\n"
    )
    assert faults(content) == [
        "row 5, column date: second trial row for 2026-01-10, the first is row 3",
        "row 8, column date: second trial row for 2026-01-12, the first is row 7",
    ]


def test_that_trial_columns_may_stand_on_some_rows_but_not_contradict() -> None:
    content = (
        f"{HEAD},planned_days,awaiting_diary\nP1,2026-01-10,2026-01-11,5,\n"
        "P1,2026-01-10,2026-01-12,,no\nP1,2026-01-10,2026-01-13,05,\nP1,2026-01-10,2026-01-14,7,\n"
        "P1,2026-01-10,2026-01-15,7,\nP2,2026-01-10,2026-01-15,7,\n"
    )
    file = read(content)
    assert [str(fault) for fault in file.faults] == [
        "row 5, column planned_days: 7 contradicts 5 in row 2 of the same trial",
        "row 6, column planned_days: 7 contradicts 5 in row 2 of the same trial",
    ]
    assert [trial.patient for trial in file.trials] == ["P2"]
    assert (file.rows, file.dropped_rows) == (6, 5)


def test_that_the_last_answer_of_a_confirmation_wins_whatever_its_date() -> None:
    content = (
        f"{HEAD},missed,confirm:a,confirm:b\nP1,2026-01-10,2026-01-15,,yes,no\n"
        "P1,2026-01-10,2026-01-12,yes,no,\nP1,2026-01-10,2026-01-13,,,\n"
    )
    (trial,) = read(content).trials
    assert trial.diary.confirmations == {"a": False, "b": False}


def test_that_trials_come_in_the_order_of_first_appearance() -> None:
    content = (
        f"{HEAD}\nB,2026-01-10,2026-01-11\nA,2026-01-10,2026-01-11\nB,2026-03-10,2026-03-11\n"
        "A,2026-01-10,2026-01-12\nB,2026-01-10,2026-01-12\n"
    )
    found = [
        (patient, diary.trial_start.isoformat(), len(diary.days))
        for patient, diary in read(content).trials
    ]
    assert found == [("B", "2026-01-10", 2), ("A", "2026-01-10", 2), ("B", "2026-03-10", 1)]


def test_that_rows_with_faults_are_left_out_and_the_rest_is_kept() -> None:
    content = (
        f"{HEAD},pain_average,planned_days\nP1,2026-01-10,2026-01-11,10.5,5\n"
        "P1,2026-01-10,2026-01-12,4,\nP2,2026-01-10,2026-01-12,x,\n"
    )
    file = read(content)
    assert len(file.faults) == 2
    assert (file.rows, file.dropped_rows, file.readable) == (3, 2, True)
    ((patient, diary),) = file.trials
    assert (patient, diary.planned_days, len(diary.days)) == ("P1", 5, 1)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("P1,2026-01-10,2026-01-11,4,5", "row 2: has 5 cells, the header has 4"),
        ("P1,2026-01-10,2026-01-11,4,", "row 2: has 5 cells, the header has 4"),
    ],
)
def test_that_a_row_with_too_many_cells_is_refused(line: str, fault: str) -> None:
    assert faults(f"{HEAD},mme\n{line}\n") == [fault]


def test_that_rows_with_too_many_cells_are_counted_and_left_out() -> None:
    long = "P1,2026-01-10,2026-01-11,4,5\n"
    file = read(f"{HEAD},mme\n{long}P1,2026-01-10,2026-01-12,4\n{long}{long}")
    assert [(fault.row, fault.column) for fault in file.faults] == [(2, ""), (4, ""), (5, "")]
    assert (file.rows, file.dropped_rows) == (4, 3)
    assert len(file.trials[0].diary.days) == 1


def test_that_each_check_in_is_found_at_its_row() -> None:
    """Rows count from the first line of the file; blank lines before the header are lines."""
    content = (
        f"\n\n{HEAD},phase\nP1,2026-01-10,2026-01-10,baseline\nP1,2026-01-10,2026-01-10,trial\n"
        "P2,2026-01-10,2026-01-11,\nP2,x,2026-01-11,\n"
    )
    file = read(content)
    start = date(2026, 1, 10)
    assert file.check_in_rows == {
        ("P1", start, start, Phase.BASELINE): 4,
        ("P1", start, start, Phase.TRIAL): 5,
        ("P2", start, date(2026, 1, 11), Phase.TRIAL): 6,
    }
    assert [fault.row for fault in file.faults] == [7]


def test_that_a_faulty_header_is_reported_at_its_row() -> None:
    assert faults(f"\n\n{HEAD},pain\n") == ["row 3, column pain: is an unknown column"]


def test_that_a_spreadsheet_may_leave_out_trailing_blanks() -> None:
    file = read(f"{HEAD},mme,note\nP1,2026-01-10,2026-01-11,4\nP1,2026-01-10,2026-01-12\n")
    assert file.faults == ()
    assert len(file.trials[0].diary.days) == 2


def test_that_rows_are_counted_as_a_spreadsheet_shows_them() -> None:
    """A line break inside quotes does not start a row; a blank line is one."""
    content = f'{HEAD},note,mme\nP1,2026-01-10,2026-01-11,"a\nb",1\n\nP1,2026-01-10,2026-01-12,,x\n'
    assert faults(content) == ["row 4, column mme: 'x' is not a number"]


@pytest.mark.parametrize(
    "line",
    ['P1,2026-01-10,2026-01-11,"open', 'P1,2026-01-10,2026-01-11,"a"b', f"P1,{'x' * 140_000},,"],
)
def test_that_broken_quotes_end_the_reading(line: str) -> None:
    file = read(f"{HEAD},note\nP1,2026-01-10,x,\n{line}\n")
    first, second = file.faults
    assert str(first) == "row 2, column date: 'x' is no date such as 2026-11-22"
    assert (second.row, second.column) == (3, "")
    assert second.reason.startswith("the row can't be read (")
    assert file.readable is False


@pytest.mark.parametrize(("byte", "name"), [(b"\x80", "80"), (b"\xff", "FF")])
def test_that_every_stray_byte_is_named(byte: bytes, name: str) -> None:
    content = f"{HEAD},program\nP1,2026-01-10,2026-01-11,a".encode() + byte + b"\n"
    assert faults(content) == [f"row 2, column program: is not UTF-8 (byte {name} at character 2)"]


def test_that_a_trial_of_a_year_may_be_planned() -> None:
    (trial,) = read(row("planned_days", "365")).trials
    assert trial.diary.planned_days == 365


def test_that_a_space_may_stand_between_date_and_time() -> None:
    (trial,) = read(row("recorded_at", "2026-01-12 09:41")).trials
    assert trial.diary.days[0].recorded_at == datetime.fromisoformat("2026-01-12T09:41")


def test_that_stray_bytes_are_reported_in_their_cell() -> None:
    content = f"{HEAD},note,program\nJos".encode() + b"\xe9,2026-01-10,2026-01-11,caf\xe9,a\xe9\n"
    assert faults(content) == [
        "row 2, column patient: is not UTF-8 (byte E9 at character 4)",
        "row 2, column note: is not UTF-8 (byte E9 at character 4)",
        "row 2, column program: is not UTF-8 (byte E9 at character 2)",
    ]


@pytest.mark.parametrize("cell", ["1.000,5", "4,5,6", "1 000", "1'000"])
def test_that_a_thousands_separator_is_no_number(cell: str) -> None:
    content = f"patient;trial_start;date;mme\nP1;2026-01-10;2026-01-11;{cell}\n"
    assert faults(content) == [f"row 2, column mme: '{cell}' is not a number"]


def test_that_a_contradiction_is_told_in_the_words_of_the_file() -> None:
    content = f"{HEAD},awaiting_diary\nP1,2026-01-10,2026-01-11,yes\nP1,2026-01-10,2026-01-12,0\n"
    assert faults(content) == [
        "row 3, column awaiting_diary: no contradicts yes in row 2 of the same trial"
    ]


@pytest.mark.parametrize(
    ("cell", "value"), [("0,500", "0.5"), ("1,500", "1.5"), ("1.500", "1.5"), ("22,125", "22.125")]
)
def test_that_comma_and_point_are_decimal_signs_also_before_three_digits(
    cell: str, value: str
) -> None:
    """Evaluation specification, section 9: with semicolons a decimal comma is accepted."""
    content = f"patient;trial_start;date;mme\nP1;2026-01-10;2026-01-11;{cell}\n"
    (trial,) = read(content).trials
    assert trial.diary.days[0].values[MME] == Decimal(value)


def test_that_an_unusual_space_in_the_header_is_no_fault() -> None:
    """Spreadsheets write no-break spaces; they are UTF-8 like any other letter."""
    (trial,) = read(row("pain_average[left\u00a0leg]", "4")).trials
    assert trial.diary.days[0].values == {Series("pain_average", "left\u00a0leg"): Decimal(4)}


def test_that_unusual_spaces_and_names_are_kept_as_text() -> None:
    rows = "".join(f"An\u00a0na,2026-01-10,2026-01-1{n},a\u00a0b\n" for n in (1, 2))
    content = f"{HEAD},note\n{rows}"
    (trial,) = read(content).trials
    assert trial.patient == "An\u00a0na"
    assert trial.diary.days[0].note == "a\u00a0b"


def test_that_the_same_name_in_two_unicode_forms_is_one_patient() -> None:
    content = f"{HEAD}\nZoe\u0308,2026-01-10,2026-01-11\nZo\u00eb,2026-01-10,2026-01-12\n"
    (trial,) = read(content).trials
    assert (trial.patient, len(trial.diary.days)) == ("Zo\u00eb", 2)


def test_that_a_cell_of_spaces_is_a_missing_value() -> None:
    (trial,) = read(row("mme,pain_average,confirm:team", " ,5, ")).trials
    assert trial.diary.days[0].values == {PAIN: Decimal(5)}
    assert trial.diary.confirmations == {}
