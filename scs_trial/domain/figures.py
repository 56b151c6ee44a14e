"""The figure that a leaf tests, from the baseline B and the trial summary T.

Source: the evaluation specification, sections 2 and 3. Nothing is clamped: worsening stays
negative, improvement may pass 100 %.
"""

from __future__ import annotations

from scs_trial.domain.criteria import Test
from scs_trial.domain.measures import Better
from scs_trial.domain.ratio import Ratio, at_least, minus, times

NEEDS_BASELINE = frozenset(
    {Test.IMPROVEMENT_PERCENT, Test.IMPROVEMENT_POINTS, Test.BASELINE_AT_LEAST}
)
"""Tests whose figure needs a baseline."""

NEEDS_TRIAL = frozenset(
    {Test.IMPROVEMENT_PERCENT, Test.IMPROVEMENT_POINTS, Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST}
)
"""Tests whose figure needs a trial summary; only these know ``min_days``."""

ABSOLUTE = frozenset(
    {Test.IMPROVEMENT_POINTS, Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST, Test.BASELINE_AT_LEAST}
)
"""Tests whose threshold is in the measure's unit."""


def points(baseline: Ratio, trial: Ratio, *, better: Better) -> Ratio:
    """Return the improvement in the measure's unit: positive when better."""
    return minus(baseline, trial) if better is Better.LOWER else minus(trial, baseline)


def percent(baseline: Ratio, trial: Ratio, *, better: Better) -> Ratio | None:
    """Return the improvement in percent of the baseline; None where the baseline is 0."""
    before, after = baseline[0] * trial[1], trial[0] * baseline[1]  # over one denominator
    if before == 0:
        return None
    gain = before - after if better is Better.LOWER else after - before
    return (100 * gain, before) if before > 0 else (-100 * gain, -before)


def figure(
    test: Test, baseline: Ratio | None, trial: Ratio | None, *, better: Better
) -> Ratio | None:
    """Return the tested figure, None where a part of it does not exist.

    ``recorded_days_at_least`` and ``confirm`` have no figure of B and T.
    """
    if test is Test.BASELINE_AT_LEAST:
        return baseline
    if test in {Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST}:
        return trial
    if baseline is None or trial is None:
        return None
    if test is Test.IMPROVEMENT_PERCENT:
        return percent(baseline, trial, better=better)
    return points(baseline, trial, better=better)


def holds(test: Test, value: Ratio, threshold: Ratio) -> bool:
    """Tell whether an unrounded figure passes its threshold."""
    if test is Test.TRIAL_AT_MOST:
        return at_least(threshold, value)
    return at_least(value, threshold)


def turning_point(test: Test, baseline: Ratio, threshold: Ratio, *, better: Better) -> Ratio:
    """Return the trial summary at which the figure equals its threshold.

    ``baseline`` is any ratio for the two tests that need none.
    """
    if test in {Test.TRIAL_AT_LEAST, Test.TRIAL_AT_MOST}:
        return threshold
    wanted = threshold
    if test is Test.IMPROVEMENT_PERCENT:
        wanted = (threshold[0] * baseline[0], threshold[1] * baseline[1] * 100)
    if better is Better.LOWER:
        return minus(baseline, wanted)
    return minus(baseline, times(wanted, -1))
