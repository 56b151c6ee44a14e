"""Whether a leaf makes sense for its measure: refusals and warnings.

Source: the evaluation specification, sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scs_trial.domain.criteria import Leaf, Statistic, Test
from scs_trial.domain.measures import Better, Measure
from scs_trial.domain.toml_table import Table

PERCENT_BOUND = Decimal(1000)
"""Percentages of criteria lie within this bound on either side."""

_IMPROVEMENTS = (Test.IMPROVEMENT_PERCENT, Test.IMPROVEMENT_POINTS)
_ABSOLUTE = (Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST, Test.BASELINE_AT_LEAST)
_WITHOUT_SUMMARY = (Test.BASELINE_AT_LEAST, Test.RECORDED_DAYS_AT_LEAST)


def check_leaf(
    table: Table, leaf: Leaf, measure: Measure, threshold: Decimal, own_keys: Sequence[str]
) -> None:
    """Note what is wrong or doubtful about a leaf that was read without fault.

    Parameters
    ----------
    table
        The table of the leaf, where faults and warnings are noted.
    leaf
        The leaf, defaults resolved.
    measure
        Its measure (average pain for ``pain``).
    threshold
        Its threshold.
    own_keys
        Which of ``statistic`` and ``min_days`` the leaf states itself.
    """
    _check_neutral(table, leaf, measure, own_keys)
    _check_percentage(table, leaf, measure, threshold)
    _warn_of_range(table, leaf, measure, threshold)
    _warn_of_idle_keys(table, leaf, own_keys)


def _check_neutral(table: Table, leaf: Leaf, measure: Measure, own_keys: Sequence[str]) -> None:
    if measure.better is not Better.NEUTRAL:
        return
    if leaf.test in _IMPROVEMENTS:
        table.fault(leaf.test, f"{measure.code} is neither better higher nor lower")
    if leaf.statistic is Statistic.BEST and (
        "statistic" in own_keys or leaf.test not in _WITHOUT_SUMMARY
    ):
        table.fault("statistic", f"{measure.code} is neither better higher nor lower: no best")


def _check_percentage(table: Table, leaf: Leaf, measure: Measure, threshold: Decimal) -> None:
    if leaf.test is not Test.IMPROVEMENT_PERCENT:
        return
    if not -PERCENT_BOUND <= threshold <= PERCENT_BOUND:
        table.fault(leaf.test, f"must lie between -{PERCENT_BOUND} and {PERCENT_BOUND}")
    if not measure.ratio_scale:
        table.fault(leaf.test, f"a percentage of {measure.code} has no meaning: no true zero")


def _warn_of_range(table: Table, leaf: Leaf, measure: Measure, threshold: Decimal) -> None:
    span = measure.high - measure.low
    outside = (
        (leaf.test in _ABSOLUTE and not measure.low <= threshold <= measure.high)
        or (leaf.test is Test.IMPROVEMENT_POINTS and abs(threshold) > span)
        or (
            leaf.test is Test.IMPROVEMENT_PERCENT
            and measure.better is Better.LOWER
            and threshold > 100
        )
    )
    if outside:
        table.warn(
            leaf.test,
            f"{threshold} lies outside what {measure.code} can reach "
            f"(range {measure.low} to {measure.high})",
        )
    if leaf.test is Test.RECORDED_DAYS_AT_LEAST and not threshold:
        table.warn(leaf.test, "0 days always holds")


def _warn_of_idle_keys(table: Table, leaf: Leaf, own_keys: Sequence[str]) -> None:
    if leaf.test in _WITHOUT_SUMMARY:
        for key in own_keys:
            table.warn(key, f"has no effect on {leaf.test}")
    if leaf.baseline_zero_is_not_met and leaf.test is not Test.IMPROVEMENT_PERCENT:
        table.warn("baseline_zero", f"has no effect on {leaf.test}")
