from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from scs_trial.clock import FixedClock, SystemClock, time_zone
from scs_trial.errors import UserError

NINE = datetime(2026, 11, 20, 9, 41, tzinfo=UTC)


def test_that_the_system_clock_gives_aware_utc(any_time_zone):
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert abs(now.timestamp() - datetime.now(UTC).timestamp()) < 5


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 11, 20)),
        ("Pacific/Auckland", date(2026, 11, 20)),
        ("Pacific/Kiritimati", date(2026, 11, 20)),
        ("America/Los_Angeles", date(2026, 11, 20)),
    ],
)
def test_that_today_is_the_civil_date_of_the_zone(any_time_zone, zone, day):
    assert FixedClock(NINE).today(time_zone(zone)) == day


def test_that_midnight_divides_days_where_the_clinic_is(any_time_zone):
    clock = FixedClock(datetime(2026, 11, 20, 7, 59, tzinfo=UTC))
    zone = time_zone("America/Los_Angeles")  # UTC-8 in November
    assert clock.today(zone) == date(2026, 11, 19)
    clock.advance(timedelta(minutes=1))
    assert clock.today(zone) == date(2026, 11, 20)


def test_that_a_fixed_clock_stands_until_it_is_moved():
    clock = FixedClock(NINE)
    assert clock.now() == clock.now() == NINE
    clock.move_to(datetime(2026, 11, 21, 1, tzinfo=timezone(timedelta(hours=3))))
    assert clock.now() == datetime(2026, 11, 20, 22, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_that_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 11, 20))  # noqa: DTZ001


@pytest.mark.parametrize("name", ["Mars/Phobos", "", "../etc/passwd", "Europe"])
def test_that_an_unknown_zone_is_a_message(name):
    with pytest.raises(UserError, match="not known"):
        time_zone(name)
