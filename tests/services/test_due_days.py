"""Which days are due and overdue. Source: the evaluation specification, section 11.

Placement Sunday 15 November 2026; day 1 is Monday 16, day 6 Saturday 21.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.clinic import AskAbout, ClinicSettings
from scs_trial.domain.diary import Diary, Phase
from scs_trial.services.due_days import DueDays, due_days

START = date(2026, 11, 15)
TRIAL_ID = uuid4()
YESTERDAY = ClinicSettings(zone="Europe/Berlin")
TODAY = ClinicSettings(zone="Europe/Berlin", ask_about=AskAbout.TODAY)
NO_WEEKENDS = ClinicSettings(zone="Europe/Berlin", days_off=frozenset({6, 7}))


def on(number: int, *, phase: Phase = Phase.TRIAL, missed: bool = False) -> CheckIn:
    day = START + timedelta(days=number)
    return CheckIn(id=uuid4(), trial_id=TRIAL_ID, day=day, phase=phase, missed=missed)


def found(
    now: str,
    answered: Iterable[CheckIn] = (),
    *,
    settings: ClinicSettings = YESTERDAY,
    ended: date | None = None,
    first_day: int = 1,
) -> tuple[list[int], list[int]]:
    diary = Diary(trial_start=START, trial_ended=ended)
    result: DueDays = due_days(
        diary,
        answered,
        first_day=first_day,
        settings=settings,
        now=datetime.fromisoformat(now),
    )
    due = [(day - START).days for day in result.due]
    return due, sorted((day - START).days for day in result.overdue)


@pytest.mark.parametrize(
    ("now", "answered", "due", "overdue"),
    [
        ("2026-11-15T12:00", [], [], []),  # the day of placement is not asked
        ("2026-11-16T23:59", [], [], []),  # day 1 is not over
        ("2026-11-17T00:00", [], [1], []),
        ("2026-11-17T13:59", [], [1], []),
        ("2026-11-17T14:00", [], [1], [1]),  # the cut-off hour itself
        ("2026-11-18T09:00", [], [1, 2], [1]),
        ("2026-11-18T09:00", [1], [2], []),
        ("2026-11-18T09:00", [1, 2], [], []),
        ("2026-11-30T09:00", [1, 2, 3, 4, 5, 6], [7], [7]),  # nothing after the last day
    ],
)
def test_that_a_day_is_due_once_it_is_over(
    now: str, answered: list[int], due: list[int], overdue: list[int]
) -> None:
    assert found(now, [on(number) for number in answered]) == (due, overdue)


@pytest.mark.parametrize(
    ("now", "due", "overdue"),
    [
        ("2026-11-15T12:00", [], []),
        ("2026-11-16T00:00", [1], []),
        ("2026-11-16T14:00", [1], [1]),
    ],
)
def test_that_a_clinic_that_asks_about_today_asks_on_the_day(
    now: str, due: list[int], overdue: list[int]
) -> None:
    assert found(now, settings=TODAY) == (due, overdue)


@pytest.mark.parametrize(
    ("now", "due", "overdue"),
    [
        ("2026-11-21T15:00", [5], []),  # Saturday: nobody is late on a day without calls
        ("2026-11-22T15:00", [5, 6], []),
        ("2026-11-23T09:00", [5, 6, 7], []),  # Monday: Friday to Sunday side by side
        ("2026-11-23T14:00", [5, 6, 7], [5, 6, 7]),
    ],
)
def test_that_monday_asks_about_friday_to_sunday(
    now: str, due: list[int], overdue: list[int]
) -> None:
    answered = [on(number) for number in (1, 2, 3, 4)]
    assert found(now, answered, settings=NO_WEEKENDS) == (due, overdue)


def test_that_a_day_declared_missed_is_not_asked_again() -> None:
    assert found("2026-11-18T09:00", [on(1, missed=True)]) == ([2], [])


def test_that_a_baseline_answer_of_the_placement_date_answers_no_trial_day() -> None:
    answered = [on(0, phase=Phase.BASELINE)]
    assert found("2026-11-17T09:00", answered, first_day=0) == ([0, 1], [0])


def test_that_nothing_is_due_of_a_trial_that_has_ended() -> None:
    assert found("2026-11-30T09:00", ended=date(2026, 11, 18)) == ([], [])


def test_that_a_clinic_without_any_day_of_calls_is_read_as_one_with_all() -> None:
    settings = ClinicSettings(zone="Europe/Berlin", days_off=frozenset(range(1, 8)))
    assert found("2026-11-17T14:00", settings=settings) == ([1], [1])
