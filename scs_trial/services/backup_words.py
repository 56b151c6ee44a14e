"""What the program says about backups: the status line, and the second folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scs_trial.domain.backups import Backup
from scs_trial.services.words import WEEKDAYS, calendar_words, day_words

SECOND_FOLDER_PATIENCE = timedelta(days=7)


def when_words(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Return the time of a backup as short as it stays clear, e.g. ``"Mon 08:00"``."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    return clock if local.date() == today else f"{day_words(local.date(), today)} {clock}"


def as_of_words(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Return of when a copy for reading is, with the day unless it is today."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return clock
    day = f"{WEEKDAYS[local.weekday()]} {calendar_words(local.date())}"
    return f"{day}{f' {local.year}' if local.year != today.year else ''}, {clock}"


def age_words(age: timedelta) -> str:
    """Return how old a copy is, in its largest whole unit."""
    minutes = max(int(age / timedelta(minutes=1)), 0)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        number = minutes // size
        if number:
            return f"{number} {unit}{'' if number == 1 else 's'} old"
    return "less than a minute old"


def status_words(newest: Backup | None, *, now: datetime, zone: ZoneInfo) -> str:
    """Return what the status line says of the newest verified backup."""
    if newest is None:
        return "No backup yet"
    return f"Backup {when_words(newest.at, now=now, zone=zone)}, verified"


def second_folder_warning(
    backups: Iterable[Backup], *, named: bool, now: datetime, zone: ZoneInfo
) -> str:
    """Return what to say about the second folder; empty when all is well.

    Said after seven days of backups none of which reached a second folder.

    Parameters
    ----------
    backups
        Those of the first folder.
    named
        Whether a second folder is named in the settings.
    now
        Aware instant.
    zone
        The clinic's zone.
    """
    held = sorted(backups, key=lambda backup: backup.at)
    if not held:
        return ""
    copied = [backup for backup in held if backup.copied]
    since = copied[-1].at if copied else held[0].at
    if now - since <= SECOND_FOLDER_PATIENCE:
        return ""
    day = since.astimezone(zone).date()
    words = f"{calendar_words(day)} {day.year}"
    if not named:
        return (
            f"All backups since {words} lie beside the record. Name a second folder for them in "
            "Settings, on another disk or a share."
        )
    last = f"was last reached on {words}" if copied else f"was not reached since {words}"
    return f"The second backup folder {last}. Connect its disk, or name another folder."
