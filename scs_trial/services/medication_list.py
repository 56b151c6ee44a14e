"""The medication list of a trial as a day's MME."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from scs_trial import paths
from scs_trial.domain.medication import Dose, MmeTable, day_total, load_mme_table
from scs_trial.domain.trial import MedicationEntry

SHIPPED_TABLE = "cdc-2022.toml"


@cache
def shipped_mme_table() -> MmeTable:
    """Return the shipped table of factors."""
    path = paths.resources("medication", SHIPPED_TABLE)
    return load_mme_table(path.read_text(encoding="utf-8"), file_name=path.name)


def daily_mme(
    medication: Sequence[MedicationEntry], day: date, *, table: MmeTable
) -> Decimal | None:
    """Return the opioids of a day from the medication list, in MME per 24 h.

    Parameters
    ----------
    medication
        The list. An entry holds from its first to its last day, both included.
    day
        Civil date.
    table
        Factors by drug id; a drug may also stand by its title.

    Returns
    -------
    Decimal or None
        None where the list begins after that day or is empty, or names an opioid without a
        factor: the total is then incomplete, and no number. 0 once every entry has ended.
    """
    if not any(entry.from_day <= day for entry in medication):
        return None
    ids = {drug.title.casefold(): drug.id for drug in table.drugs.values()}
    doses = [
        Dose(ids.get(entry.drug.casefold(), entry.drug.casefold()), entry.amount, entry.unit)
        for entry in medication
        if entry.from_day <= day and (entry.to_day is None or day <= entry.to_day)
    ]
    return day_total(doses, table).mme
