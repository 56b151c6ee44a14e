"""Clock, zone and summer time move no day. Source: the safekeeping design, "Promises"."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scs_trial.services.local_time import to_instant, to_local
from tests.services.clinic import START

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Auckland",
]
MOMENTS = [time(0, 0), time(0, 30), time(9), time(23, 59, 59)]


@pytest.mark.parametrize("zone", ZONES)
def test_that_a_call_stays_on_its_civil_day_for_400_days(zone: str) -> None:
    wrong = [
        moment
        for number in range(400)
        for at in MOMENTS
        if to_local(
            to_instant(
                moment := datetime.combine(START + timedelta(days=number), at), ZoneInfo(zone)
            ),
            ZoneInfo(zone),
        )
        != moment
    ]
    assert wrong == []


def test_that_a_doubled_hour_means_the_first_and_a_skipped_one_stays_on_its_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    doubled = to_instant(datetime(2026, 10, 25, 2, 30), berlin)  # noqa: DTZ001
    assert doubled.isoformat() == "2026-10-25T00:30:00+00:00"
    skipped = to_instant(datetime(2026, 3, 29, 2, 30), berlin)  # noqa: DTZ001
    assert to_local(skipped, berlin) == datetime(2026, 3, 29, 3, 30)  # noqa: DTZ001
