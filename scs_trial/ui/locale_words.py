"""Derived texts as the locale writes them on screen; the page and files never come here."""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale

from scs_trial.services.words import MONTHS, WEEKDAYS

_POINT = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?![\d.]*\d)")
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b")
_MONTH = re.compile(rf"(?<=\d )({'|'.join(MONTHS)})\b")


def in_locale(text: str) -> str:
    """Return a derived text with the locale's decimal sign in its figures."""
    sign = QLocale().decimalPoint()
    return text if sign == "." else _POINT.sub(rf"\1{sign}\2", text)


def days_in_locale(text: str) -> str:
    """Return a derived text with its weekdays and months in the locale's words.

    For texts without words from the record: "Sun" may be somebody's name.
    """
    where, short = QLocale(), QLocale.FormatType.ShortFormat
    text = _WEEKDAY.sub(lambda m: where.dayName(WEEKDAYS.index(m[1]) + 1, short), text)
    return _MONTH.sub(lambda m: where.monthName(MONTHS.index(m[1]) + 1, short), text)
