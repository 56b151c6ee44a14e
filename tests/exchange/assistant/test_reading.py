"""How bytes become rows: encodings, separators, line ends, headers, limits."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest

from scs_trial.errors import UserError
from scs_trial.exchange.assistant.source import LIMIT_BYTES, LIMIT_ROWS, source_of
from tests.exchange.assistant.engine import look, open_ids, settled, workbook

PLAIN = "Fecha;Año\n2026-01-05;1\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"Date,Steps\n2026-01-05,1\n", "utf-8"),
        (PLAIN.encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8-sig"),
        (PLAIN.encode("utf-16"), "utf-16"),
    ],
)
def test_that_an_encoding_is_settled_by_mark_or_by_utf_8(data: bytes, encoding: str) -> None:
    found = look(data)
    assert settled(found)["encoding"] == encoding
    assert found.options.encoding == encoding


def test_that_another_encoding_is_asked_with_the_likeliest_first() -> None:
    found = look(PLAIN.encode("latin-1"))
    question = next(one for one in found.questions if one.id == "encoding")
    assert [choice.value for choice in question.choices[:2]] == ["cp1252", "latin-1"]
    assert "Año" in question.choices[0].words
    assert found.preview[0].cells[1].text == "Año"


def test_that_an_encoding_that_does_not_fit_is_not_taken() -> None:
    found = look(b"Date,Note\n2026-01-05,\x81\xe9\n", {"encoding": "cp1252"})
    question = next(one for one in found.questions if one.id == "encoding")
    assert question.open
    assert question.objection


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1\t2\n", "tab"),
        ("a|b\n1|2\n", "|"),
        ("name;list\nx;a, b, c\ny;a, b\n", ";"),
        ("steps\n1\n2\n", ","),
    ],
)
def test_that_a_separator_is_settled_by_header_and_rows(text: str, separator: str) -> None:
    assert settled(look(text))["separator"] == separator


def test_that_two_separators_that_fit_are_asked_about() -> None:
    assert "separator" in open_ids(look("a;b,c\nx;y,z\nu;v,w\n"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_that_all_line_ends_are_read(end: str) -> None:
    found = look(end.join(["Date,Steps", "2026-01-05,7", "2026-01-06,8", ""]))
    assert [row.number for row in found.preview] == [1, 2, 3]


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["Date,Steps", "2026-01-05,7"], "1"),
        (["Activities", "Date,Steps", "2026-01-05,7"], "2"),
        (["", "My diary", "", "Date,Steps", "2026-01-05,7"], "4"),
        (["as above,,", "year,month,day", "2026,1,5"], "2"),
    ],
)
def test_that_titles_above_the_header_are_left_out(lines: list[str], row: str) -> None:
    found = look("\n".join(lines))
    assert settled(found)["header_row"] == row
    finding = next(one for one in found.findings if one.id == "header_row")
    assert finding.why
    assert look("\n".join(lines), {"header_row": "1"}).options.header_row == int(
        "1" if lines[0] else row
    )


def test_that_a_file_without_a_header_is_asked_about() -> None:
    assert "header_row" in open_ids(look("2026-01-05,7\n2026-01-06,8\n"))


def test_that_workbook_cells_keep_exact_numbers_and_dates() -> None:
    data = workbook(
        ["Date", "Steps", "Pain"],
        [datetime.fromisoformat("2026-01-05"), 7696, 4.5],
        [datetime.fromisoformat("2026-01-06"), 2567, 6.859999999999999],
        [datetime.fromisoformat("2026-01-07"), 4.1, 4.0],
    )
    found = look(data)
    cells = [[cell.value for cell in row.cells] for row in found.preview[1:]]
    assert cells == [
        ["2026-01-05", "7696", "4.5"],
        ["2026-01-06", "2567", "6.859999999999999"],
        ["2026-01-07", "4.1", "4"],
    ]
    assert Decimal(cells[0][2]) == Decimal("4.5")


def test_that_the_sheet_is_asked_where_there_are_several() -> None:
    assert "sheet" in open_ids(look(workbook(["Date", "Steps"], ["2026-01-05", 1], sheets=2)))


def too_large() -> bytes:
    return b"Date,Steps\n" + b"2026-01-05,7\n" * (LIMIT_BYTES // 13 + 1)


def too_many() -> bytes:
    return b"Date,Steps\n" + b"2026-01-05,7\n" * (LIMIT_ROWS + 1)


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>" + b" " * 30_000_000)
    return held.getvalue()


def entities() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return held.getvalue()


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (too_large, "10 MB"),
        (too_many, "20000 rows"),
        (bomb, "100 times"),
        (entities, "no workbook"),
        (lambda: b"PK\x03\x04" + bytes(100), "no workbook"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(100), "old kind"),
        (lambda: b"", "empty"),
        (lambda: b"a\0b,c\0d", "binary"),
        (lambda: b'a,b\n"x,1\n', "can't be read"),
        (lambda: b"," * 2000 + b"\n", "1000"),
        (lambda: "Date,Steps\n".encode("utf-16") + b"\x00\xd8", "breaks off"),
    ],
)
def test_that_a_limit_or_broken_file_is_named_in_the_refusal(make, named: str) -> None:
    with pytest.raises(UserError, match=named):
        look(make())


def test_that_a_sheet_with_too_many_rows_is_refused() -> None:
    rows = [["Date", "Steps"], *([["2026-01-05", 7]] * (LIMIT_ROWS + 1))]
    with pytest.raises(UserError, match="20000 rows"):
        look(workbook(*rows))


def test_that_exactly_the_most_rows_are_taken() -> None:
    found = look(b"Title\nDate,Steps\n" + b"2026-01-05,7\n" * LIMIT_ROWS)
    assert open_ids(found) >= {"scale:Steps", "patient"}


def test_that_a_source_shows_nothing_of_its_bytes() -> None:
    assert "secret" not in repr(source_of("a.csv", b"secret,1\n"))
