"""When to call back: a time as it is said on the phone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_TIME = re.compile(r"(?:(\d{4}-\d{2}-\d{2})\s+)?(\d{1,2})(?:[:.h]?(\d{2}))?")


def call_back_time(text: str, *, now: datetime) -> datetime | None:
    """Return the clinic-local time that was meant, None when it is none.

    Parameters
    ----------
    text
        "14:30", "1430", "14" (a full hour), or "2026-11-22 14:30". A time without a date that is
        past today is tomorrow's.
    now
        The clinic's local time (naive).
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    day, hour, minute = found.groups()
    try:
        start = datetime.fromisoformat(day) if day else now
        meant = start.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)
    except ValueError:
        return None
    return meant + timedelta(days=1) if not day and meant <= now else meant
