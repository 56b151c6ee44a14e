"""The clinic's local time: from an instant of the record to civil days, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from scs_trial.clock import Clock, time_zone
from scs_trial.domain.clinic import ClinicSettings


def zone_of(settings: ClinicSettings) -> ZoneInfo:
    """Return the clinic's zone."""
    return time_zone(settings.zone)


def to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the clinic's naive date and time of an aware instant."""
    return instant.astimezone(zone).replace(tzinfo=None)


def to_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the aware UTC instant of a naive clinic time.

    Where the clock was set back the earlier of the two is meant; a time that summer time skips is
    read as if the clock had not been set yet.
    """
    return local.replace(tzinfo=zone).astimezone(UTC)


def local_now(clock: Clock, zone: ZoneInfo) -> datetime:
    """Return the clinic's naive date and time now."""
    return to_local(clock.now(), zone)


def local_today(clock: Clock, settings: ClinicSettings) -> date:
    """Return the clinic's civil date now."""
    return clock.today(zone_of(settings))
