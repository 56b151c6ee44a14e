"""The first rows of a file as they are understood with the options in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scs_trial.exchange.assistant.dates import Dates
from scs_trial.exchange.assistant.map_columns import Mapped
from scs_trial.exchange.assistant.model import PreviewCell, PreviewRow
from scs_trial.exchange.assistant.number_signs import looks_numeric
from scs_trial.exchange.assistant.signs import NumberSigns
from scs_trial.exchange.assistant.table import Cell, Row, brief, cell_text, is_error

PREVIEW_ROWS = 12
"""Rows that the preview shows."""


def preview(
    rows: Sequence[Row],
    header_row: int,
    *,
    signs: NumberSigns,
    mapped: Sequence[Mapped],
    dates: Mapping[str, Dates],
) -> tuple[PreviewRow, ...]:
    """Return the first rows; titles and remarks above the header are marked as left out."""
    by_index = {one.index: dates[one.name] for one in mapped if one.name in dates}
    return tuple(
        PreviewRow(
            number=row.number,
            cells=tuple(
                _cell(cell, signs, by_index.get(index), plain=row.number <= header_row)
                for index, cell in enumerate(row.cells)
            ),
            header=row.number == header_row,
            left_out=row.number < header_row,
        )
        for row in rows[:PREVIEW_ROWS]
    )


def _cell(cell: Cell, signs: NumberSigns, dates: Dates | None, *, plain: bool) -> PreviewCell:
    text = cell_text(cell)
    short = brief(cell)
    if plain or not text:
        return PreviewCell(text=short, kind="text" if text else "")
    if is_error(text):
        return PreviewCell(text=short, fault="a spreadsheet error")
    if dates is not None:
        return _date(cell, dates)
    number = signs.read(cell)
    if number is not None:
        return PreviewCell(text=short, kind="number", value=format(number, "f"))
    if looks_numeric(text):
        return PreviewCell(text=short, fault="no number with these signs")
    return PreviewCell(text=short, kind="text", value=short)


def _date(cell: Cell, dates: Dates) -> PreviewCell:
    moment = dates.read(cell)
    if moment is None:
        return PreviewCell(text=brief(cell), fault="no date in this order")
    return PreviewCell(text=brief(cell), kind="date", value=cell_text(moment))
