"""Source: CDC 2022 conversion factors, and their checks in the clinical facts."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest

from scs_trial.domain.medication import (
    Dose,
    Drug,
    MmeTable,
    day_total,
    load_mme_table,
    mme_of,
)
from scs_trial.errors import UserError
from scs_trial.paths import resources
from tests.reference import reference

TEXT = resources("medication", "cdc-2022.toml").read_text(encoding="utf-8")
TABLE = load_mme_table(TEXT, file_name="cdc-2022.toml")


def test_that_the_factors_are_those_of_2022() -> None:
    factors = {drug.id: (drug.unit, drug.factor) for drug in TABLE.drugs.values() if drug.factor}
    assert factors == {
        "codeine": ("mg", Decimal("0.15")),
        "fentanyl_patch": ("mcg/h", Decimal("2.4")),
        "hydrocodone": ("mg", Decimal(1)),
        "hydromorphone": ("mg", Decimal(5)),
        "methadone": ("mg", Decimal("4.7")),
        "morphine": ("mg", Decimal(1)),
        "oxycodone": ("mg", Decimal("1.5")),
        "oxymorphone": ("mg", Decimal(3)),
        "tapentadol": ("mg", Decimal("0.4")),
        "tramadol": ("mg", Decimal("0.2")),
    }
    assert (TABLE.id, TABLE.version) == ("cdc-2022", "2022")
    assert TABLE.checked_on.isoformat() == "2026-11-22"
    assert "never for switching" in TABLE.caution


@pytest.mark.parametrize(
    ("drug", "amount", "unit", "mme"),
    [
        ("hydrocodone", "20", "mg", "20"),
        ("oxycodone", "20", "mg", "30"),
        ("fentanyl_patch", "75", "mcg/h", "180"),
        ("methadone", "0.1", "mg", "0.47"),
        ("codeine", "0", "mg", "0"),
        ("tramadol", "123456789012345678", "mg", "24691357802469135.6"),
    ],
)
def test_that_a_dose_converts_exactly(drug: str, amount: str, unit: str, mme: str) -> None:
    assert mme_of(Dose(drug, Decimal(amount), unit), TABLE) == Decimal(mme)


@pytest.mark.parametrize(
    "dose",
    [
        Dose("buprenorphine", Decimal(8)),
        Dose("buprenorphine_patch", Decimal(10), "mcg/h"),
        Dose("dihydrocodeine", Decimal(60)),
        Dose("intravenous", Decimal(5)),
        Dose("intrathecal", Decimal(5)),
        Dose("levorphanol", Decimal(5)),
        Dose("meperidine", Decimal(50)),
        Dose("nalbuphine", Decimal(10)),
        Dose("tilidine", Decimal(100)),
        Dose("something else", Decimal(1)),
        Dose("fentanyl_patch", Decimal(25), "mg"),
        Dose("morphine", Decimal(25), "mcg/h"),
        Dose("tilidine", Decimal(0)),
    ],
)
def test_that_no_factor_is_never_zero(dose: Dose) -> None:
    assert mme_of(dose, TABLE) is None
    total = day_total([Dose("morphine", Decimal(30)), dose], TABLE)
    assert total.mme is None
    assert total.without_factor == (dose,)


def test_that_a_day_adds_up_exactly_and_names_its_table() -> None:
    total = day_total([Dose("methadone", Decimal("0.1"))] * 3, TABLE)
    assert total.mme == Decimal("1.41")
    assert (total.without_factor, total.table) == ((), "cdc-2022")


def test_that_a_day_without_opioids_is_zero() -> None:
    assert day_total([], TABLE).mme == 0


def test_that_published_totals_of_unchanged_factors_are_matched() -> None:
    """Older tables agree on oxycodone and on the patch rate; the rest differs or has no factor."""
    drugs = {
        "oxycodone_10x4": Dose("oxycodone", Decimal(40)),
        "oxycodone_er_30x2": Dose("oxycodone", Decimal(60)),
        "fent_patch_75": Dose("fentanyl_patch", Decimal(75), "mcg/h"),
    }
    path = reference("mme_cdc", "mme_test_vectors.csv")
    with path.open(encoding="utf-8", newline="") as file:
        expected = {row["id"]: row["expected_mme_per_day"] for row in csv.DictReader(file)}
    for name, dose in drugs.items():
        assert mme_of(dose, TABLE) == Decimal(expected[name])


def test_that_older_tables_differ_where_the_guideline_changed() -> None:
    names = {"Hydromorphone": "hydromorphone", "Methadone": "methadone", "Tramadol": "tramadol"}
    path = reference("mme_cdc", "cdc_oral_mme_factors_2018.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row[0].strip(): row[1] for row in csv.reader(file)}
    changed = {name: Decimal(rows[name]) for name in names}
    assert changed == {
        "Hydromorphone": Decimal(4),
        "Methadone": Decimal(3),
        "Tramadol": Decimal("0.1"),
    }
    assert all(TABLE.drugs[names[name]].factor != old for name, old in changed.items())
    for name in ("Codeine", "Hydrocodone", "Morphine", "Oxycodone", "Oxymorphone", "Tapentadol"):
        assert TABLE.drugs[name.lower()].factor == Decimal(rows[name])


SMALL = """
id = "small"
title = "A table"
version = "1"
source = "where from"
evidence = "primary"
caution = "an estimate"
checked_on = 2026-11-22

