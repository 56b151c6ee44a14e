"""The days of a course and the programs over them.

Source: the evaluation specification, section 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from scs_trial.domain.course import ColumnKind, DayColumn, EventMark, ProgramBand
from scs_trial.domain.days import TrialDays
from scs_trial.domain.diary import Diary, Phase
from scs_trial.domain.trial import ProgramChange

_LATE_DAYS_SHOWN = 14


def day_columns(
    diary: Diary,
    days: TrialDays,
    *,
    events: Iterable[EventMark],
    today: date,
    asked_day: date | None,
) -> tuple[DayColumn, ...]:
    """Return the day columns: day 0 where it has something to show, then day 1 to the last day.

    Days after the last one follow as far as they hold check-ins, up to two weeks.
    """
    at_placement = any(number == 0 for number, _ in days.early) or any(
        event.day_number == 0 for event in events
    )
    counts_from_0 = days.first_day == 0
    latest = max((number for number, _ in days.late), default=days.last_day)
    end = max(0, days.last_day, min(latest, days.last_day + _LATE_DAYS_SHOWN))
    start = 0 if at_placement or counts_from_0 or end == 0 else 1
    return tuple(
        _column(diary, days, number, today=today, asked_day=asked_day)
        for number in range(start, end + 1)
    )


def _column(
    diary: Diary, days: TrialDays, number: int, *, today: date, asked_day: date | None
) -> DayColumn:
    day = diary.trial_start + timedelta(days=number)
    if days.first_day <= number <= days.last_day:
        kind = ColumnKind.COUNTED
    else:
        kind = ColumnKind.PLACEMENT if number == 0 else ColumnKind.OUTSIDE
    return DayColumn(
        day_number=number, day=day, kind=kind, is_today=day == today, is_asked=day == asked_day
    )


def program_label(change: ProgramChange) -> str:
    """Return what a program is called on the plot, e.g. ``"P1 tonic 50 Hz"``.

    What its name says already is not said again.
    """
    parts = [change.waveform]
    if change.frequency_hz is not None:
        parts.append(f"{change.frequency_hz.normalize():f} Hz")
    name = change.name.casefold()
    return " ".join([change.name, *(part for part in parts if part.casefold() not in name)]).strip()


def program_bands(
    diary: Diary, columns: Sequence[DayColumn], ledger: Sequence[ProgramChange]
) -> tuple[ProgramBand, ...]:
    """Return one band for each stretch of days on one program.

    The program named with a day's answers comes first, then the ledger; a day that names none
    continues the one before it. Days before the first named program have no band. ``columns``
    holds at least one day.
    """
    named = {change.from_when.date(): change.name for change in _by_time(ledger)}
    for day in diary.days:
        if day.phase is Phase.TRIAL and day.program:
            named[day.day] = day.program
    labels = {change.name: program_label(change) for change in _by_time(ledger)}
    bands: list[ProgramBand] = []
    before = [day for day in named if day < columns[0].day]
    current = named[max(before)] if before else None
    for column in columns:
        name = named.get(column.day, current)
        if name is None:
            continue
        first = bands.pop().first_day if bands and name == current else column.day_number
        bands.append(
            ProgramBand(
                name=name,
                label=labels.get(name, name),
                first_day=first,
                last_day=column.day_number,
            )
        )
        current = name
    return tuple(bands)


def _by_time(ledger: Sequence[ProgramChange]) -> list[ProgramChange]:
    return sorted(ledger, key=lambda change: change.from_when)
