"""Days, times and values of the check-in in words of the locale."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.services.jumps import Jump, JumpKind
from scs_trial.ui.check_in.about import Earlier
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.numbers import decimal_text

_CONTEXT = "check_in"


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def short_day(day: date) -> str:
    """Return e.g. "Fri 20"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd d")


def weekday(day: date) -> str:
    """Return e.g. "Thu"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd")


def long_day(day: date) -> str:
    """Return e.g. "14 Mar 1968"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def clock_time(moment: datetime) -> str:
    """Return a clinic-local time, e.g. "09:41"."""
    return QLocale().toString(QTime(moment.hour, moment.minute), "HH:mm")


def moment_words(moment: datetime) -> str:
    """Return a clinic-local moment, e.g. "Sat 21, 09:41"."""
    return f"{short_day(moment.date())}, {clock_time(moment)}"


def about_words(form: CheckInForm) -> str:
    """Return which day the answers are about, e.g. "about Fri 20, day 5"."""
    day = short_day(form.day)
    if form.phase is Phase.BASELINE:
        return _tr("about {day}, baseline").format(day=day)
    number = form.subject.day_number(form.day)
    if number is None:
        return _tr("about {day}").format(day=day)
    return _tr("about {day}, day {number}").format(day=day, number=number)


def earlier_words(earlier: Earlier, *, unit: str) -> str:
    """Return e.g. "Thu 19: 35 min"."""
    value = f"{decimal_text(earlier.value)} {unit}".strip()
    return f"{short_day(earlier.day)}: {value}"


def jump_words(jump: Jump) -> str:
    """Return what is asked once about a value."""
    value, other = decimal_text(jump.value), decimal_text(jump.other)
    if jump.kind is JumpKind.LEAST_ABOVE_AVERAGE:
        return _tr("Least {value} is above average {other}. Right?").format(
            value=value, other=other
        )
    if jump.kind is JumpKind.AVERAGE_ABOVE_WORST:
        return _tr("Average {value} is above worst {other}. Right?").format(
            value=value, other=other
        )
    return _tr("{value} is far from the last value, {other}. Right?").format(
        value=value, other=other
    )


def how_words(how: HowObtained) -> str:
    """Return how the answers were obtained, in words."""
    return {
        HowObtained.PHONE: _tr("by phone"),
        HowObtained.VISIT: _tr("at a visit"),
        HowObtained.PAPER_DIARY: _tr("from the paper diary"),
        HowObtained.MESSAGE: _tr("by message"),
        HowObtained.PROXY: _tr("from a proxy"),
        HowObtained.REPRESENTATIVE: _tr("from the manufacturer's representative"),
        HowObtained.IMPORT: _tr("by import"),
    }[how]
