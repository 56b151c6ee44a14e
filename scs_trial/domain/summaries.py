"""Trial summaries: how the recorded window days become one figure.

Source: the evaluation specification, section 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from scs_trial.domain.criteria import Statistic
from scs_trial.domain.measures import Better
from scs_trial.domain.ratio import Ratio


def mean(values: Sequence[int]) -> Ratio:
    """Return the mean of at least one value."""
    return sum(values), len(values)


def median(values: Sequence[int]) -> Ratio:
    """Return the median of at least one value; an even count takes the mean of the middle two."""
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    if odd:
        return ordered[half], 1
    return ordered[half - 1] + ordered[half], 2


def best(values: Sequence[int], better: Better) -> Ratio:
    """Return the lowest of at least one value where lower is better, else the highest."""
    return (min(values) if better is Better.LOWER else max(values)), 1


def summary(
    values: Sequence[int], statistic: Statistic, *, last_n: int | None, better: Better
) -> Ratio:
    """Return one statistic over the values of the recorded window days, in day order.

    Parameters
    ----------
    values
        At least one value.
    statistic
        ``mean``, ``median``, ``last``, ``best`` or ``mean_last`` with ``last_n``.
    last_n
        N of ``mean_last_N``; with fewer than N values, all of them count.
    better
        Direction of the measure, for ``best``.
    """
    if statistic is Statistic.MEAN:
        return mean(values)
    if statistic is Statistic.MEAN_LAST:
        return mean(values[-(last_n or len(values)) :])
    if statistic is Statistic.MEDIAN:
        return median(values)
    if statistic is Statistic.LAST:
        return values[-1], 1
    return best(values, better)
