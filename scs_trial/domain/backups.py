"""What a backup is, which backups are kept, and when somebody has to be told something."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

ALL_KEPT = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


class BackupReason(StrEnum):
    """Why a backup was made."""

    ON_DEMAND = "on demand"
    LOG_OUT = "log-out"
    CHANGED = "half-hourly"
    MIGRATION = "before an update of the record"
    IMPORT = "before an import"
    REKEY = "before a change of keys"
    FOUND = "found in the folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One verified backup, as the ledger of its folder describes it.

    ``rows`` counts the rows of each table. ``page_hash`` is the content hash of one page, that of
    ``page_trial``, made from the backup itself; a restore drill makes it again. ``copied`` says
    that the second folder holds it too.
    """

    name: str
    at: datetime
    reason: BackupReason
    size: int
    sha256: str
    keys_sha256: str
    record_id: str
    schema: int
    program: str
    audit_seq: int
    audit_digest: str
    rows: Mapping[str, int]
    page_trial: UUID | None = None
    page_hash: str = ""
    copied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made, and why the second folder has none (empty when it has)."""

    backup: Backup
    second_problem: str = ""


Step = Callable[[], None]
"""Called between the steps of a backup; may raise ``CancelledError`` to end it there."""


def no_step() -> None:
    """Go on with a backup that nobody cancels."""


def to_thin(backups: Iterable[Backup], *, now: datetime, zone: ZoneInfo) -> tuple[Backup, ...]:
    """Return the backups that may go, oldest first.

    Kept are all of the last two days; the newest of each of the last 12 days, 10 ISO weeks and 9
    months that have any (in the clinic's zone, so a holiday costs nothing); and the newest.

    Parameters
    ----------
    backups
        In any order.
    now
        Aware instant.
    zone
        The clinic's zone: its days, weeks and months count.
    """
    newest_first = sorted(backups, key=lambda held: (held.at, held.name), reverse=True)
    kept = {held.name for held in newest_first[:1]}
    kept |= {held.name for held in newest_first if held.at > now - ALL_KEPT}
    for period, number in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        kept |= _newest_of_each(newest_first, period, number, zone)
    return tuple(held for held in reversed(newest_first) if held.name not in kept)


def _newest_of_each(
    newest_first: list[Backup], period: Callable[[date], Hashable], number: int, zone: ZoneInfo
) -> set[str]:
    found: dict[Hashable, str] = {}
    for held in newest_first:
        found.setdefault(period(held.at.astimezone(zone).date()), held.name)
    return set(list(found.values())[:number])


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
