"""A table as it stands in a file: names, rows, cells; nothing is understood yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from scs_trial.exchange.diary_cells import shown

Cell = str | Decimal | datetime | date | bool
"""A text, or what a workbook states as number, date or truth value; a blank cell is ""."""

_ERROR = re.compile(r"#[¡¿]?[A-ZÁÉÍÓÚÜÑ][A-ZÁÉÍÓÚÜÑ0-9/_ ]{0,20}[!?]?")
_BLANKS = re.compile(r"\s+")
MAX_NAME = 200
"""Characters of a column name that count."""


class Row(NamedTuple):
    """A row with its number as a spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows below a header; each row has as many cells as the header.

    ``long_rows`` are rows with more filled cells than the header; they are in no ``rows``.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    long_rows: tuple[Row, ...] = ()

    def column(self, index: int) -> list[Cell]:
        """Return the cells of a column in the order of the rows."""
        return [row.cells[index] for row in self.rows]


def cell_text(cell: Cell) -> str:
    """Return a cell as text, outer spaces removed; a number as a plain decimal."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return "yes" if cell else "no"


def brief(cell: Cell) -> str:
    """Return a cell for a message: short, on one line, nothing that does not print."""
    return shown(cell_text(cell))


def is_error(text: str) -> bool:
    """Return whether a text is what a spreadsheet shows for a failed formula."""
    return text.startswith("#") and _ERROR.fullmatch(text.upper()) is not None


def is_blank(cells: Sequence[Cell]) -> bool:
    """Return whether no cell of a row holds anything."""
    return not any(cell.strip() if isinstance(cell, str) else True for cell in cells)


def column_names(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the names of a header row: composed, on one line, each once."""
    names: list[str] = []
    taken: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        plain = _BLANKS.sub(" ", unicodedata.normalize("NFC", cell_text(cell))).strip()
        printable = "".join(sign if sign.isprintable() else "?" for sign in plain)
        name = printable[:MAX_NAME] or f"column {number}"
        seen = taken[name] = taken.get(name, 0) + 1
        while seen > 1 and (again := f"{name} ({seen})") in taken:
            seen += 1
        if seen > 1:
            name = again
            taken[name] = 1
        names.append(name)
    return tuple(names)


def table_below(rows: Sequence[Row], header_row: int) -> Table:
    """Return the table whose header stands in a row; blank rows are left out."""
    header = next((row.cells for row in rows if row.number == header_row), ())
    filled = list(header)
    while filled and is_blank(filled[-1:]):
        filled.pop()
    names = column_names(filled)
    width = len(names)
    kept: list[Row] = []
    long: list[Row] = []
    for row in rows:
        if row.number <= header_row or is_blank(row.cells):
            continue
        if is_blank(row.cells[width:]):
            padding = ("",) * (width - len(row.cells))
            kept.append(Row(row.number, (*row.cells[:width], *padding)))
        else:
            long.append(row)
    return Table(names=names, rows=tuple(kept), long_rows=tuple(long))
