"""Break-glass: an administrator without a clinical role reads patients in an emergency.

Only reading, for an hour, with a reason; the trail says when it began, and each opening stands
there like any other. Clinicians and administrators are told at their next log-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(hours=1)


@dataclass(slots=True)
class Emergency:
    """Whether the glass of a session is broken."""

    until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Return whether patients may be read now; a clock that was set back ends it."""
        return self.until is not None and self.until - LASTS <= now < self.until
