"""Improvement of the other pain regions of the primary's measure.

Source: the evaluation specification, section 7 (``region_conflict``).
"""

from __future__ import annotations

from collections.abc import Callable

from scs_trial.domain.days import SeriesDays, TrialDays
from scs_trial.domain.figures import percent
from scs_trial.domain.leaf import LeafInput, trial_summary
from scs_trial.domain.measures import Series
from scs_trial.domain.ratio import Ratio


def other_regions(
    days: TrialDays, given: LeafInput, collect: Callable[[Series], SeriesDays]
) -> tuple[tuple[str | None, Ratio], ...]:
    """Return the improvement in percent of each other region, the target first.

    The same statistic over the region's own recorded window days against its own baseline; one
    value of each suffices, and a region without them or with a baseline of 0 is left out. Where
    the primary names an item, the target counts as another region.

    Parameters
    ----------
    days
        The days of the trial.
    given
        The primary leaf.
    collect
        Returns the days of a series.
    """
    own = given.leaf.item
    code = given.measure.code
    items = {
        series.item
        for _, day in days.window
        for series in day.values
        if series.code == code and series.item != own
    }
    found = []
    for item in sorted(items, key=lambda name: name or ""):
        region = collect(Series(code, item))
        baseline = region.baseline_mean
        trial = trial_summary(given, region)
        if baseline is None or trial is None:
            continue
        value = percent(baseline, trial, better=given.measure.better)
        if value is not None:
            found.append((item, value))
    return tuple(found)
