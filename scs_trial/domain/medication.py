"""Opioids as oral morphine equivalents (MME), by a dated and versioned table.

Source: CDC Clinical Practice Guideline for Prescribing Opioids for Pain, 2022, in
``resources/medication/cdc-2022.toml``. An estimate only, never for switching opioids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import NamedTuple

from scs_trial.domain.toml_table import Findings, Table, parse_toml
from scs_trial.errors import UserError

UNITS = ("mg", "mcg/h")
"""Units of a dose: milligrams in 24 hours, or the rate of a patch in micrograms an hour."""

_EXACT = Context(prec=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One opioid of a table.

    ``factor`` is MME per day for one ``unit``; None when the table gives no factor, which is never
    taken for 0.
    """

    id: str
    title: str
    unit: str
    factor: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MmeTable:
    """A table of conversion factors, drugs by id in the order of the file."""

    id: str
    title: str
    version: str
    source: str
    evidence: str
    checked_on: date
    caution: str
    drugs: Mapping[str, Drug]


class Dose(NamedTuple):
    """What was taken in 24 hours: id of the drug, amount, and its unit (see `UNITS`)."""

    drug: str
    amount: Decimal
    unit: str = "mg"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotal:
    """MME of one day.

    Attributes
    ----------
    mme
        Total in MME, exact; None when a dose has no factor: the total is then incomplete, and no
        number at all.
    without_factor
        The doses that have no factor.
    table
        Id of the table that was used.
    """

    mme: Decimal | None
    without_factor: tuple[Dose, ...]
    table: str


def mme_of(dose: Dose, table: MmeTable) -> Decimal | None:
    """Return the MME of one dose, exact.

    Parameters
    ----------
    dose
        Amount in 24 hours, or the rate of a patch; not negative.
    table
        Factors.

    Returns
    -------
    Decimal or None
        None ("no factor") for a drug that the table does not know or gives no factor, and for
        another unit than the table's. A dose of 0 of such a drug has no factor either.
    """
    drug = table.drugs.get(dose.drug)
    if drug is None or drug.factor is None or drug.unit != dose.unit:
        return None
    return _EXACT.multiply(dose.amount, drug.factor)


def day_total(doses: Iterable[Dose], table: MmeTable) -> DayTotal:
    """Return the MME of one day; no dose at all is a total of 0.

    Parameters
    ----------
    doses
        All opioids of the day.
    table
        Factors.
    """
    total = Decimal(0)
    without: list[Dose] = []
    for dose in doses:
        mme = mme_of(dose, table)
        if mme is None:
            without.append(dose)
        else:
            total = _EXACT.add(total, mme)
    return DayTotal(mme=None if without else total, without_factor=tuple(without), table=table.id)


def load_mme_table(text: str, *, file_name: str) -> MmeTable:
    """Return the table that a TOML text describes.

    Raises
    ------
    UserError
        With every fault of the text, each with its key and reason.
    """
    findings = Findings(file_name)
    try:
        root = Table(parse_toml(text), "", findings)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{file_name} is not TOML: {error}.") from error
    texts = {
        key: root.text(key) or ""
        for key in ("id", "title", "version", "source", "evidence", "caution")
    }
    checked_on = root.day("checked_on")
    drugs = _drugs(root.tables("drug"))
    root.finish()
    if findings.faults or checked_on is None:
        raise UserError("\n".join(map(str, findings.faults)))
    return MmeTable(
        id=texts["id"],
        title=texts["title"],
        version=texts["version"],
        source=texts["source"],
        evidence=texts["evidence"],
        checked_on=checked_on,
        caution=texts["caution"],
        drugs=drugs,
    )


def _drugs(tables: Iterable[Table]) -> dict[str, Drug]:
    drugs: dict[str, Drug] = {}
    for table in tables:
        identity, title = table.text("id") or "", table.text("title") or ""
        unit = table.choice("unit", UNITS) or ""
        factor = table.number("factor") if "factor" in table else None
        if factor is not None and factor <= 0:
            table.fault("factor", "must be above 0; leave the key out where there is no factor")
        if identity and identity in drugs:
            table.fault("id", f"{identity!r} is used twice")
        table.finish()
        drugs[identity] = Drug(id=identity, title=title, unit=unit, factor=factor)
    return drugs
