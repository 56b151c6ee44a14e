"""Whatever a file holds, the engine answers with faults, questions or a `UserError`."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from scs_trial.errors import UserError
from scs_trial.exchange.assistant.assess import Assessment
from scs_trial.exchange.assistant.date_order import ORDERS, read_written
from scs_trial.exchange.assistant.number_signs import read_number, signs_of
from tests.exchange.assistant.engine import look, workbook

NASTY = st.sampled_from(
    [
        "=1+1", "+1", "-1", "@x", "#¡DIV/0!", "#REF!", "NA", "-", "", " ", "1,5", "1.234", "7,696",
        "1e999", "nan", "inf", "٤", "²", "01/05/2021 12:36", "1/13/2021 16:25:06", "0/0/0",
        "9999-12-31", "0001-01-01", "99999999999999999999", "\u202e4", "a\nb", 'q"q', "<b>4</b>",
        "\ud800", "\x07", "10.5", "P1", "baseline", "trial",
    ]
)  # fmt: skip
CELL = st.one_of(NASTY, st.text(max_size=12), st.integers().map(str), st.dates().map(str))
NAMES = ["Patient", "Placement date", "Date", "Pain", "Steps", "Phase", "Note", "Day", "name", "x"]
ANSWERS = st.dictionaries(
    st.sampled_from(
        [
            "encoding", "separator", "header_row", "decimal", "thousands", "date_order:Date",
            "role:Pain", "role:x", "role:Day", "role:name", "scale:Pain", "scale:Steps", "patient",
            "trial_start", "period", "several", "day_one", "baseline_end", "placement_day",
            "blanks:date", "blanks:patient", "missing:NA", "phase:", "phase:baseline", "item:P1",
        ]
    ),
    st.one_of(
        st.sampled_from(
            [
                "yes", "no", "above", "fault", "mean", "last", "1", ".", ",", "dmy", "mdy", "ymd",
                "nrs_0_10", "note", "ignore", "item", "value", "day_number", "pain_average", "keep",
                "pain_average[x]", "steps@trial:999", "2026-01-05", "9999-12-31", "0001-01-01",
                "first_row", "first_baseline", "record", "all", "2026-01-01..2026-02-01", "trial",
                "baseline", "leave_out", "by_date", "as_recorded", "placement", "day_after",
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=14,
)  # fmt: skip


def quoted(cells: list[str]) -> str:
    return ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def checked(found: Assessment) -> None:
    if found.prepared is not None:
        assert not found.open_questions
        for fault in found.prepared.faults:
            assert fault.value.isprintable()
            assert len(fault.value) < 200


@given(st.lists(st.lists(CELL, min_size=1, max_size=10), max_size=6), ANSWERS)
def test_that_hostile_cells_never_crash(rows: list[list[str]], answers: dict[str, str]) -> None:
    text = "\n".join([quoted(NAMES), *(quoted(row) for row in rows)])
    with contextlib.suppress(UserError):
        checked(look(text.encode("utf-8", "surrogatepass"), answers))


@given(st.binary(max_size=300), ANSWERS)
def test_that_hostile_bytes_never_crash(data: bytes, answers: dict[str, str]) -> None:
    with contextlib.suppress(UserError):
        checked(look(data, answers))


WHOLE = workbook(["Date", "Steps"], ["2026-01-05", 7], ["2026-01-06", 8])


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4))
def test_that_a_damaged_workbook_never_crashes(place: int, bite: bytes) -> None:
    data = WHOLE[:place] + bite + WHOLE[place + len(bite) :]
    with contextlib.suppress(UserError):
        checked(look(data))


@given(st.text(max_size=40), st.sampled_from(".,"), st.sampled_from(["", ",", ".", " ", "'"]))
def test_that_any_text_is_a_number_or_none(text: str, decimal: str, thousands: str) -> None:
    signs_of([text])
    number = read_number(text, decimal=decimal, thousands=thousands)
    assert number is None or number.is_finite()


@given(st.one_of(st.text(max_size=30), st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")))
def test_that_any_text_is_a_date_or_none(text: str) -> None:
    written = read_written(text)
    if written is not None:
        for order in ORDERS:
            written.under(order)
