"""Workbooks (.xlsx): the limits before anything is unpacked, the sheet, and exact cells.

Formulas give the value that the workbook keeps for them; nothing is computed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from scs_trial.domain.written import plain_decimal
from scs_trial.errors import UserError
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.limits import RowLimit
from scs_trial.exchange.assistant.model import Choice, Page
from scs_trial.exchange.assistant.source import LIMIT_COLUMNS
from scs_trial.exchange.assistant.table import Cell, Row

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

LIMIT_RATIO = 100
"""How many times larger than packed a workbook, or a part of it, may be."""
_SMALL = 1024 * 1024
_HEAD = 64 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)
"""What is raised for workbooks that break their own format."""


def refuse_bomb(data: bytes) -> None:
    """Refuse a workbook that would unpack to far more than it seems, from its directory alone.

    Raises
    ------
    UserError
        The limit is broken, or the file is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            worst = [p for p in parts if p.file_size > max(_SMALL, LIMIT_RATIO * p.compress_size)]
            if unpacked > max(_SMALL, LIMIT_RATIO * len(data)) or worst:
                raise UserError(
                    f"The workbook would unpack to more than {LIMIT_RATIO} times its size, the "
                    "limit for an import.",
                    "Save the sheet as CSV.",
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(_HEAD).replace(b"\0", b""):
                            raise _broken()
    except _BROKEN as error:
        raise _broken() from error


def _broken() -> UserError:
    return UserError("The file is no workbook that can be read.", "Save the sheet as CSV.")


def read_workbook(data: bytes, asking: Asking) -> tuple[str, list[Row]]:
    """Return the name of the sheet and its rows; where it is asked, the first one's.

    Raises
    ------
    UserError
        The workbook can't be read or breaks a limit.
    """
    refuse_bomb(data)
    from openpyxl import load_workbook  # noqa: PLC0415  (loaded on use)

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = _sheet(book, asking)
            return sheet, _rows(book[sheet])
        finally:
            book.close()
    except UserError:
        raise
    except _BROKEN as error:
        raise _broken() from error


def _sheet(book: Workbook, asking: Asking) -> str:
    names = [sheet.title for sheet in book.worksheets]
    if not names:
        raise UserError("The workbook has no sheet with cells.")
    choices = [Choice(value=name, words=name) for name in names]
    if len(names) == 1:
        return asking.settle(
            "sheet",
            "Sheet",
            names[0],
            page=Page.READING,
            why="The workbook has this sheet alone.",
            choices=choices,
        )
    answer = asking.ask(
        "sheet",
        "Which sheet holds the diary?",
        page=Page.READING,
        choices=choices,
        evidence=f"The workbook has {len(names)} sheets.",
    )
    return answer or names[0]


def _rows(sheet: Any) -> list[Row]:
    limit = RowLimit()
    rows: list[Row] = []
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_cell(value) for value in values[: LIMIT_COLUMNS + 1]]
        while cells and cells[-1] == "":
            cells.pop()
        row = Row(number, tuple(cells))
        limit.take(row)
        rows.append(row)
    return rows


def _cell(value: object) -> Cell:
    """Return a cell exactly: the shortest decimal that the stored number stands for."""
    if value is None:
        return ""
    if isinstance(value, bool | datetime | date | str):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        number = plain_decimal(text)
        return text if number is None else number
    if isinstance(value, time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta | Decimal) else ""
