"""Relief by stimulation program. It describes; it never recommends settings.

Source: the evaluation specification, section 8.
"""

from __future__ import annotations

from scs_trial.domain.days import SeriesDays, TrialDays
from scs_trial.domain.figures import percent
from scs_trial.domain.measures import Better
from scs_trial.domain.ratio import fraction
from scs_trial.domain.result import ProgramResult

MIN_DAYS = 2
"""A program with fewer recorded days gets no figures."""


def days_by_program(days: TrialDays, series: SeriesDays) -> dict[str, list[int]]:
    """Return the values of each named program, in the order of its first recorded day."""
    values = dict(series.recorded)
    found: dict[str, list[int]] = {}
    for number, day in days.window:
        if day.program is not None and number in values:
            found.setdefault(day.program, []).append(values[number])
    return found


def by_program(
    programs: dict[str, list[int]], series: SeriesDays, *, better: Better
) -> tuple[ProgramResult, ...]:
    """Return days, mean and improvement in percent for each program."""
    baseline = series.baseline_mean
    results = []
    for program, values in programs.items():
        mean = value = None
        if len(values) >= MIN_DAYS:
            mean = sum(values), len(values) * series.scale
            if baseline is not None:
                value = percent(baseline, mean, better=better)
        results.append(
            ProgramResult(
                program=program, days=len(values), mean=fraction(mean), value=fraction(value)
            )
        )
    return tuple(results)
