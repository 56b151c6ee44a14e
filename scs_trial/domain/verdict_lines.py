"""One line of the verdict for each leaf of the rule.

Source: the evaluation specification, sections 2, 4 and 5.
"""

from __future__ import annotations

from fractions import Fraction

from scs_trial.domain.criteria import PAIN, Leaf, Test
from scs_trial.domain.describe import confirmation_text, measure_title
from scs_trial.domain.measures import Catalogue, Measure
from scs_trial.domain.numbers import mean_text, percent_text
from scs_trial.domain.result import Evaluation, LeafResult, Status
from scs_trial.domain.verdict import VerdictLine
from scs_trial.domain.verdict_needed import amount_text, needed_remark, reasons_text
from scs_trial.domain.wording import MISSING, beside, days_text, exact_text, scale_text

SYMBOLS = {Status.MET: "✓", Status.NOT_MET: "✗", Status.NOT_ASSESSABLE: "?"}
"""Symbol beside the word of each status."""

_RATING_UNITS = frozenset({"", "%", "mm", "T"})
_WITH_TRIAL = frozenset(
    {Test.IMPROVEMENT_PERCENT, Test.IMPROVEMENT_POINTS, Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST}
)


def is_bounded(measure: Measure) -> bool:
    """Return True for rating scales, whose ends a day can reach; False for minutes or MME."""
    return measure.unit in _RATING_UNITS


def verdict_line(result: LeafResult, evaluation: Evaluation, catalogue: Catalogue) -> VerdictLine:
    """Return the line of one leaf.

    Parameters
    ----------
    result
        The leaf, evaluated.
    evaluation
        Of which it is part.
    catalogue
        Titles and units.
    """
    measure = None if result.measure is None else catalogue[result.measure]
    bar = _bar(result, measure) if evaluation.running else None
    return VerdictLine(
        leaf_id=result.leaf.id,
        status=result.status,
        symbol=SYMBOLS[result.status],
        title=leaf_title(result, catalogue),
        value=value_text(result, measure),
        remark=_remark(result, measure, evaluation),
        baseline=_mean(result.baseline),
        trial=_mean(result.trial),
        needed="" if measure is None else needed_remark(result, measure),
        bar=bar,
        bar_value=None if bar is None else result.value,
        bar_threshold=None if bar is None else result.threshold,
    )


def _mean(value: Fraction | None) -> str:
    return "" if value is None else mean_text(value)


def leaf_title(result: LeafResult, catalogue: Catalogue) -> str:
    """Return what a leaf tests, short: ``Pain relief ≥ 50 %``."""
    leaf = result.leaf
    if leaf.test is Test.CONFIRM or result.threshold is None:
        return leaf.label or f"Confirmed: {confirmation_text(leaf.confirm or '')}"
    name, threshold = leaf.label or _name(leaf, catalogue), exact_text(result.threshold)
    unit = scale_text(catalogue[result.measure or ""])
    match leaf.test:
        case Test.IMPROVEMENT_PERCENT:
            return f"{name} ≥ {threshold} %"
        case Test.IMPROVEMENT_POINTS:
            return _points_title(result, name, catalogue)
        case Test.TRIAL_AT_MOST:
            return f"{name} ≤ {threshold}{unit}"
        case Test.RECORDED_DAYS_AT_LEAST:
            return f"{name} ≥ {threshold}"
        case _:
            return f"{name} ≥ {threshold}{unit}"


def _points_title(result: LeafResult, name: str, catalogue: Catalogue) -> str:
    threshold = result.threshold or Fraction(0)
    size = exact_text(abs(threshold))
    amount = f"{size}{_points_unit(catalogue[result.measure or ''], size)}"
    if threshold > 0:
        return f"{name} ≥ {amount}"
    own = result.leaf.label
    if threshold == 0:
        return own or f"{measure_title(result.leaf, catalogue)} not worse"
    title = own or measure_title(result.leaf, catalogue)
    return f"{title}: worse by {amount} at most"


