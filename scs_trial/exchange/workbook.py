"""An XLSX workbook: values, days, what each measure means, and the results.

Text is written as text, whatever it begins with; a number is a number unless a spreadsheet would
lose digits of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from scs_trial.errors import UserError
from scs_trial.exchange.diary_cells import guarded
from scs_trial.exchange.export_model import ExportModel
from scs_trial.exchange.long_rows import DAY_COLUMNS, LONG_COLUMNS, Cell, day_rows, long_rows
from scs_trial.exchange.result_writers import RESULT_COLUMNS, Evaluated, result_row

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, the head included."""
_CUT = "… (cut)"
_FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheets disagree about the calendar."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_DICTIONARY = ("code", "title", "question", "unit", "low", "high", "better", "asked", "loinc")


def write_workbook(model: ExportModel) -> bytes:
    """Return the workbook with the sheets data, days, dictionary and results."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    title = "SCS Trial export" + (" (made-up patients)" if model.synthetic else "")
    made = datetime(model.made_on.year, model.made_on.month, model.made_on.day)  # noqa: DTZ001
    book.set_properties({"title": title, "author": "", "created": made})
    sheets = _Sheets(book)
    sheets.add("data", LONG_COLUMNS, long_rows(model))
    sheets.add("days", DAY_COLUMNS, day_rows(model))
    sheets.add("dictionary", _DICTIONARY, _dictionary(model))
    sheets.add("results", RESULT_COLUMNS, _results(model))
    book.close()
    return out.getvalue()


class _Sheets:
    """Writes tables cell by cell, each by the type of its value and never by its look."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._quoted = book.add_format({"quote_prefix": True})

    def add(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a sheet with a fixed head row."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, text in enumerate(columns):
            sheet.write_string(0, column, text, self._head)
            sheet.set_column(column, column, max(10, len(text) + 2))
        for number, row in enumerate(rows, 1):
            if number >= MOST_ROWS:
                raise UserError(
                    f"A sheet holds {MOST_ROWS} rows; these patients have more values.",
                    "Export fewer patients, or the long CSV.",
                )
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell)

    def _write(self, sheet: Any, row: int, column: int, cell: object) -> None:
        if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
            self._number(sheet, row, column, cell)
        elif isinstance(cell, date) and _on_calendar(cell):
            form = self._moment if isinstance(cell, datetime) else self._day
            sheet.write_datetime(row, column, cell, form)
        elif cell is not None and cell != "":
            text = cell.isoformat() if isinstance(cell, date) else cell_text(str(cell))
            form = self._quoted if guarded(text) != text else None
            sheet.write_string(row, column, text, form)

    def _number(self, sheet: Any, row: int, column: int, cell: float | Decimal) -> None:
        exact = cell if isinstance(cell, Decimal) else Decimal(str(cell))
        if Decimal(f"{float(exact):.16G}") == exact:
            sheet.write_number(row, column, float(exact))
        else:
            sheet.write_string(row, column, format(exact, "f"))


def cell_text(text: str) -> str:
    """Return a text that a cell can hold: not too long, without halves of a character."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= LONGEST_CELL else whole[: LONGEST_CELL - len(_CUT)] + _CUT


def _on_calendar(day: date) -> bool:
    return (day.date() if isinstance(day, datetime) else day) >= _FIRST_DAY


def _dictionary(model: ExportModel) -> Iterable[Sequence[Cell]]:
    for code, measure in model.catalogue.items():
        yield (
            code,
            measure.title,
            measure.question,
            measure.unit,
            measure.low,
            measure.high,
            measure.better.value,
            measure.asked.value,
            measure.loinc or "",
        )


def _results(model: ExportModel) -> Iterable[Sequence[object]]:
    for one in model.trials:
        if one.evaluation is not None:
            yield result_row(Evaluated(one.patient, one.diary, one.evaluation))
