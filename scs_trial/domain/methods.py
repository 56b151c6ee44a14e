"""The same relief by the methods that other clinics use, side by side.

Source: the evaluation specification, section 6. Each method needs one trial value and, but for
``stated``, one baseline value; neither ``min_days`` matters here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scs_trial.domain.days import SeriesDays, TrialDays
from scs_trial.domain.figures import percent
from scs_trial.domain.measures import Better
from scs_trial.domain.ratio import Ratio, at_least, fraction
from scs_trial.domain.result import Method, MethodResult, Status
from scs_trial.domain.summaries import best, mean, median

NOT_COUNTED = frozenset({Method.BEST_DAY, Method.STATED})
"""Shown but not counted: one flatters, the other is another instrument."""

LAST_DAYS = 3
"""Days that ``mean_last_3`` takes."""


def through_day(days: TrialDays, series: SeriesDays) -> int | None:
    """Return E: the last day of a trial that is not running, else its last recorded window day."""
    if not days.running:
        return days.last_day
    return series.recorded[-1][0] if series.recorded else None


def compare_methods(
    days: TrialDays,
    series: SeriesDays,
    stated: SeriesDays,
    *,
    better: Better,
    threshold: Ratio,
) -> tuple[MethodResult, ...]:
    """Return relief in percent by every method, in the order of the specification.

    Parameters
    ----------
    days
        The days of the trial.
    series, stated
        The primary measure, and ``stated_relief``.
    better
        Direction of the primary measure.
    threshold
        Threshold of the primary leaf in percent; equal to it is met.
    """
    baseline = series.baseline_mean
    results = []
    for method, trial in _trial_summaries(days, series, better).items():
        value = None
        if trial is not None and baseline is not None:
            value = percent(baseline, series.real(trial), better=better)
        results.append(_judged(method, value, threshold))
    latest = None
    if stated.recorded:
        latest = stated.real((stated.recorded[-1][1], 1))
    results.append(_judged(Method.STATED, latest, threshold))
    return tuple(results)


def agreement(methods: Sequence[MethodResult]) -> Mapping[Status, int]:
    """Count the statuses of the counted methods."""
    counts = dict.fromkeys(Status, 0)
    for result in methods:
        if result.method not in NOT_COUNTED:
            counts[result.status] += 1
    return counts


def _judged(method: Method, value: Ratio | None, threshold: Ratio) -> MethodResult:
    if value is None:
        return MethodResult(method=method, value=None, status=Status.NOT_ASSESSABLE)
    status = Status.MET if at_least(value, threshold) else Status.NOT_MET
    return MethodResult(method=method, value=fraction(value), status=status)


def _trial_summaries(
    days: TrialDays, series: SeriesDays, better: Better
) -> dict[Method, Ratio | None]:
    """Return the trial summary of each calculated method, as scaled integers."""
    values = series.values
    return {
        Method.MEAN_FROM_DAY_0: _mean_from(series, 0),
        Method.MEAN_FROM_DAY_1: _mean_from(series, 1),
        Method.MEAN_FROM_DAY_2: _mean_from(series, 2),
        Method.MEAN_LAST_3: mean(values[-LAST_DAYS:]) if len(values) >= LAST_DAYS else None,
        Method.LAST_DAY: (values[-1], 1) if values else None,
        Method.BEST_DAY: best(values, better) if values else None,
        Method.MEDIAN: median(values) if values else None,
        Method.LOCF: _carried(days, series, last_value=True),
        Method.BASELINE_CARRIED: _carried(days, series, last_value=False),
    }


def _mean_from(series: SeriesDays, first: int) -> Ratio | None:
    """Return the mean of the recorded days from a day to L, also of days before the window."""
    values = [value for day, value in (*series.early, *series.recorded) if day >= first]
    return mean(values) if values else None


def _carried(days: TrialDays, series: SeriesDays, *, last_value: bool) -> Ratio | None:
    """Return the mean over first day to E, filling days without a value.

    A gap takes the last recorded value before it in the window where ``last_value``, else (and
    where there is none) the baseline mean. None without a recorded window day or a baseline.
    """
    end = through_day(days, series)
    if end is None or not series.recorded or not series.baseline:
        return None
    recorded = dict(series.recorded)
    total = from_baseline = 0
    carried: int | None = None
    for day in range(days.first_day, end + 1):
        value = recorded.get(day, carried)
        if value is None:
            from_baseline += 1
            continue
        total += value
        if last_value:
            carried = value
    count = end + 1 - days.first_day
    baseline_values = len(series.baseline)
    return (
        total * baseline_values + from_baseline * sum(series.baseline),
        count * baseline_values,
    )
