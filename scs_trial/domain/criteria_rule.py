"""Reading the rule of a criteria file: the tree and its leaves, with every fault noted.

Source: the evaluation specification, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from scs_trial.domain.criteria import (
    PAIN,
    All,
    AnyOf,
    AtLeast,
    Leaf,
    Node,
    Statistic,
    Test,
)
from scs_trial.domain.leaf_checks import check_leaf
from scs_trial.domain.measures import Catalogue, Measure
from scs_trial.domain.toml_table import Findings, Table, describe_type
from scs_trial.domain.written import region_name

MAX_DEPTH = 20
"""Levels of all / any / at least that a rule may have."""

_MEAN_LAST = re.compile(r"mean_last_([1-9][0-9]{0,5})")
_PLAIN_STATISTICS = (Statistic.MEAN, Statistic.MEDIAN, Statistic.LAST, Statistic.BEST)
_TARGET_NAMES = ("target", "target region")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a leaf takes from ``[trial]`` where it names nothing of its own."""

    statistic: Statistic = Statistic.MEAN
    last_n: int | None = None
    min_days: int = 3


@dataclass(slots=True, kw_only=True)
class RuleReader:
    """Reads nodes and leaves; remembers the ids that were used.

    Attributes
    ----------
    catalogue
        Measures that leaves may name, besides ``pain``.
    defaults
        The file's own defaults.
    findings
        Where faults and warnings are noted.
    """

    catalogue: Catalogue
    defaults: Defaults
    findings: Findings
    _ids: dict[str, str] = field(default_factory=dict)

    def node(self, value: object, path: str, depth: int = 1) -> Node | None:
        """Return the node that a TOML value describes; None after its faults were noted."""
        if not isinstance(value, dict):
            self.findings.fault(path, f"must be a table, not {describe_type(value)}")
            return None
        if depth > MAX_DEPTH:
            self.findings.fault(path, f"lies deeper than {MAX_DEPTH} levels")
            return None
        table = Table(value, path, self.findings)
        if "all" in table:
            return self._branch(table, "all", depth, lambda nodes: All(children=nodes))
        if "any" in table:
            return self._branch(table, "any", depth, lambda nodes: AnyOf(children=nodes))
        if "at_least" in table or "of" in table:
            return self._at_least(table, depth)
        return self.leaf(table)

    def _branch(
        self, table: Table, key: str, depth: int, build: Callable[[tuple[Node, ...]], Node]
    ) -> Node | None:
        nodes = self._children(table, key, depth)
        table.finish()
        return None if nodes is None else build(nodes)

    def _at_least(self, table: Table, depth: int) -> Node | None:
        written = table.take("of")
        size = len(written) if isinstance(written, list) else None
        k = table.whole("at_least", low=1, high=size or 10**6)
        nodes = self._list(written, table.key_path("of"), depth)
        table.finish()
        return None if k is None or nodes is None else AtLeast(k=k, children=nodes)

    def _children(self, table: Table, key: str, depth: int) -> tuple[Node, ...] | None:
        return self._list(table.take(key), table.key_path(key), depth)

    def _list(self, value: object, path: str, depth: int) -> tuple[Node, ...] | None:
        if value is None:
            self.findings.fault(path, "is missing")
            return None
        if not isinstance(value, list):
            self.findings.fault(path, f"must be a list, not {describe_type(value)}")
            return None
        if not value:
            self.findings.fault(path, "is an empty list")
            return None
        nodes = [
            self.node(child, f"{path}[{place}]", depth + 1) for place, child in enumerate(value, 1)
        ]
        found = tuple(node for node in nodes if node is not None)
        return found if len(found) == len(nodes) else None

    def leaf(self, table: Table) -> Leaf | None:
        """Return the leaf that a table describes; None after its faults were noted."""
        before = len(self.findings.faults)
        identity = self._identity(table)
        label = table.optional_text("label")
        test = self._test(table)
        if test is None:
            return None
        leaf = (
            self._confirmation(table, identity, label)
            if test is Test.CONFIRM
            else self._measured(table, identity, label, test)
        )
        table.finish()
        return leaf if len(self.findings.faults) == before else None

    def _identity(self, table: Table) -> str:
        identity = table.text("id")
        if identity is None:
            return ""
        if identity in self._ids:
            table.fault("id", f"{identity!r} is used twice, first at {self._ids[identity]}")
        else:
            self._ids[identity] = table.key_path("id")
        return identity

    @staticmethod
    def _test(table: Table) -> Test | None:
        tests = [test for test in Test if test in table]
        if len(tests) == 1:
            return tests[0]
        names = ", ".join(Test)
        for key in table.left():
            if key not in _LEAF_KEYS:
                table.fault(key, "is an unknown key")
        if tests:
            table.fault("", f"has {len(tests)} tests ({', '.join(tests)}); a leaf has exactly one")
        else:
            table.fault("", f"has no test; a leaf has exactly one of {names}")
        return None

    @staticmethod
    def _confirmation(table: Table, identity: str, label: str | None) -> Leaf:
        confirm = table.text("confirm") or ""
        for key in ("measure", "item", "statistic", "min_days", "baseline_zero"):
            if key in table:
                table.take(key)
                table.fault(key, "has no meaning for a confirmation")
        return Leaf(id=identity, label=label, test=Test.CONFIRM, confirm=confirm)

    def _measured(self, table: Table, identity: str, label: str | None, test: Test) -> Leaf:
        code = table.text("measure")
        measure = self._measure(table, code)
        threshold = self._threshold(table, test)
        item = self._item(table, measure)
        own_statistic = "statistic" in table
        statistic, last_n = self.statistic(table)
        own_min_days = "min_days" in table
        min_days = table.whole("min_days", low=1, required=False)
        zero = table.choice("baseline_zero", ("not_met",)) if "baseline_zero" in table else None
        leaf = Leaf(
            id=identity,
            label=label,
            test=test,
            measure=code,
            item=item,
            threshold=threshold,
            statistic=statistic,
            last_n=last_n,
            min_days=self.defaults.min_days if min_days is None else min_days,
            baseline_zero_is_not_met=zero is not None,
        )
        own = {"statistic": own_statistic, "min_days": own_min_days}
        if measure is not None and threshold is not None:
            stated = [key for key, is_stated in own.items() if is_stated]
            check_leaf(table, leaf, measure, threshold, stated)
        return leaf

    def _measure(self, table: Table, code: str | None) -> Measure | None:
        if code is None:
            return None
        measure = self.catalogue.get("pain_average" if code == PAIN else code)
        if measure is None:
            table.fault("measure", f"{code!r} is no measure of the catalogue")
        return measure

    @staticmethod
    def _threshold(table: Table, test: Test) -> Decimal | None:
        if test is Test.RECORDED_DAYS_AT_LEAST:
            days = table.whole(test, low=0)
            return None if days is None else Decimal(days)
        return table.number(test)

    @staticmethod
    def _item(table: Table, measure: Measure | None) -> str | None:
        text = table.optional_text("item")
        if text is None:
            return None
        item = region_name(text)
        if item.casefold() in _TARGET_NAMES:
            table.fault("item", "the target region can't be named as an item: leave the key out")
        if measure is not None and not measure.per_region:
            table.fault("item", f"{measure.code} is not asked by region")
        return item

    def statistic(self, table: Table) -> tuple[Statistic, int | None]:
        """Return the statistic that a table names, or the default."""
        if "statistic" not in table:
            return self.defaults.statistic, self.defaults.last_n
        return read_statistic(table)


def read_statistic(table: Table) -> tuple[Statistic, int | None]:
    """Return the statistic of a table with the key ``statistic``, and N of ``mean_last_N``."""
    text = table.text("statistic")
    if text is None:
        return Statistic.MEAN, None
    if text in _PLAIN_STATISTICS:
        return Statistic(text), None
    match = _MEAN_LAST.fullmatch(text)
    if match is not None:
        return Statistic.MEAN_LAST, int(match[1])
    known: Sequence[str] = (*_PLAIN_STATISTICS, "mean_last_N")
    table.fault("statistic", f"{text!r} is none of {', '.join(known)}")
    return Statistic.MEAN, None


_LEAF_KEYS = (
    "id",
    "label",
    "measure",
    "item",
    "statistic",
    "min_days",
    "baseline_zero",
    *Test,
)
