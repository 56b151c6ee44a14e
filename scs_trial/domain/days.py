"""The days of a trial: which check-ins count for what, and the state of each window day.

Source: the evaluation specification, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.measures import Measure, Series
from scs_trial.domain.ratio import Ratio
from scs_trial.domain.result import DayState

Numbered = tuple[int, DiaryDay]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialDays:
    """The check-ins of one trial in day order, parted by what they may be used for.

    Attributes
    ----------
    first_day, last_day
        The window, inclusive; empty when ``last_day < first_day``.
    running
        Whether a day without data is open.
    baseline, older_baseline
        Baseline check-ins within ``baseline.window_days``, and those left out as older.
    early
        Trial check-ins from day 0 to before the window; only methods that name a day use them.
    window, late
        Trial check-ins of the window, and after it.
    excluded
        Numbers of trial days that are excluded for ``stimulation_off``.
    """

    first_day: int
    last_day: int
    running: bool
    baseline: tuple[Numbered, ...]
    older_baseline: tuple[Numbered, ...]
    early: tuple[Numbered, ...]
    window: tuple[Numbered, ...]
    late: tuple[Numbered, ...]
    excluded: frozenset[int]


def _day_number(numbered: Numbered) -> int:
    return numbered[0]


def trial_days(diary: Diary, criteria: Criteria) -> TrialDays:
    """Sort the check-ins of a diary into the parts of its trial.

    Rows may stand in any order. Baseline after placement and trial rows before it are faults that
    the readers refuse; here they are not used.
    """
    start = diary.trial_start.toordinal()
    numbered = sorted(((day.day.toordinal() - start, day) for day in diary.days), key=_day_number)
    first, last = criteria.first_day, diary.last_day
    oldest = -criteria.baseline_window_days
    baseline: list[Numbered] = []
    older: list[Numbered] = []
    early: list[Numbered] = []
    window: list[Numbered] = []
    late: list[Numbered] = []
    excluded: list[int] = []
    for entry in numbered:
        number, day = entry
        if day.phase is Phase.BASELINE:
            if number < oldest:
                older.append(entry)
            elif number <= 0:
                baseline.append(entry)
            continue
        if day.stimulation_off and criteria.exclude_stimulation_off:
            excluded.append(number)
        if number > last:
            late.append(entry)
        elif number >= first:
            window.append(entry)
        elif number >= 0:
            early.append(entry)
    return TrialDays(
        first_day=first,
        last_day=last,
        running=diary.running,
        baseline=tuple(baseline),
        older_baseline=tuple(older),
        early=tuple(early),
        window=tuple(window),
        late=tuple(late),
        excluded=frozenset(excluded),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDays:
    """One series over one trial, as integers: each value times ``scale``, exactly.

    Attributes
    ----------
    scale
        What every integer here is multiplied by.
    baseline
        Values of the baseline window, one for each day that has one.
    older
        How many older baseline values were left out.
    early, recorded
        (day number, value) of recorded trial days before and in the window.
    slots
        Values of recorded window days in day order, with None for each open day between them.
    low, high
        Range of the measure.
    """

    scale: int
    baseline: tuple[int, ...]
    older: int
    early: tuple[tuple[int, int], ...]
    recorded: tuple[tuple[int, int], ...]
    slots: tuple[int | None, ...]
    low: int
    high: int

    @property
    def values(self) -> tuple[int, ...]:
        """Values of the recorded window days, in day order."""
        return tuple(value for _, value in self.recorded)

    @property
    def open_days(self) -> int:
        """How many window days are open."""
        return len(self.slots) - len(self.recorded)

    @property
    def baseline_mean(self) -> Ratio | None:
        """Return the baseline B in the measure's unit, None without any value."""
        if not self.baseline:
            return None
        return sum(self.baseline), len(self.baseline) * self.scale

    def real(self, summary: Ratio) -> Ratio:
        """Return a summary of these integers in the measure's unit."""
        return summary[0], summary[1] * self.scale


def series_days(days: TrialDays, series: Series, *, measure: Measure) -> SeriesDays:
    """Collect one series of a trial; a missing or excluded score is no value, never zero."""
    out = days.excluded
    bounds = (measure.low.as_integer_ratio(), measure.high.as_integer_ratio())
    baseline = [
        day.values[series].as_integer_ratio() for _, day in days.baseline if series in day.values
    ]
    early, recorded = (
        [
            (number, day.values[series].as_integer_ratio())
            for number, day in part
            if series in day.values and number not in out
        ]
        for part in (days.early, days.window)
    )
    scale = lcm(
        *(bottom for _, bottom in bounds),
        *(bottom for _, bottom in baseline),
        *(value[1] for _, value in early),
        *(value[1] for _, value in recorded),
    )
    whole = tuple((number, top * (scale // bottom)) for number, (top, bottom) in recorded)
    return SeriesDays(
        scale=scale,
        baseline=tuple(top * (scale // bottom) for top, bottom in baseline),
        older=sum(series in day.values for _, day in days.older_baseline),
        early=tuple((number, top * (scale // bottom)) for number, (top, bottom) in early),
        recorded=whole,
        slots=_slots(days, whole),
        low=bounds[0][0] * (scale // bounds[0][1]),
        high=bounds[1][0] * (scale // bounds[1][1]),
    )


def _slots(days: TrialDays, recorded: tuple[tuple[int, int], ...]) -> tuple[int | None, ...]:
    """Line up recorded values and open days; closed days take no slot."""
    if not days.running:
        return tuple(value for _, value in recorded)
    values: dict[int, int | None] = dict(recorded)
    closed = _closed(days)
    return tuple(
        values.get(number)
        for number in range(days.first_day, days.last_day + 1)
        if number in values or number not in closed
    )


def _closed(days: TrialDays) -> set[int]:
    """Return the window days that were declared missed or are excluded."""
    return {number for number, day in days.window if day.missed or number in days.excluded}


def day_states(days: TrialDays, recorded: tuple[tuple[int, int], ...]) -> dict[int, DayState]:
    """Return the state of each window day for the series whose recorded days are given."""
    with_value = {number for number, _ in recorded}
    closed = _closed(days)
    states = {}
    for number in range(days.first_day, days.last_day + 1):
        if number in with_value:
            states[number] = DayState.RECORDED
        elif not days.running or number in closed:
            states[number] = DayState.CLOSED
        else:
            states[number] = DayState.OPEN
    return states
