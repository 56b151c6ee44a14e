"""Numbers and dates: settled where the file shows it, else asked, exact in any case."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from scs_trial.exchange.assistant.date_order import order_evidence, read_written
from scs_trial.exchange.assistant.number_signs import read_number
from tests.exchange.assistant.engine import look, open_ids, settled


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "value"),
    [
        ("4.5", ".", "", "4.5"),
        ("4,5", ",", "", "4.5"),
        ("7,696", ".", ",", "7696"),
        ("1,234,567.25", ".", ",", "1234567.25"),
        ("1.234,5", ",", ".", "1234.5"),
        ("1 234,5", ",", " ", "1234.5"),
        ("1\u202f234,5", ",", " ", "1234.5"),
        ("1'234.5", ".", "'", "1234.5"),
        ("\u22123", ".", "", "-3"),
        ("6.859999999999999", ".", "", "6.859999999999999"),
        ("007", ".", "", "7"),
        ("1,23", ".", ",", None),
        ("12,34,567", ".", ",", None),
        ("4.5", ",", "", None),
        ("4,5", ".", "", None),
        ("1e3", ".", "", None),
        ("nan", ".", "", None),
        ("", ".", "", None),
        ("4.5.6", ".", "", None),
        ("٤", ".", "", None),
    ],
)
def test_that_a_number_is_read_exactly_or_not_at_all(
    text: str, decimal: str, thousands: str, value: str | None
) -> None:
    expected = None if value is None else Decimal(value)
    assert read_number(text, decimal=decimal, thousands=thousands) == expected


@pytest.mark.parametrize(
    ("cells", "decimal", "thousands"),
    [
        (["4.5", "3"], ".", "none"),
        (["4,5", "3"], ",", "none"),
        (["7,696", "5.72"], ".", "comma"),
        (["7.696", "5,72"], ",", "point"),
        (["1,234,567"], ".", "comma"),
        (["0,125"], ",", "none"),
        (["8,991", "6,66"], ",", "none"),
        (["3", "4"], ".", "none"),
    ],
)
def test_that_signs_are_settled_by_the_numbers_of_the_file(
    cells: list[str], decimal: str, thousands: str
) -> None:
    found = settled(look("Date\tSteps\n" + "".join(f"2026-01-05\t{cell}\n" for cell in cells)))
    assert (found["decimal"], found["thousands"]) == (decimal, thousands)


@pytest.mark.parametrize("cells", [["7,696"], ["7.696"], ["4.5", "4,5"]])
def test_that_signs_that_can_be_read_in_two_ways_are_asked(cells: list[str]) -> None:
    text = "Date\tSteps\n" + "".join(f"2026-01-05\t{cell}\n" for cell in cells)
    assert "decimal" in open_ids(look(text))


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("2026-11-22", "dmy", "2026-11-22T00:00:00"),
        ("2026/1/5 9:07", "dmy", "2026-01-05T09:07:00"),
        ("2026-11-22T09:41:30+01:00", "", "2026-11-22T09:41:30"),
        ("20261122", "", "2026-11-22T00:00:00"),
        ("1/13/2021 16:25:06", "mdy", "2021-01-13T16:25:06"),
        ("01/05/2021 12:36", "mdy", "2021-01-05T12:36:00"),
        ("01/05/2021 12:36", "dmy", "2021-05-01T12:36:00"),
        ("5.1.2026", "dmy", "2026-01-05T00:00:00"),
        ("5-1-26", "dmy", "2026-01-05T00:00:00"),
        ("22 nov 2026", "", "2026-11-22T00:00:00"),
        ("22 de enero de 2026", "", "2026-01-22T00:00:00"),
        ("1/5/2026 1:02 p. m.", "dmy", "2026-05-01T13:02:00"),
        ("1/5/2026 12:02 AM", "dmy", "2026-05-01T00:02:00"),
        ("1/13/2021", "dmy", None),
        ("31.2.2026", "dmy", None),
        ("1/5/2026 25:00", "dmy", None),
    ],
)
def test_that_a_date_is_read_under_its_order(text: str, order: str, moment: str | None) -> None:
    written = read_written(text)
    assert written is not None
    read = written.under(order)
    assert read == (None if moment is None else datetime.fromisoformat(moment))


@pytest.mark.parametrize("text", ["", "yesterday", "12:30", "7", "1/2/3/4", "2026", "5 foo 2026"])
def test_that_other_texts_are_no_dates(text: str) -> None:
    assert read_written(text) is None


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13/01/2026", "14/01/2026"], "dmy"),
        (["01/13/2026", "01/14/2026"], "mdy"),
        (["2026-01-05"], "ymd"),
        (["05/05/2026"], "dmy"),
        (["01/05/2026", "02/05/2026"], ""),
        # in time order month first, and not day first: 28 Jan, 5 Feb, 1 Mar ...
        (["01/11/2026", "02/01/2026", "03/02/2026", "04/01/2026", "05/02/2026"], ""),
        (["01/11/2026", "01/12/2026", "02/01/2026", "03/10/2026", "04/02/2026", "05/12/2026",
          "06/01/2026", "07/12/2026", "08/01/2026"], "mdy"),
        # two ways of writing, month first alone is in time order
        (["01/05/2021 12:36", "01/07/2021 11:34", "1/13/2021 16:25:06", "02/01/2021 10:00",
          "2/15/2021 09:00:00"], "mdy"),
        # two ways of writing and no order in the rows
        (["01/05/2021 12:36", "1/13/2021 16:25:06", "01/07/2021 11:34"], ""),
        (["13/01/2026", "01/13/2026"], ""),
    ],
)  # fmt: skip
def test_that_an_order_is_settled_by_evidence_or_asked(cells: list[str], order: str) -> None:
    evidence = order_evidence(cells)
    assert evidence.order == order
    assert evidence.words


def test_that_an_order_under_which_days_are_impossible_is_not_taken() -> None:
    text = "Date,Steps\n13/01/2026,5\n01/13/2026,6\n14/01/2026,7\n"
    found = look(text, {"date_order:Date": "mdy"})
    question = next(one for one in found.questions if one.id == "date_order:Date")
    assert question.open
    assert "2 dates are no day" in question.objection
    assert "date_order:Date" not in open_ids(look(text, {"date_order:Date": "dmy"}))
