"""The computer's time zone, to be offered for a clinic."""

from __future__ import annotations

from PySide6.QtCore import QTimeZone


def system_zone() -> str:
    """Return the IANA name of the computer's zone, UTC where it has none."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC"
