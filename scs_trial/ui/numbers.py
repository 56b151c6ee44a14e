"""Numbers as people of a locale write and read them; files never come here."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import QLocale

_NUMBER = re.compile(r"[+\-\u2212]?(\d+([.,]\d*)?|[.,]\d+)")


def decimal_text(value: Decimal, *, locale: QLocale | None = None) -> str:
    """Return an exact number with the locale's decimal sign, without trailing zeros."""
    text = format(value.normalize(), "f")
    return text.replace(".", (locale or QLocale()).decimalPoint())


def parse_decimal(text: str) -> Decimal | None:
    """Return the number that was typed, exactly; None when it is no plain number.

    Both ``4,5`` and ``4.5`` are four and a half under every locale; grouped thousands are
    refused, since ``1.500`` would be ambiguous only there.
    """
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped):
        return None
    return Decimal(stripped.replace(",", ".").replace("\u2212", "-"))


_MOST_DIGITS = 9


def whole_number(text: str, low: int, high: int) -> int | None:
    """Return a typed whole number within a range, inclusive; None for anything else."""
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS:
        return None
    number = int(text)
    return number if low <= number <= high else None
