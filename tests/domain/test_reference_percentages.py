"""Percentages that others published: tables by hand, and the authors' own of a real trial.

Source: ``score_vectors/percent_relief_vectors.csv``; ``amitriptyline_hivsn/NNT.csv`` (Dinat et al.,
PLoS One 2015, CC BY 4.0; CR-only line ends; the authors rounded to one decimal).
"""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.result import LeafResult, Reason, Status
from scs_trial.exchange.diary_csv import read_diary
from tests.domain.build import evaluated, leaf, rules
from tests.domain.generate import CATALOGUE
from tests.reference import reference


def one_day(threshold: str, *, measure: str = "pain") -> Criteria:
    return rules(primary=leaf(measure=measure, threshold=threshold, min_days=1), min_days=1)


def relief(before: str, after: str, *, threshold: str, column: str = "pain_average") -> LeafResult:
    """Read one value before and one after from a diary and evaluate them."""
    content = (
        f"patient,trial_start,date,pain_measure,{column}\n"
        f"P,2026-01-10,2026-01-09,{column},{before}\nP,2026-01-10,2026-01-11,,{after}\n"
    )
    file = read_diary(io.BytesIO(content.encode()), catalogue=CATALOGUE)
    assert file.faults == ()
    return evaluated(file.trials[0].diary, one_day(threshold)).primary


def vectors() -> list[dict[str, str]]:
    path = reference("score_vectors", "percent_relief_vectors.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_that_the_percentages_made_by_hand_are_matched() -> None:
    rows = vectors()
    assert len(rows) == 10
    for row in rows:
        column = "pain_vas" if row["scale"] == "VAS100" else "pain_average"
        by_threshold = {
            threshold: relief(row["baseline"], row["post"], threshold=threshold, column=column)
            for threshold in ("30", "50")
        }
        value = by_threshold["50"].value
        if not row["expected_percent"]:
            assert value is None
            assert Reason.BASELINE_ZERO in by_threshold["50"].reasons
            continue
        assert value is not None
        places = Decimal(row["expected_percent"]).as_tuple().exponent
        assert isinstance(places, int)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = exact.quantize(Decimal(1).scaleb(places), rounding=ROUND_HALF_EVEN)
        assert rounded == Decimal(row["expected_percent"]), row["id"]
        for threshold, column_name in (("30", "ge30"), ("50", "ge50")):
            met = by_threshold[threshold].status is Status.MET
            assert met is (row[column_name] == "1"), row["id"]


def test_that_the_percentages_of_the_authors_are_matched() -> None:
    data = reference("amitriptyline_hivsn", "NNT.csv").read_bytes()
    assert b"\n" not in data
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    compared = zero = exactly_half = 0
    for row in rows:
        if not row["Time1"].isdigit() or not row["Time3"].isdigit():
            continue
        result = relief(row["Time1"], row["Time3"], threshold="50")
        if result.value is None:
            assert row["Time1"] == "0"
            zero += 1
            continue
        exact = Decimal(result.value.numerator) / Decimal(result.value.denominator)
        rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        assert abs(rounded - Decimal(row["PercentDelta"])) == 0, row
        compared += 1
        exactly_half += result.value == Fraction(50)
        assert (result.status is Status.MET) is (result.value >= 50)
    assert compared > 150
    assert exactly_half == 10
    assert zero + compared <= len(rows)


def test_that_a_diary_with_cr_line_ends_reads_all_rows() -> None:
    lines = ["patient,trial_start,date,pain_average"]
    data = reference("amitriptyline_hivsn", "NNT.csv").read_bytes().decode()
    for row in csv.DictReader(io.StringIO(data, newline="")):
        if row["Time1"].isdigit() and row["Time3"].isdigit():
            name = f"{row['ID']}/{row['Period']}"
            lines += [
                f"{name},2026-01-10,2026-01-09,{row['Time1']}",
                f"{name},2026-01-10,2026-01-11,{row['Time3']}",
            ]
    file = read_diary(io.BytesIO("\r".join(lines).encode()), catalogue=CATALOGUE)
    assert file.faults == ()
    assert file.rows == len(lines) - 1
    assert len(file.trials) == file.rows // 2


@pytest.mark.parametrize(("before", "after", "met"), [("0.3", "0.15", True), ("7", "3.51", False)])
def test_that_the_threshold_is_exact(before: str, after: str, *, met: bool) -> None:
    """Source: the vectors ``pr_float`` and ``pr_just_under2``."""
    assert (relief(before, after, threshold="50").status is Status.MET) is met
