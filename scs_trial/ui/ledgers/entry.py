"""Reads typed numbers and times of a ledger line, with a clear refusal beside the field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from scs_trial.errors import FieldError


def number(
    texts: Mapping[str, str], name: str, *, high: int, required: bool = False
) -> Decimal | None:
    """Return a typed number from 0 to ``high``; a decimal comma is fine, empty is None.

    Raises
    ------
    FieldError
        Not a number, outside the range, or empty although required.
    """
    text = texts[name].replace(",", ".")
    if not text and not required:
        return None
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or Decimal(text) > high:
        raise FieldError(name, f"Enter a number from 0 to {high}.")
    return Decimal(text)


def required(texts: Mapping[str, str], name: str, what: str) -> str:
    """Return a text that must not be empty."""
    if not texts[name]:
        raise FieldError(name, f"Enter {what}.")
    return texts[name]


def day(texts: Mapping[str, str], name: str) -> date:
    """Return a typed date."""
    try:
        return date.fromisoformat(texts[name])
    except ValueError:
        raise FieldError(name, "Enter a date such as 2026-11-15.") from None


def clock_time(texts: Mapping[str, str], name: str, *, on: date) -> datetime:
    """Return a typed time of day on a date, clinic-local; empty is the start of the day."""
    text = texts[name]
    try:
        return datetime.combine(on, time.fromisoformat(text) if text else time(0))
    except ValueError:
        raise FieldError(name, "Enter a time such as 09:30.") from None
