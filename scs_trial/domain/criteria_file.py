"""Reading criteria files: every fault is reported, with its key and reason.

Source: the evaluation specification, section 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scs_trial.domain.criteria import (
    ChecklistItem,
    Criteria,
    Evidence,
    Leaf,
    Node,
    Statistic,
    Test,
    leaves,
)
from scs_trial.domain.criteria_rule import Defaults, RuleReader, read_statistic
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.toml_table import Fault, Findings, Table, describe_type, parse_toml

_NRS_HIGH = 10
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaReading:
    """What came of one criteria file.

    ``criteria`` is None exactly when there are faults.
    """

    criteria: Criteria | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def read_criteria(text: str, *, file_name: str, catalogue: Catalogue) -> CriteriaReading:
    """Return the criteria that a TOML text describes, or all its faults.

    Parameters
    ----------
    text
        Content of the file.
    file_name
        Name under which faults and warnings are reported.
    catalogue
        Measures that leaves may name, besides ``pain``.

    Returns
    -------
    CriteriaReading
        Criteria with defaults resolved, or None and every fault; warnings in both cases.
    """
    findings = Findings(file_name)
    try:
        data = parse_toml(text.removeprefix("\ufeff"))
    except RecursionError:
        findings.fault("", "is nested too deeply")
        return CriteriaReading(criteria=None, faults=tuple(findings.faults))
    except ValueError as error:
        findings.fault("", f"is not TOML: {error}")
        return CriteriaReading(criteria=None, faults=tuple(findings.faults))
    criteria = _read(Table(data, "", findings), catalogue)
    return CriteriaReading(
        criteria=None if findings.faults else criteria,
        faults=tuple(findings.faults),
        warnings=tuple(findings.warnings),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    id: str
    title: str
    version: str
    source: str
    evidence: Evidence
    checked_on: date


def _read(root: Table, catalogue: Catalogue) -> Criteria | None:
    head = _head(root)
    window_days, baseline_min_days, low = _baseline(root)
    first_day, defaults, exclude = _trial(root)
    length = _length(root)
    reader = RuleReader(catalogue=catalogue, defaults=defaults, findings=root.findings)
    rule = _rule(root, reader)
    primary = _primary(root, reader, rule)
    checklist = _checklist(root)
    root.finish()
    if head is None or rule is None or primary is None:
        return None
    return Criteria(
        id=head.id,
        title=head.title,
        version=head.version,
        source=head.source,
        evidence=head.evidence,
        checked_on=head.checked_on,
        primary=primary[0],
        primary_in_rule=primary[1],
        rule=rule,
        baseline_window_days=window_days,
        baseline_min_days=baseline_min_days,
        low_baseline=low,
        first_day=first_day,
        statistic=defaults.statistic,
        last_n=defaults.last_n,
        min_days=defaults.min_days,
        exclude_stimulation_off=exclude,
        length_min=length[0],
        length_caution_above=length[1],
        length_warn_above=length[2],
        checklist=checklist,
    )


def _head(root: Table) -> _Head | None:
    identity = root.text("id")
    if identity is not None and _ID.fullmatch(identity) is None:
        root.fault("id", f"{identity!r}: letters, digits, point, hyphen and underscore only")
    title = root.text("title")
    version = root.text("version")
    source = root.text("source")
    evidence = root.choice("evidence", tuple(Evidence))
    checked_on = root.day("checked_on")
    if None in (identity, title, version, source) or evidence not in tuple(Evidence):
        return None
    if checked_on is None:
        return None
    return _Head(
        id=identity or "",
        title=title or "",
        version=version or "",
        source=source or "",
        evidence=Evidence(evidence),
        checked_on=checked_on,
    )


def _sub(root: Table, key: str) -> Table:
    """Return a sub-table; an empty one when it is absent or was faulty."""
    return root.table(key, required=False) or Table({}, key, root.findings)


def _whole(table: Table, key: str, *, low: int, default: int) -> int:
    value = table.whole(key, low=low, required=False)
    return default if value is None else value


def _baseline(root: Table) -> tuple[int, int, Decimal | None]:
    table = _sub(root, "baseline")
    window_days = _whole(table, "window_days", low=0, default=14)
    min_days = _whole(table, "min_days", low=1, default=1)
    low = table.number("low") if "low" in table else None
    if low is not None and not 0 <= low <= _NRS_HIGH:
        table.warn("low", f"{low} lies outside the range of NRS points (0 to {_NRS_HIGH})")
    table.finish()
    return window_days, min_days, low


def _trial(root: Table) -> tuple[int, Defaults, bool]:
    table = _sub(root, "trial")
    first_day = _whole(table, "first_day", low=0, default=1)
    statistic, last_n = read_statistic(table) if "statistic" in table else (Statistic.MEAN, None)
    min_days = _whole(table, "min_days", low=1, default=3)
    exclude = table.flag("exclude_stimulation_off", default=True)
    table.finish()
    return first_day, Defaults(statistic=statistic, last_n=last_n, min_days=min_days), exclude


def _length(root: Table) -> tuple[int | None, int | None, int | None]:
    table = _sub(root, "length")
    low, caution, warn = (
        table.whole(key, low=0, required=False) for key in ("min", "caution_above", "warn_above")
    )
    if caution is not None and warn is not None and warn < caution:
        table.warn("warn_above", f"{warn} is less than caution_above ({caution})")
    table.finish()
    return low, caution, warn


def _rule(root: Table, reader: RuleReader) -> Node | None:
    if "rule" not in root:
        root.fault("rule", "is missing")
        return None
    return reader.node(root.take("rule"), "rule")


def _primary(root: Table, reader: RuleReader, rule: Node | None) -> tuple[Leaf, bool] | None:
    """Return the primary leaf and whether it is part of the rule; None when faulty."""
    value = root.take("primary")
    if isinstance(value, dict):
        own = reader.leaf(Table(value, "primary", root.findings))
        return None if own is None else _percentage(root, own, in_rule=False)
    if value is None:
        root.fault("primary", "is missing")
    elif not isinstance(value, str):
        root.fault("primary", f"must be the id of a leaf or a leaf, not {describe_type(value)}")
    elif rule is not None:
        found = next((leaf for leaf in leaves(rule) if leaf.id == value), None)
        if found is not None:
            return _percentage(root, found, in_rule=True)
        root.fault("primary", f"{value!r} is the id of no leaf of the rule")
    return None


def _percentage(root: Table, leaf: Leaf, *, in_rule: bool) -> tuple[Leaf, bool] | None:
    if leaf.test is Test.IMPROVEMENT_PERCENT:
        return leaf, in_rule
    root.fault("primary", f"must test {Test.IMPROVEMENT_PERCENT}, not {leaf.test}")
    return None


def _checklist(root: Table) -> tuple[ChecklistItem, ...]:
    items: dict[str, ChecklistItem] = {}
    for table in root.tables("checklist"):
        identity, text = table.text("id"), table.text("text")
        table.finish()
        if identity in items:
            table.fault("id", f"{identity!r} is used twice")
        elif identity is not None and text is not None:
            items[identity] = ChecklistItem(id=identity, text=text)
    return tuple(items.values())
