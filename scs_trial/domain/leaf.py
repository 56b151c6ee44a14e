"""One leaf of a rule against one trial: status, figures, reasons and what can still change.

Source: the evaluation specification, sections 2 to 5 and 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scs_trial.domain import statuses
from scs_trial.domain.criteria import PAIN, Leaf, Statistic, Test
from scs_trial.domain.days import SeriesDays
from scs_trial.domain.diary import Diary
from scs_trial.domain.figures import ABSOLUTE, NEEDS_BASELINE, NEEDS_TRIAL, figure, holds, points
from scs_trial.domain.measures import Better, Measure
from scs_trial.domain.possible import extremes, needed
from scs_trial.domain.ratio import Ratio, at_least, exact, fraction, ratio, times
from scs_trial.domain.result import LeafResult, Needed, Reason, Status
from scs_trial.domain.summaries import summary

PAIN_VAS = "pain_vas"
NRS_TO_VAS = 10
"""Absolute thresholds on ``pain`` are NRS points; a 100 mm line takes them times ten."""

_NO_BASELINE: Ratio = (0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafInput:
    """A leaf with what it is tested on: its measure resolved, its series collected."""

    leaf: Leaf
    measure: Measure
    series: SeriesDays
    baseline_min_days: int


def measure_code(leaf: Leaf, diary: Diary) -> str | None:
    """Return the measure that a leaf tests in this trial; ``pain`` is the declared pain measure."""
    return diary.pain_measure if leaf.measure == PAIN else leaf.measure


def threshold_of(leaf: Leaf, code: str) -> Ratio:
    """Return the threshold on the scale of the tested figure."""
    assert leaf.threshold is not None  # every leaf but a confirmation has one
    threshold = ratio(leaf.threshold)
    if leaf.measure == PAIN and code == PAIN_VAS and leaf.test in ABSOLUTE:
        return times(threshold, NRS_TO_VAS)
    return threshold


def trial_summary(given: LeafInput, series: SeriesDays) -> Ratio | None:
    """Return the trial summary T of a series by a leaf's statistic; None without a recorded day."""
    leaf, better = given.leaf, given.measure.better
    if not series.recorded or (leaf.statistic is Statistic.BEST and better is Better.NEUTRAL):
        return None
    return series.real(summary(series.values, leaf.statistic, last_n=leaf.last_n, better=better))


def reasons_of(given: LeafInput, baseline: Ratio | None) -> tuple[Reason, ...]:
    """List every reason why a leaf has no plain answer, in the order of the specification."""
    leaf, series = given.leaf, given.series
    found = []
    if leaf.test in NEEDS_BASELINE:
        if baseline is None:
            found.append(Reason.NO_BASELINE)
        elif len(series.baseline) < given.baseline_min_days:
            found.append(Reason.TOO_FEW_BASELINE_DAYS)
        if leaf.test is Test.IMPROVEMENT_PERCENT and baseline is not None and baseline[0] == 0:
            found.append(Reason.BASELINE_ZERO)
    if leaf.test in NEEDS_TRIAL and len(series.recorded) < leaf.min_days:
        found.append(Reason.TOO_FEW_TRIAL_DAYS)
    return tuple(found)


def evaluate_confirmation(leaf: Leaf, diary: Diary) -> LeafResult:
    """Evaluate a confirmation: yes is met, no is not met, unanswered may end in all three."""
    assert leaf.confirm is not None
    answer = diary.confirmations.get(leaf.confirm)
    if answer is None:
        return LeafResult(
            leaf=leaf,
            status=Status.NOT_ASSESSABLE,
            possible=statuses.statuses(statuses.ANY_STATUS),
        )
    status = Status.MET if answer else Status.NOT_MET
    return LeafResult(leaf=leaf, status=status, possible=(status,))


