"""What the cells of the mapped columns mean: scales, items, words for nothing, phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_trial.domain.measures import Catalogue, Series
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.map_columns import Mapped
from scs_trial.exchange.assistant.model import Choice, Page
from scs_trial.exchange.assistant.number_signs import looks_numeric
from scs_trial.exchange.assistant.scales import Scale, ask_scale
from scs_trial.exchange.assistant.signs import NumberSigns
from scs_trial.exchange.assistant.synonyms import Synonyms
from scs_trial.exchange.assistant.table import Table, brief, cell_text
from scs_trial.exchange.assistant.targets import Role
from scs_trial.exchange.diary_columns import read_series

_MOST_ITEMS = 40
_NUMBERS = (Role.MEASURE, Role.VALUE, Role.DAY_NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the rows of one item of a long file hold."""

    scale: Scale | None
    note: bool = False
    ignore: bool = False


def settle_scales(
    mapped: Sequence[Mapped],
    table: Table,
    signs: NumberSigns,
    *,
    catalogue: Catalogue,
    asking: Asking,
) -> dict[str, Scale]:
    """Ask for the scale of each measure; by column name, of wide columns once for each series."""
    scales: dict[str, Scale] = {}
    measures = [one for one in mapped if one.target.role is Role.MEASURE]
    wide: dict[Series, list[Mapped]] = {}
    for one in measures:
        if one.target.series is None:
            continue
        if one.target.phase is not None:
            wide.setdefault(one.target.series, []).append(one)
            continue
        scale = ask_scale(
            f"scale:{one.name}",
            f'the column "{one.name}"',
            one.target.series,
            numbers=_numbers([one], table, signs),
            catalogue=catalogue,
            asking=asking,
        )
        if scale is not None:
            scales[one.name] = scale
    for series, columns in wide.items():
        scale = ask_scale(
            f"scale:{series}",
            f'the {len(columns)} columns "{columns[0].name}" to "{columns[-1].name}"',
            series,
            numbers=_numbers(columns, table, signs),
            catalogue=catalogue,
            asking=asking,
        )
        if scale is not None:
            scales.update({one.name: scale for one in columns})
    return scales


def _numbers(columns: Sequence[Mapped], table: Table, signs: NumberSigns) -> list[Decimal]:
    cells = (cell for one in columns for cell in table.column(one.index))
    return [number for cell in cells if (number := signs.read(cell)) is not None]


def settle_items(
    mapped: Sequence[Mapped],
    table: Table,
    signs: NumberSigns,
    *,
    catalogue: Catalogue,
    asking: Asking,
) -> dict[str, Item]:
    """Ask what each item of a long file is, and its scale; by the item's text."""
    item_column = next((one for one in mapped if one.target.role is Role.ITEM), None)
    value_column = next((one for one in mapped if one.target.role is Role.VALUE), None)
    if item_column is None or value_column is None:
        return {}
    by_item: dict[str, list[Decimal]] = {}
    for row in table.rows:
        held = by_item.setdefault(cell_text(row.cells[item_column.index]), [])
        number = signs.read(row.cells[value_column.index])
        if number is not None:
            held.append(number)
    if len(by_item) > _MOST_ITEMS:
        asking.problems.append(
            f'"{item_column.name}" holds {len(by_item)} different texts; an item column has at '
            f"most {_MOST_ITEMS}."
        )
        return {}
    items = {
        text: _item(text, numbers, item_column.name, catalogue=catalogue, asking=asking)
        for text, numbers in by_item.items()
    }
    return {text: item for text, item in items.items() if item is not None}


def _item(
    text: str, numbers: Sequence[Decimal], column: str, *, catalogue: Catalogue, asking: Asking
) -> Item | None:
    choices = [
        *(Choice(value=code, words=measure.title) for code, measure in catalogue.items()),
        Choice(value="note", words="keep in the day's note"),
        Choice(value="ignore", words="leave out"),
    ]

    def objection(answer: str) -> str:
        known = answer in ("note", "ignore") or read_series(answer, catalogue) is not None
        return "" if known else "This is no measure of the catalogue."

    answer = asking.ask(
        f"item:{text}",
        f'What are the rows of "{brief(text)}" in "{column}"?',
        page=Page.MEANING,
        choices=choices,
        evidence=f"{len(numbers)} rows hold a number.",
        column=column,
        objection=objection,
    )
    if answer is None:
        return None
    series = read_series(answer, catalogue)
    if series is None:
        return Item(scale=None, note=answer == "note", ignore=answer == "ignore")
    scale = ask_scale(
        f"scale:{text}",
        f'"{brief(text)}"',
        series,
        numbers=numbers,
        catalogue=catalogue,
        asking=asking,
    )
    return None if scale is None else Item(scale=scale)


def settle_missing(
    mapped: Sequence[Mapped], table: Table, synonyms: Synonyms, asking: Asking
) -> frozenset[str]:
    """Ask which words in columns of numbers mean "no answer"; return those that do."""
    found: dict[str, int] = {}
    for one in mapped:
        if one.target.role in _NUMBERS:
            for cell in table.column(one.index):
                text = cell_text(cell)
                if text.casefold() in synonyms.missing and not looks_numeric(text):
                    found[text] = found.get(text, 0) + 1
    return frozenset(
        text
        for text, count in found.items()
        if asking.ask(
            f"missing:{text}",
            f'Does "{brief(text)}" in a column of numbers mean that there is no answer?',
            page=Page.MEANING,
            choices=(
                Choice(value="yes", words="yes: no answer, never 0"),
                Choice(value="no", words="no: a fault at its cell"),
            ),
            evidence=f"It stands in {count} cells.",
        )
        == "yes"
    )


def phase_answers(
    mapped: Sequence[Mapped], table: Table, synonyms: Synonyms, asking: Asking
) -> Mapping[str, str]:
    """Return ``baseline``, ``trial``, ``by_date`` or ``leave_out`` by the text of a phase cell."""
    column = next((one for one in mapped if one.target.role is Role.PHASE), None)
    if column is None:
        return {}
    texts = dict.fromkeys(cell_text(cell) for cell in table.column(column.index))
    if len(texts) > _MOST_ITEMS:
        asking.problems.append(f'"{column.name}" holds {len(texts)} different texts: no phases.')
        return {}
    choices = (
        Choice(value="baseline", words="baseline"),
        Choice(value="trial", words="trial"),
        Choice(value="by_date", words="by the date: before the placement date baseline"),
        Choice(value="leave_out", words="leave these rows out"),
    )
    answers = {}
    for text in texts:
        known = synonyms.phase(text)
        if known and text.casefold() == known:
            answers[text] = known
            continue
        answer = asking.ask(
            f"phase:{text}",
            f'Which phase is "{brief(text)}" in "{column.name}"?',
            page=Page.MEANING,
            choices=choices,
            evidence=f'The word is known for "{known}".' if known else "",
            column=column.name,
        )
        if answer is not None:
            answers[text] = answer
    return answers
