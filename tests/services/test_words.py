"""Short words for days and ages."""

from __future__ import annotations

from datetime import date

import pytest

from scs_trial.services.words import age_on, day_words

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1968, 11, 20), 58),
        (date(1968, 11, 21), 58),  # the birthday itself
        (date(1968, 11, 22), 57),
        (date(1968, 12, 1), 57),
        (date(2026, 11, 21), 0),
        (None, None),
    ],
)
def test_that_an_age_is_in_whole_years(born: date | None, age: int | None) -> None:
    assert age_on(born, TODAY) == age


def test_that_a_leap_day_birthday_comes_on_the_first_of_march() -> None:
    born = date(2004, 2, 29)
    assert [age_on(born, date(2026, *day)) for day in ((2, 28), (3, 1))] == [21, 22]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "Fri"),
        (date(2026, 11, 15), "Sun"),  # six days ago
        (date(2026, 11, 14), "14 Nov"),  # a week ago: the weekday could be today's
        (date(2026, 11, 27), "Fri"),
        (date(2026, 11, 28), "28 Nov"),
        (date(2025, 12, 31), "31 Dec 2025"),
    ],
)
def test_that_a_day_is_as_short_as_it_stays_clear(day: date, words: str) -> None:
    assert day_words(day, TODAY) == words
