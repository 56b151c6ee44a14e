"""Small texts of the workspace by locale."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import Decimal

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime


def exact(value: Decimal) -> str:
    """Return an exact value with all the digits that the record holds."""
    return f"{value:f}".replace(".", QLocale().decimalPoint())


def day_text(day: date, pattern: str = "ddd d MMM yyyy") -> str:
    """Return a date in the words of the locale."""
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def moment_text(moment: datetime, pattern: str = "ddd d MMM, HH:mm") -> str:
    """Return a clinic-local date and time in the words of the locale."""
    return QLocale().toString(
        QDateTime(QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute)),
        pattern,
    )


def clinic_moment(instant: datetime, zone: tzinfo) -> str:
    """Return an aware instant as the clinic's date and time."""
    return moment_text(instant.astimezone(zone))
