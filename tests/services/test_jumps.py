"""A jump asks once. Source: the evaluation specification, section 11."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scs_trial import paths
from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.measures import Series
from scs_trial.services.jumps import JumpKind, jumps

CATALOGUE = load_catalogue(paths.resources("measures.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("code", "last", "value", "asks"),
    [
        ("pain_average", "7", "2", True),  # exactly 5 points
        ("pain_average", "2", "7", True),
        ("pain_average", "7", "2.1", False),  # 4.9 points
        ("pain_average", "10", "0", True),
        ("activity_score", "1", "6", True),
        ("pain_vas", "70", "20", True),  # 50 mm are 5 points
        ("pain_vas", "70", "21", False),
        ("walking_minutes", "10", "90", False),  # minutes are no points
        ("stated_relief", "10", "90", False),
    ],
)
def test_that_five_points_from_the_last_value_ask(
    code: str, last: str, value: str, *, asks: bool
) -> None:
    series = Series(code)
    found = jumps({series: Decimal(value)}, {series: Decimal(last)}, CATALOGUE)
    assert [jump.kind for jump in found] == [JumpKind.FAR_FROM_LAST] * asks


def test_that_a_first_value_is_compared_with_nothing() -> None:
    assert jumps({Series("pain_average"): Decimal(9)}, {}, CATALOGUE) == ()


@pytest.mark.parametrize("item", [None, "left leg"])
def test_that_least_average_and_worst_must_stand_in_order(item: str | None) -> None:
    values = {
        Series("pain_least", item): Decimal(5),
        Series("pain_average", item): Decimal(4),
        Series("pain_worst", item): Decimal("3.5"),
    }
    kinds = [jump.kind for jump in jumps(values, {}, CATALOGUE)]
    assert kinds == [JumpKind.LEAST_ABOVE_AVERAGE, JumpKind.AVERAGE_ABOVE_WORST]


def test_that_equal_values_and_other_regions_do_not_ask() -> None:
    values = {
        Series("pain_least"): Decimal(4),
        Series("pain_average"): Decimal(4),
        Series("pain_worst"): Decimal(4),
        Series("pain_least", "left leg"): Decimal(9),
    }
    assert jumps(values, {}, CATALOGUE) == ()
