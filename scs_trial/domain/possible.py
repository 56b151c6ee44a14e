"""What can still change: the extremes of a trial summary, and the average that is needed.

Source: the evaluation specification, section 5. There is no search over completions, because:

* With the number of recorded days fixed, every statistic rises (or stays) when a value rises.
* Recording one more open day *at the lowest value of the range* never raises a statistic: it
  lowers a mean, a median and a best value or leaves them, it becomes the last value, and among
  the last N it pushes out a value that is no lower or joins them. The same holds upside down.

So the least summary over every completion is the summary with **all** open days at the low end of
the range, and the greatest is the one with all of them at the high end; both are completions
themselves. Every figure is monotone in the summary, so its extremes are there too. Recorded
values must lie in the measure's range, which the readers and the record guarantee.
"""

from __future__ import annotations

from fractions import Fraction

from scs_trial.domain.criteria import Statistic, Test
from scs_trial.domain.days import SeriesDays
from scs_trial.domain.figures import turning_point
from scs_trial.domain.measures import Better
from scs_trial.domain.ratio import Ratio, minus, times
from scs_trial.domain.result import Needed, Reach
from scs_trial.domain.summaries import summary


def extremes(
    series: SeriesDays, statistic: Statistic, *, last_n: int | None, better: Better
) -> tuple[Ratio, Ratio]:
    """Return the least and the greatest trial summary over every completion.

    Needs at least one recorded or open day.
    """
    if not series.open_days:
        only = series.real(summary(series.values, statistic, last_n=last_n, better=better))
        return only, only
    least, greatest = (
        series.real(
            summary(
                [end if value is None else value for value in series.slots],
                statistic,
                last_n=last_n,
                better=better,
            )
        )
        for end in (series.low, series.high)
    )
    return least, greatest


def needed(
    series: SeriesDays,
    test: Test,
    *,
    baseline: Ratio,
    threshold: Ratio,
    better: Better,
    holds_at_ends: tuple[bool, bool],
) -> Needed:
    """Return the average over the open days, all recorded, that meets the threshold exactly.

    Parameters
    ----------
    series
        Has at least one open day.
    test
        One of the four tests of a trial mean.
    baseline
        B, any ratio for the tests that need none.
    threshold
        Threshold of the leaf in the unit of its figure.
    better
        Direction of the measure.
    holds_at_ends
        Whether the test holds with all open days at the low end and at the high end.
    """
    open_days = series.open_days
    summary_wanted = turning_point(test, baseline, threshold, better=better)
    total = times(summary_wanted, len(series.slots))
    rest = minus(total, (sum(series.values), series.scale))
    if all(holds_at_ends):
        reach = Reach.ASSURED
    elif any(holds_at_ends):
        reach = Reach.POSSIBLE
    else:
        reach = Reach.OUT_OF_REACH
    return Needed(
        mean=Fraction(rest[0], rest[1] * open_days),
        days=open_days,
        reach=reach,
        at_most=_holds_below(test, baseline, better),
    )


def _holds_below(test: Test, baseline: Ratio, better: Better) -> bool:
    """Tell whether a test holds below its turning point rather than above."""
    if test is Test.TRIAL_AT_MOST:
        return True
    if test is Test.TRIAL_AT_LEAST:
        return False
    reversed_scale = test is Test.IMPROVEMENT_PERCENT and baseline[0] < 0
    return (better is Better.LOWER) is not reversed_scale