def _points_unit(measure: Measure, number: str) -> str:
    return scale_text(measure) or (" point" if number.rsplit(maxsplit=1)[-1] == "1" else " points")


def _name(leaf: Leaf, catalogue: Catalogue) -> str:
    title = measure_title(leaf, catalogue)
    match leaf.test:
        case Test.IMPROVEMENT_PERCENT | Test.IMPROVEMENT_POINTS:
            return "Pain relief" if title == "Pain" else f"{title}: improvement"
        case Test.BASELINE_AT_LEAST:
            return f"{title} at baseline"
        case Test.RECORDED_DAYS_AT_LEAST:
            return f"{title}: days recorded"
        case _:
            return title


def value_text(result: LeafResult, measure: Measure | None) -> str:
    """Return the figure of a leaf as it is printed, a dash where there is none."""
    if measure is None:
        return {Status.MET: "yes", Status.NOT_MET: "no"}.get(result.status, "not answered")
    value = result.value
    if value is None:
        return MISSING
    match result.leaf.test:
        case Test.IMPROVEMENT_PERCENT:
            return percent_text(value)
        case Test.IMPROVEMENT_POINTS:
            return _points_text(value, result.threshold, measure)
        case Test.RECORDED_DAYS_AT_LEAST:
            return days_text(int(value))
        case _:
            return f"{beside(value, result.threshold)}{scale_text(measure)}"


def _points_text(value: Fraction, threshold: Fraction | None, measure: Measure) -> str:
    """Return an improvement in points with the word better or worse."""
    if value == 0:
        return "no change"
    word = "better" if value > 0 else "worse"
    size = abs(value)
    bound = None if threshold is None or threshold * value <= 0 else abs(threshold)
    text = "less than 0.1" if mean_text(size) == "0.0" else beside(size, bound)
    return f"{text}{_points_unit(measure, text)} {word}"


def _bar(result: LeafResult, measure: Measure | None) -> tuple[Fraction, Fraction] | None:
    if measure is None or not is_bounded(measure) or result.leaf.test not in _WITH_TRIAL:
        return None
    return result.range


def _remark(result: LeafResult, measure: Measure | None, evaluation: Evaluation) -> str:
    criteria = evaluation.criteria
    reasons = reasons_text(result, baseline_min_days=criteria.baseline_min_days)
    parts = [reasons] if reasons else []
    if evaluation.running:
        change = _change(result, measure)
        parts += [change] if change else []
    return "; ".join(parts)


def _change(result: LeafResult, measure: Measure | None) -> str:
    """Return what can still change about a leaf of a running trial."""
    if measure is None:
        return "" if len(result.possible) == 1 else "to be answered"
    if len(result.possible) == 1 and result.leaf.test is not Test.BASELINE_AT_LEAST:
        settled = result.status is not Status.NOT_ASSESSABLE
        return "settled" if settled and result.open_days else ""
    if result.leaf.test is Test.RECORDED_DAYS_AT_LEAST and result.range is not None:
        return f"can reach {days_text(int(result.range[1]))}"
    if result.leaf.test not in _WITH_TRIAL or result.range is None:
        return ""
    if is_bounded(measure) or result.needed is None:
        return _range_text(result, measure)
    return needed_remark(result, measure)


def _range_text(result: LeafResult, measure: Measure) -> str:
    assert result.range is not None
    low, high = result.range
    if result.leaf.test is Test.IMPROVEMENT_PERCENT:
        return f"can end {percent_text(low).removesuffix(' %')} to {percent_text(high)}"
    if result.leaf.test is Test.IMPROVEMENT_POINTS:
        texts = [_points_text(end, result.threshold, measure) for end in (low, high)]
        return f"can end {texts[0]} to {texts[1]}"
    texts = [beside(end, result.threshold) for end in (low, high)]
    return f"can end {texts[0]} to {amount_text(texts[1], measure)}"


def is_pain(leaf: Leaf, measure: Measure) -> bool:
    """Return True when a leaf is about the pain that is treated."""
    return leaf.measure == PAIN or measure.per_region
