"""The days of a trial: which check-ins count for what, and the state of each window day.

Source: the evaluation specification, section 1.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    window, counted
        Trial check-ins of the window; and those of them that are not excluded.
    late
        Trial check-ins after the window.
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
    counted: tuple[Numbered, ...]
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
    counted: list[Numbered] = []
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
        off = day.stimulation_off and criteria.exclude_stimulation_off
        if off:
            excluded.append(number)
        if number > last:
            late.append(entry)
        elif number >= first:
            window.append(entry)
            if not off:
                counted.append(entry)
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
        counted=tuple(counted),
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
    values
        Values of the recorded window days alone, in day order.
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
    values: tuple[int, ...]
    slots: tuple[int | None, ...]
    low: int
    high: int

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
    """Collect one series of a trial as integers over one common scale."""
    baseline, older = _ratios(days.baseline, series), _ratios(days.older_baseline, series)
    before = [entry for entry in days.early if entry[0] not in days.excluded]
    early, recorded = _ratios(before, series), _ratios(days.counted, series)
    bounds = (0, measure.low.as_integer_ratio()), (0, measure.high.as_integer_ratio())
    scale = 1
    for part in (bounds, baseline, early, recorded):
        for _, (_, bottom) in part:
            if scale % bottom:
                scale = lcm(scale, bottom)
    (_, low), (_, high) = _scaled(bounds, scale)
    whole = _scaled(recorded, scale)
    return SeriesDays(
        scale=scale,
        baseline=tuple(value for _, value in _scaled(baseline, scale)),
        older=len(older),
        early=_scaled(early, scale),
        recorded=whole,
        values=tuple(value for _, value in whole),
        slots=_slots(days, whole),
        low=low,
        high=high,
    )


def _ratios(part: Sequence[Numbered], series: Series) -> list[tuple[int, Ratio]]:
    """Return the values of a series on some days; a missing score is no value, never zero."""
    return [
        (number, day.values[series].as_integer_ratio())
        for number, day in part
        if series in day.values
    ]


def _scaled(ratios: Sequence[tuple[int, Ratio]], scale: int) -> tuple[tuple[int, int], ...]:
    """Return numbered ratios as integers times a scale that all denominators divide."""
    return tuple((number, top * (scale // bottom)) for number, (top, bottom) in ratios)


def _slots(days: TrialDays, recorded: tuple[tuple[int, int], ...]) -> tuple[int | None, ...]:
    """Line up recorded values and open days; closed days take no slot."""
    if not days.running:
        return tuple([value for _, value in recorded])
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
