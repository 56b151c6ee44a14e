"""Criteria as data: a tree of all / any / at least k, with one test at each leaf.

Source: the evaluation specification, section 3. Reading a criteria file is in ``criteria_file``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

PAIN = "pain"
"""Name by which criteria mean the trial's own pain measure."""


class Statistic(StrEnum):
    """How the recorded window days become one trial figure.

    ``mean_last_N`` is ``MEAN_LAST`` with ``Leaf.last_n`` = N.
    """

    MEAN = "mean"
    MEDIAN = "median"
    LAST = "last"
    BEST = "best"
    MEAN_LAST = "mean_last"


class Test(StrEnum):
    """What a leaf tests. The value of a member is its key in a criteria file."""

    __test__ = False

    IMPROVEMENT_PERCENT = "improvement_percent"
    IMPROVEMENT_POINTS = "improvement_points"
    TRIAL_AT_LEAST = "trial_at_least"
    TRIAL_AT_MOST = "trial_at_most"
    BASELINE_AT_LEAST = "baseline_at_least"
    RECORDED_DAYS_AT_LEAST = "recorded_days_at_least"
    CONFIRM = "confirm"


class Evidence(StrEnum):
    """How well the source of a rule was checked."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One test of a rule, with the file's defaults already resolved.

    ``measure`` and ``threshold`` are None for a confirmation, ``confirm`` is None otherwise.
    ``measure`` may be ``"pain"``: the trial's own pain measure. Absolute thresholds on it are NRS
    points, times ten for ``pain_vas``.
    """

    id: str
    test: Test
    label: str | None = None
    measure: str | None = None
    item: str | None = None
    threshold: Decimal | None = None
    confirm: str | None = None
    statistic: Statistic = Statistic.MEAN
    last_n: int | None = None
    min_days: int = 3
    baseline_zero_is_not_met: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Every child must be met."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one child must be met."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """At least ``k`` children must be met."""

    k: int
    children: tuple[Node, ...]


Node = All | AnyOf | AtLeast | Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """Something that a payer wants documented; no part of the rule."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """One criteria file, checked and with its defaults resolved.

    ``primary`` is a leaf of the rule, or a leaf of its own (``primary_in_rule`` False).
    ``low_baseline`` is in NRS points (times ten for ``pain_vas``). Lengths are days.
    """

    id: str
    title: str
    version: str
    source: str
    evidence: Evidence
    checked_on: date
    primary: Leaf
    primary_in_rule: bool
    rule: Node
    baseline_window_days: int = 14
    baseline_min_days: int = 1
    low_baseline: Decimal | None = None
    first_day: int = 1
    statistic: Statistic = Statistic.MEAN
    last_n: int | None = None
    min_days: int = 3
    exclude_stimulation_off: bool = True
    length_min: int | None = None
    length_caution_above: int | None = None
    length_warn_above: int | None = None
    checklist: tuple[ChecklistItem, ...] = ()


def leaves(node: Node) -> tuple[Leaf, ...]:
    """Return the leaves of a rule, depth first as written."""
    if isinstance(node, Leaf):
        return (node,)
    return tuple(leaf for child in node.children for leaf in leaves(child))
