"""Which backups are kept: 2 days all, 12 daily, 10 weekly, 9 monthly (safekeeping design)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_trial.domain.backups import Backup, BackupReason, to_thin

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
BERLIN = ZoneInfo("Europe/Berlin")


def backup(at: datetime) -> Backup:
    return Backup(
        name=f"clinic-{at:%Y%m%dT%H%M%SZ}.scs",
        at=at,
        reason=BackupReason.CHANGED,
        size=1,
        sha256="0" * 64,
        keys_sha256="0" * 64,
        record_id="r",
        schema=5,
        program="0",
        audit_seq=1,
        audit_digest="0" * 64,
        rows={},
    )


def kept(*ats: datetime, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> list[datetime]:
    held = [backup(at) for at in ats]
    gone = {one.at for one in to_thin(held, now=now, zone=zone)}
    return [at for at in ats if at not in gone]


def before(**ago: float) -> datetime:
    return NOW - timedelta(**ago)


EVERY_DAY = [before(days=n) for n in range(400)]

TABLE = {
    "nothing": ([], []),
    "the only one, however old": ([before(days=4000)], [before(days=4000)]),
    "all of two days": (
        [before(hours=n / 2) for n in range(95)],
        [before(hours=n / 2) for n in range(95)],
    ),
    "the newest of an older day": (
        [before(hours=1), before(days=5), before(days=5, hours=1), before(days=5, hours=2)],
        [before(hours=1), before(days=5)],
    ),
    "a summer's break costs nothing": (
        [before(days=n) for n in range(60, 66)],
        [before(days=n) for n in range(60, 66)],
    ),
    "a clock that was ahead": ([before(days=-30), before(hours=1)],) * 2,
}


@pytest.mark.parametrize("case", TABLE)
def test_that_the_right_backups_are_kept(case: str) -> None:
    given_, expected = TABLE[case]
    assert kept(*given_) == expected


def test_that_of_a_year_of_days_twelve_days_ten_weeks_and_nine_months_are_kept() -> None:
    days = [at.date() for at in kept(*EVERY_DAY)]
    daily = [date(2026, 11, 22) - timedelta(days=n) for n in range(12)]
    sundays = [date(2026, 11, 22) - timedelta(weeks=n) for n in range(10)]
    month_ends = [
        *(date(2026, 11, 22), date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31)),
        *(date(2026, 7, 31), date(2026, 6, 30), date(2026, 5, 31), date(2026, 4, 30)),
        date(2026, 3, 31),
    ]
    assert days == sorted({*daily, *sundays, *month_ends}, reverse=True)


def test_that_the_clinic_s_own_day_counts() -> None:
    late = datetime(2026, 11, 10, 23, 30, tzinfo=UTC)  # 11 November in Berlin
    later = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
    newest = before(hours=1)
    assert kept(newest, late, later) == [newest, later]
    assert kept(newest, late, later, zone=ZoneInfo("UTC")) == [newest, late, later]


@given(st.lists(st.integers(0, 400 * 48), unique=True, max_size=60))
def test_that_thinning_again_takes_nothing_more_and_the_newest_stays(halves: list[int]) -> None:
    ats = [before(hours=half / 2) for half in sorted(halves)]
    once = kept(*ats)
    assert kept(*once) == once
    assert once[:1] == ats[:1]
    assert len(once) <= 48 * 2 + 12 + 10 + 9
