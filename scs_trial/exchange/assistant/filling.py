"""Blank cells that mean "as above", and groups of rows: both are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.map_columns import Mapped
from scs_trial.exchange.assistant.model import Choice, Page
from scs_trial.exchange.assistant.table import Cell, Row, Table, brief, cell_text, is_blank
from scs_trial.exchange.assistant.targets import WORDS, Role

_DATE = frozenset({Role.DATE, Role.YEAR, Role.MONTH, Role.DAY})
_FILLED = _DATE | {Role.PATIENT, Role.TRIAL_START, Role.DAY_NUMBER, Role.PHASE, Role.ITEM}
_MOST_GROUPS = 40


def fill_blanks(table: Table, mapped: Sequence[Mapped], asking: Asking) -> Table:
    """Return the table with blanks filled from above where that was answered."""
    groups: dict[str, list[Mapped]] = {}
    for one in mapped:
        if one.target.role in _FILLED:
            groups.setdefault("date" if one.target.role in _DATE else one.target.role, []).append(
                one
            )
    to_fill: list[int] = []
    for key, columns in groups.items():
        blank = [one for one in columns if _blanks(table, one.index)]
        if blank and _ask(key, blank, table, asking) == "above":
            to_fill += [one.index for one in blank]
    return _filled(table, to_fill) if to_fill else table


def _blanks(table: Table, index: int) -> int:
    return sum(1 for row in table.rows if is_blank(row.cells[index : index + 1]))


def _ask(key: str, columns: Sequence[Mapped], table: Table, asking: Asking) -> str | None:
    names = ", ".join(f'"{one.name}"' for one in columns)
    counts = ", ".join(str(_blanks(table, one.index)) for one in columns)
    what = "date" if key == "date" else WORDS[Role(key)]
    return asking.ask(
        f"blanks:{key}",
        f"What does a blank {what} cell mean?",
        page=Page.MEANING,
        choices=(
            Choice(value="above", words="the same as in the row above"),
            Choice(value="fault", words="it is missing: a fault at its cell"),
        ),
        evidence=f"{names}: {counts} of {len(table.rows)} rows are blank there.",
        column=columns[0].name,
    )


def _filled(table: Table, indexes: Sequence[int]) -> Table:
    above: dict[int, Cell] = {}
    rows: list[Row] = []
    for row in table.rows:
        cells = list(row.cells)
        for index in indexes:
            if is_blank(cells[index : index + 1]):
                cells[index] = above.get(index, "")
            else:
                above[index] = cells[index]
        rows.append(Row(row.number, tuple(cells)))
    return Table(names=table.names, rows=tuple(rows), long_rows=table.long_rows)


def groups_kept(table: Table, mapped: Iterable[Mapped], asking: Asking) -> Mapping[int, str]:
    """Return the text that a cell must hold, by the index of each grouping column."""
    kept: dict[int, str] = {}
    for one in mapped:
        if one.target.role is not Role.KEEP:
            continue
        counts: dict[str, int] = {}
        for cell in table.column(one.index):
            text = cell_text(cell)
            counts[text] = counts.get(text, 0) + 1
        if len(counts) > _MOST_GROUPS:
            asking.problems.append(f'"{one.name}" holds {len(counts)} different texts: no groups.')
            continue
        answer = asking.ask(
            f"keep:{one.name}",
            f'Rows of which group in "{one.name}" are taken?',
            page=Page.MEANING,
            choices=[
                Choice(value=text, words=f"{brief(text) or '(blank)'}: {count} rows")
                for text, count in counts.items()
            ],
            column=one.name,
        )
        if answer is not None:
            kept[one.index] = answer
    return kept
