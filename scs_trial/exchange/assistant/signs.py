"""Decimal and thousands signs of a file: settled by all of its numbers, or asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.model import Choice, Page
from scs_trial.exchange.assistant.number_signs import Signs, read_number, signs_of, thousands_for
from scs_trial.exchange.assistant.table import Cell, Table

_THOUSANDS = {"": "none", ",": "comma", ".": "point", " ": "space", "'": "apostrophe"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSigns:
    """Signs in numbers."""

    decimal: str
    thousands: str

    def read(self, cell: Cell) -> Decimal | None:
        """Return the number of a cell, or None where it is none."""
        if isinstance(cell, Decimal):
            return cell
        if not isinstance(cell, str):
            return None
        return read_number(cell, decimal=self.decimal, thousands=self.thousands)


def settle_signs(table: Table, asking: Asking) -> NumberSigns:
    """Settle decimal and thousands signs by all numbers of the file, or ask."""
    texts = [
        cell for row in table.rows for cell in row.cells if isinstance(cell, str) and cell.strip()
    ]
    signs = signs_of(texts)
    choices = (Choice(value=".", words="point: 4.5"), Choice(value=",", words="comma: 4,5"))
    point, comma = bool(signs.point), bool(signs.comma)
    point = point or "," in signs.thousands
    comma = comma or "." in signs.thousands
    if point is not comma or not (signs.comma_groups or signs.point_groups or point):
        decimal = asking.settle(
            "decimal",
            "Decimal sign",
            "," if comma else ".",
            page=Page.READING,
            why=_why(signs),
            choices=choices,
        )
    else:
        example = next(iter([*signs.comma_groups, *signs.point_groups, *signs.comma]), "")
        answer = asking.ask(
            "decimal",
            f"Which sign parts the decimals? {example} can be read in two ways.",
            page=Page.READING,
            choices=choices,
            evidence=_why(signs),
        )
        if answer is None:
            return NumberSigns(decimal=".", thousands="")
        decimal = answer
    thousands = thousands_for(signs, decimal)
    asking.settle(
        "thousands",
        "Thousands sign",
        _THOUSANDS[thousands],
        page=Page.READING,
        why=_thousands_why(signs, decimal),
        choices=[Choice(value=word, words=word) for word in _THOUSANDS.values()],
    )
    named = {word: sign for sign, word in _THOUSANDS.items()}
    chosen = asking.findings[-1].value
    return NumberSigns(decimal=decimal, thousands=named.get(chosen, ""))


def _why(signs: Signs) -> str:
    said = [
        f"{signs.counts[kind]} numbers such as {', '.join(examples)} {what}."
        for kind, examples, what in (
            ("point", signs.point, "have a decimal point"),
            ("comma", signs.comma, "have a decimal comma"),
            ("comma_groups", signs.comma_groups, "have one comma before three digits"),
            ("point_groups", signs.point_groups, "have one point before three digits"),
        )
        if examples
    ]
    said += [
        f"{', '.join(examples)} part thousands with a {_THOUSANDS[sign]}."
        for sign, examples in signs.thousands.items()
    ]
    return " ".join(said) or "No number of the file has a sign."


def _thousands_why(signs: Signs, decimal: str) -> str:
    groups = signs.comma_groups if decimal == "." else signs.point_groups
    sign = thousands_for(signs, decimal)
    if not sign:
        return "No number is parted into thousands."
    examples = groups or signs.thousands.get(sign, [])
    word = "point" if decimal == "." else "comma"
    return (
        f"The decimal sign is the {word}; {', '.join(examples)} are parted by a {_THOUSANDS[sign]}."
    )