[[drug]]
id = "morphine"
title = "Morphine"
unit = "mg"
factor = 0.5

[[drug]]
id = "patch"
title = "A patch"
unit = "mcg/h"
"""


def test_that_a_table_is_read_in_full() -> None:
    assert load_mme_table(SMALL, file_name="t.toml") == MmeTable(
        id="small",
        title="A table",
        version="1",
        source="where from",
        evidence="primary",
        checked_on=date(2026, 11, 22),
        caution="an estimate",
        drugs={
            "morphine": Drug(id="morphine", title="Morphine", unit="mg", factor=Decimal("0.5")),
            "patch": Drug(id="patch", title="A patch", unit="mcg/h", factor=None),
        },
    )


def test_that_all_faults_of_a_table_are_said_one_a_line() -> None:
    faulty = SMALL.replace('title = "A table"', "").replace('unit = "mcg/h"', "")
    with pytest.raises(UserError) as caught:
        load_mme_table(faulty, file_name="t.toml")
    assert str(caught.value) == "t.toml: title: is missing\nt.toml: drug[2].unit: is missing"


def test_that_drugs_without_an_id_are_not_called_the_same() -> None:
    faulty = SMALL.replace('id = "morphine"', "").replace('id = "patch"', "")
    with pytest.raises(UserError) as caught:
        load_mme_table(faulty, file_name="t.toml")
    assert str(caught.value) == ("t.toml: drug[1].id: is missing\nt.toml: drug[2].id: is missing")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "cdc-2022"', "", "t.toml: id: is missing"),
        ("factor = 0.15", "factor = 0", "t.toml: drug[1].factor: must be above 0"),
        ('id = "morphine"', 'id = "codeine"', "t.toml: drug[6].id: 'codeine' is used twice"),
        ('unit = "mg"', 'unit = "g"', "t.toml: drug[1].unit: 'g' is none of mg, mcg/h"),
        ("checked_on = 2026-11-22", "", "t.toml: checked_on: is missing"),
        ("factor = 0.15", "faktor = 0.15", "t.toml: drug[1].faktor: is an unknown key"),
        ('id = "cdc-2022"', "id = ", "t.toml is not TOML"),
    ],
)
def test_that_a_faulty_table_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        load_mme_table(TEXT.replace(old, new, 1), file_name="t.toml")
    assert message in str(caught.value)
