"""A rule in plain words: the same sentences on screen and page.

Source: the evaluation specification, section 3. The words of each shipped file are kept as accepted
text beside the tests, so that whoever changes a rule reads what it now says.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from scs_trial.domain.criteria import (
    PAIN,
    All,
    AnyOf,
    Criteria,
    Leaf,
    Node,
    Statistic,
    Test,
)
from scs_trial.domain.measures import Better, Catalogue, Measure

_INDENT = "  "
_STATISTICS = {
    Statistic.MEAN: "mean",
    Statistic.MEDIAN: "median",
    Statistic.LAST: "last recorded day",
    Statistic.BEST: "best recorded day",
}


class RuleLine(NamedTuple):
    """One line of a rule in words; ``depth`` 0 stands at the margin."""

    depth: int
    text: str


def number_text(value: Decimal) -> str:
    """Return a number of a criteria file without needless zeros: ``50``, ``33.3``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def statistic_text(statistic: Statistic, last_n: int | None) -> str:
    """Return a trial statistic in words, e.g. ``mean of the last 3 recorded days``."""
    if statistic is Statistic.MEAN_LAST:
        return f"mean of the last {last_n} recorded days"
    return _STATISTICS[statistic]


def measure_title(leaf: Leaf, catalogue: Catalogue) -> str:
    """Return what a leaf measures, e.g. ``Pain (left leg)``; a confirmation measures nothing."""
    title = "Pain" if leaf.measure == PAIN else catalogue[leaf.measure or ""].title
    return title if leaf.item is None else f"{title} ({leaf.item})"


def confirmation_text(name: str) -> str:
    """Return a confirmation's name in words: ``functional_improvement`` reads as two words."""
    return name.replace("_", " ")


def _unit(leaf: Leaf, catalogue: Catalogue) -> str:
    if leaf.measure == PAIN:
        return " points (of 0-10; ten times that in mm)"
    unit = catalogue[leaf.measure or ""].unit
    if unit:
        return f" {unit}"
    return " point" if abs(leaf.threshold or 0) == 1 else " points"


def _measure(leaf: Leaf, catalogue: Catalogue) -> Measure:
    return catalogue["pain_average" if leaf.measure == PAIN else leaf.measure or ""]


def condition_text(leaf: Leaf, catalogue: Catalogue) -> str:
    """Return the test of a leaf as a short condition, e.g. ``Pain: relief of 50 % or more``."""
    if leaf.threshold is None:
        return f"The clinician confirms: {confirmation_text(leaf.confirm or '')}"
    return f"{measure_title(leaf, catalogue)}: {_test_text(leaf, catalogue)}"


def _test_text(leaf: Leaf, catalogue: Catalogue) -> str:
    threshold = leaf.threshold or Decimal(0)
    number, unit = number_text(abs(threshold)), _unit(leaf, catalogue)
    measure = _measure(leaf, catalogue)
    match leaf.test:
        case Test.IMPROVEMENT_PERCENT:
            return f"{_improvement(threshold, f'{number} %', measure)} against baseline"
        case Test.IMPROVEMENT_POINTS:
            return f"{_improvement(threshold, number + unit, measure)} against baseline"
        case Test.TRIAL_AT_LEAST:
            return f"{number_text(threshold)}{unit} or more in the trial"
        case Test.TRIAL_AT_MOST:
            return f"{number_text(threshold)}{unit} or less in the trial"
        case Test.BASELINE_AT_LEAST:
            return f"{number_text(threshold)}{unit} or more at baseline"
        case _:
            return f"recorded on {number_text(threshold)} or more days"


def _improvement(threshold: Decimal, amount: str, measure: Measure) -> str:
    lower = measure.better is Better.LOWER
    if threshold > 0:
        return f"{'falls' if lower else 'rises'} by {amount} or more"
    wrong_way = "rise" if lower else "fall"
    if threshold == 0:
        return f"does not {wrong_way}"
    return f"{wrong_way}s by {amount} at most"


def _details(leaf: Leaf, criteria: Criteria) -> str:
    parts = []
    if leaf.test in (Test.RECORDED_DAYS_AT_LEAST, Test.BASELINE_AT_LEAST, Test.CONFIRM):
        return ""
    if (leaf.statistic, leaf.last_n, leaf.min_days) != (
        criteria.statistic,
        criteria.last_n,
        criteria.min_days,
    ):
        parts.append(f"{statistic_text(leaf.statistic, leaf.last_n)}, {_days(leaf.min_days)}")
    if leaf.baseline_zero_is_not_met:
        parts.append("a baseline of 0 counts as not met")
    return f" ({'; '.join(parts)})" if parts else ""


