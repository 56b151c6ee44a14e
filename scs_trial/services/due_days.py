"""Which days of a trial are to be asked about, and which are overdue.

Source: the evaluation specification, section 11, and the clinic's days without calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.clinic import AskAbout, ClinicSettings
from scs_trial.domain.diary import Diary, Phase

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDays:
    """Days without a check-in, oldest first; every overdue day is due too."""

    due: tuple[date, ...] = ()
    overdue: frozenset[date] = frozenset()


def due_days(
    diary: Diary,
    check_ins: Iterable[CheckIn],
    *,
    first_day: int,
    settings: ClinicSettings,
    now: datetime,
) -> DueDays:
    """Return the window days that are over (or are today, where the clinic asks about today).

    Parameters
    ----------
    diary
        The trial; nothing is due of one that has ended.
    check_ins
        Its check-ins; a day that was declared missed is not asked again.
    first_day
        First day of the window.
    settings
        Which day a call asks about, the cut-off hour, the days without calls.
    now
        The clinic's naive date and time.
    """
    if diary.trial_ended is not None:
        return DueDays()
    answered = {entry.day for entry in check_ins if entry.phase is Phase.TRIAL}
    window = range(first_day, diary.last_day + 1)
    due = tuple(
        day
        for day in (diary.trial_start + timedelta(days=number) for number in window)
        if day not in answered and _asked_from(day, settings) <= now.date()
    )
    overdue = frozenset(day for day in due if now >= overdue_at(day, settings))
    return DueDays(due=due, overdue=overdue)


def overdue_at(day: date, settings: ClinicSettings) -> datetime:
    """Return the naive clinic time from which a day without check-in is overdue.

    A day that would be asked about on a day without calls is asked about on the next clinic day.
    """
    asked_on = next_clinic_day(_asked_from(day, settings), settings)
    return datetime.combine(asked_on, time()) + timedelta(hours=settings.cut_off_hour)


def next_clinic_day(day: date, settings: ClinicSettings) -> date:
    """Return that day, or the first one after it on which the clinic calls."""
    if len(settings.days_off) >= _WEEK:
        return day
    while day.isoweekday() in settings.days_off:
        day += _DAY
    return day


def _asked_from(day: date, settings: ClinicSettings) -> date:
    return day if settings.ask_about is AskAbout.TODAY else day + _DAY
