"""The only place that knows what time it is. Everything else is given a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from scs_trial.errors import UserError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time. Instants are aware and in UTC; days are civil dates of a time zone."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...

    def today(self, zone: tzinfo) -> date:
        """Return the current civil date in a time zone."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self, zone: tzinfo) -> date:
        """Return the current civil date in a time zone."""
        return self.now().astimezone(zone).date()


class FixedClock:
    """A clock that stands still until it is moved: for tests and for making demo data.

    Parameters
    ----------
    instant
        Aware instant; converted to UTC.
    """

    def __init__(self, instant: datetime) -> None:
        self._now = _aware_utc(instant)

    def now(self) -> datetime:
        """Return the instant at which the clock stands, aware, in UTC."""
        return self._now

    def today(self, zone: tzinfo) -> date:
        """Return the civil date in a time zone at which the clock stands."""
        return self._now.astimezone(zone).date()

    def move_to(self, instant: datetime) -> None:
        """Set the clock to an aware instant, forwards or backwards."""
        self._now = _aware_utc(instant)

    def advance(self, step: timedelta) -> None:
        """Move the clock by a step."""
        self._now += step


def time_zone(name: str) -> ZoneInfo:
    """Return the time zone with an IANA name such as ``"Europe/Berlin"``.

    Raises
    ------
    UserError
        When no such zone is known.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (start-up time)

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise UserError(
            f"The time zone {name!r} is not known.", "Choose one such as Europe/Berlin."
        ) from error


def _aware_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)