def _days(count: int) -> str:
    return f"at least {count} recorded day{'' if count == 1 else 's'}"


def leaf_text(leaf: Leaf, criteria: Criteria, catalogue: Catalogue) -> str:
    """Return a leaf as one sentence without its full stop, its label first."""
    condition = f"{condition_text(leaf, catalogue)}{_details(leaf, criteria)}"
    return condition if leaf.label is None else f"{leaf.label} - {condition}"


def rule_lines(criteria: Criteria, catalogue: Catalogue) -> tuple[RuleLine, ...]:
    """Return the rule as indented lines, depth first as written."""
    return tuple(_node_lines(criteria.rule, 0, criteria, catalogue))


def _node_lines(node: Node, depth: int, criteria: Criteria, catalogue: Catalogue) -> list[RuleLine]:
    if isinstance(node, Leaf):
        return [RuleLine(depth, leaf_text(node, criteria, catalogue))]
    if len(node.children) == 1:
        return _node_lines(node.children[0], depth, criteria, catalogue)
    if isinstance(node, All):
        head = "All of these:"
    elif isinstance(node, AnyOf):
        head = "At least one of these:"
    else:
        head = f"At least {node.k} of these {len(node.children)}:"
    lines = [RuleLine(depth, head)]
    for child in node.children:
        lines += _node_lines(child, depth + 1, criteria, catalogue)
    return lines


def describe(criteria: Criteria, catalogue: Catalogue) -> str:
    """Return criteria in plain words, one text of several lines.

    Parameters
    ----------
    criteria
        Checked criteria.
    catalogue
        Titles and units of the measures.

    Returns
    -------
    str
        Title and version, rule, how the figures are made, cautions of length, checklist, source.
    """
    lines = [
        f"{criteria.title} ({criteria.id}, version {criteria.version})",
        "",
        "Criteria are met when this holds:",
        *(f"{_INDENT * (line.depth + 1)}{line.text}" for line in rule_lines(criteria, catalogue)),
        "",
        *_figures(criteria, catalogue),
        *_lengths(criteria),
        *_checklist(criteria),
        "",
        f"Source: {criteria.source}",
        f"Evidence: {criteria.evidence}; checked on {criteria.checked_on.isoformat()}.",
    ]
    return "\n".join(lines) + "\n"


def _figures(criteria: Criteria, catalogue: Catalogue) -> list[str]:
    role = "part of the rule" if criteria.primary_in_rule else "shown beside, no part of the rule"
    off = "are left out" if criteria.exclude_stimulation_off else "count like others"
    window = criteria.baseline_window_days
    lines = [
        f"Main figure ({role}): {leaf_text(criteria.primary, criteria, catalogue)}.",
        f"Baseline: mean of the values from day -{window} to the placement (day 0), "
        f"{_values(criteria.baseline_min_days)}.",
        f"Trial: {statistic_text(criteria.statistic, criteria.last_n)} from day "
        f"{criteria.first_day} to the last full day, {_days(criteria.min_days)}, "
        "unless said otherwise.",
        f"Days with stimulation off {off}.",
    ]
    if criteria.low_baseline is not None:
        low = number_text(criteria.low_baseline)
        lines.append(f"Caution when the baseline pain is below {low} (of 0-10).")
    return lines


def _values(count: int) -> str:
    return f"at least {count} value{'' if count == 1 else 's'}"


def _lengths(criteria: Criteria) -> list[str]:
    wanted = (
        (criteria.length_min, "Caution when the trial ended before day {}."),
        (criteria.length_caution_above, "Note when the trial goes beyond day {}."),
        (criteria.length_warn_above, "Caution when the trial goes beyond day {}."),
    )
    return [text.format(days) for days, text in wanted if days is not None]


def _checklist(criteria: Criteria) -> list[str]:
    if not criteria.checklist:
        return []
    return [
        "",
        "To be documented (no part of the rule):",
        *(f"{_INDENT}{item.text}" for item in criteria.checklist),
    ]
