"""The order of each column of dates: settled by its evidence, or asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.date_order import ORDERS, order_evidence, read_written
from scs_trial.exchange.assistant.map_columns import Mapped
from scs_trial.exchange.assistant.model import Choice, Page
from scs_trial.exchange.assistant.table import Cell, Table, brief, cell_text
from scs_trial.exchange.assistant.targets import Role

_DATES = (Role.DATE, Role.TRIAL_START, Role.RECORDED_AT)


@dataclass(frozen=True, slots=True)
class Dates:
    """Reads the dates of one column under its order."""

    order: str

    def read(self, cell: Cell) -> datetime | None:
        """Return the moment of a cell (midnight without a time), or None where it is none."""
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=None)
        if isinstance(cell, Decimal | bool):
            return None
        written = read_written(cell_text(cell))
        return None if written is None else written.under(self.order)


def settle_dates(mapped: Iterable[Mapped], table: Table, asking: Asking) -> dict[str, Dates]:
    """Settle the order of each column of dates by its evidence, or ask."""
    return {
        one.name: Dates(_order(one, table, asking)) for one in mapped if one.target.role in _DATES
    }


def _order(one: Mapped, table: Table, asking: Asking) -> str:
    texts = [cell for cell in table.column(one.index) if isinstance(cell, str) and cell.strip()]
    evidence = order_evidence(texts)
    key = f"date_order:{one.name}"
    choices = [Choice(value=order, words=words) for order, words in ORDERS.items()]
    title = f'Order of the dates in "{one.name}"'

    def objection(answer: str) -> str:
        if answer not in ORDERS:
            return f"This is none of: {', '.join(ORDERS)}."
        bad = evidence.impossible.get(answer, 0)
        good = min(evidence.impossible.values(), default=0)
        if bad > good:
            return f"Under this order {bad} dates are no day; under another {good}."
        return ""

    if evidence.order:
        return asking.settle(
            key,
            title,
            evidence.order,
            page=Page.MEANING,
            why=evidence.words,
            choices=choices,
            objection=objection,
        )
    sample = next((text.strip() for text in texts if read_written(text)), "")
    answer = asking.ask(
        key,
        f'In which order do the dates in "{one.name}" stand, e.g. {brief(sample)}?',
        page=Page.MEANING,
        choices=choices,
        evidence=evidence.words,
        column=one.name,
        objection=objection,
    )
    return answer or "dmy"