def evaluate_leaf(given: LeafInput) -> LeafResult:
    """Evaluate a leaf that tests a measure."""
    leaf, series, measure = given.leaf, given.series, given.measure
    threshold = threshold_of(leaf, measure.code)
    baseline, trial = series.baseline_mean, trial_summary(given, series)
    reasons = reasons_of(given, baseline)
    if leaf.test is Test.RECORDED_DAYS_AT_LEAST:
        value: Ratio | None = (len(series.recorded), 1)
    else:
        value = figure(leaf.test, baseline, trial, better=measure.better)
    ends = _ends(given, baseline, reasons)
    status = _status(leaf, reasons, value, threshold)
    improvement = None
    if baseline is not None and trial is not None and measure.better is not Better.NEUTRAL:
        improvement = points(baseline, trial, better=measure.better)
    return LeafResult(
        leaf=leaf,
        status=status,
        possible=statuses.statuses(_possible(given, status, ends, threshold)),
        value=fraction(value),
        threshold=fraction(threshold),
        range=_range(ends),
        needed=_needed(given, baseline, ends, threshold),
        recorded_days=len(series.recorded),
        open_days=series.open_days,
        reasons=reasons,
        baseline=fraction(baseline),
        trial=fraction(trial),
        points=fraction(improvement),
        measure=measure.code,
    )


def _status(
    leaf: Leaf, reasons: tuple[Reason, ...], value: Ratio | None, threshold: Ratio
) -> Status:
    """Decide a leaf; a baseline of zero beats too few trial days where the leaf says not met."""
    if Reason.BASELINE_ZERO in reasons and leaf.baseline_zero_is_not_met:
        too_few = Reason.TOO_FEW_BASELINE_DAYS in reasons
        return Status.NOT_ASSESSABLE if too_few else Status.NOT_MET
    if reasons or value is None:
        return Status.NOT_ASSESSABLE
    return Status.MET if holds(leaf.test, value, threshold) else Status.NOT_MET


_Ends = tuple[Ratio, Ratio]


def _ends(given: LeafInput, baseline: Ratio | None, reasons: tuple[Reason, ...]) -> _Ends | None:
    """Return the figure with all open days at the low end of the range, and at the high end.

    None where no completion has ``min_days`` recorded days, or the test needs a baseline that is
    not assessable. The low end of the measure need not give the lower figure.
    """
    leaf, series, better = given.leaf, given.series, given.measure.better
    if leaf.test is Test.RECORDED_DAYS_AT_LEAST:
        return (len(series.recorded), 1), (len(series.slots), 1)
    if any(reason is not Reason.TOO_FEW_TRIAL_DAYS for reason in reasons):
        return None
    if leaf.test is Test.BASELINE_AT_LEAST:
        assert baseline is not None  # else there is a reason
        return baseline, baseline
    if len(series.slots) < leaf.min_days:
        return None
    least, greatest = extremes(series, leaf.statistic, last_n=leaf.last_n, better=better)
    at_low = figure(leaf.test, baseline, least, better=better)
    at_high = figure(leaf.test, baseline, greatest, better=better)
    assert at_low is not None
    assert at_high is not None
    return at_low, at_high


def _range(ends: _Ends | None) -> tuple[Fraction, Fraction] | None:
    if ends is None:
        return None
    low, high = ends if at_least(ends[1], ends[0]) else (ends[1], ends[0])
    return exact(low), exact(high)


def _possible(given: LeafInput, status: Status, ends: _Ends | None, threshold: Ratio) -> int:
    """Return the set of statuses that the leaf can end with."""
    if ends is None:
        return statuses.bit(status)
    result = 0
    for end in ends:
        result |= statuses.MET if holds(given.leaf.test, end, threshold) else statuses.NOT_MET
    if given.leaf.test in NEEDS_TRIAL and len(given.series.recorded) < given.leaf.min_days:
        result |= statuses.NOT_ASSESSABLE
    return result


def _needed(
    given: LeafInput, baseline: Ratio | None, ends: _Ends | None, threshold: Ratio
) -> Needed | None:
    """Return what the open days must bring on average, where the leaf tests a trial mean."""
    leaf, series = given.leaf, given.series
    if (
        ends is None
        or leaf.test not in NEEDS_TRIAL
        or leaf.statistic is not Statistic.MEAN
        or not series.open_days
    ):
        return None
    return needed(
        series,
        leaf.test,
        baseline=baseline or _NO_BASELINE,
        threshold=threshold,
        better=given.measure.better,
        holds_at_ends=(
            holds(leaf.test, ends[0], threshold),
            holds(leaf.test, ends[1], threshold),
        ),
    )
