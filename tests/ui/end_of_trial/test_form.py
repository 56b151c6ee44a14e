"""The end of a trial as a plain draft (evaluation specification, section 1)."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from scs_trial.domain.diary import EndReason
from scs_trial.domain.trial import PatientWish
from scs_trial.ui.end_of_trial.form import EndForm, end_measures, parse_time
from tests.ui.check_in.make import CATALOGUE, SETTINGS, TRIAL

NOW = datetime.fromisoformat("2026-11-23T10:00")
"""Day 8 of the trial, the morning of the removal."""
D = Decimal


def form(trial=TRIAL, now=NOW):
    return EndForm(trial, settings=SETTINGS, catalogue=CATALOGUE, now=now)


def filled():
    made = form()
    made.remove_on(date(2026, 11, 23))
    made.removed_time = "9:30"
    made.reason = EndReason.PLANNED
    made.awaiting_diary = False
    made.wish = PatientWish.YES
    made.set_value("pgic", D(2))
    return made


def test_that_the_day_before_the_removal_is_offered_as_last_full_day():
    made = form()
    made.remove_on(date(2026, 11, 21))
    assert made.last_full_day == date(2026, 11, 20)
    assert made.last_day_number == 5


def test_that_the_last_planned_day_is_offered_without_a_removal():
    assert form().last_full_day == date(2026, 11, 22)
    assert form().last_day_number == 7


def test_that_a_day_chosen_by_hand_stays_when_the_removal_changes():
    made = form()
    made.end_on(date(2026, 11, 21))
    made.remove_on(date(2026, 11, 23))
    assert made.last_full_day == date(2026, 11, 21)


def test_that_the_removal_never_counts_as_a_day():
    command = filled().command()
    assert command.last_full_day == date(2026, 11, 22)
    assert command.lead_removed_at == datetime.fromisoformat("2026-11-23T09:30")
    assert command.measures == (("pgic", D(2)),)


def test_that_nothing_is_chosen_for_the_clinician():
    problems = form().problems()
    assert set(problems) == {"reason", "awaiting_diary"}
    assert form().wish is PatientWish.NOT_ASKED
    assert form().values == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"removed_time": "25:00"}, "removed_time"),
        ({"removed_time": ""}, "removed_time"),
        ({"removed_time": "10:01"}, "removed_time"),  # still to come
        ({"removed_on": None}, "removed_on"),
        ({"last_full_day": None}, "last_full_day"),
        ({"last_full_day": date(2026, 11, 24)}, "last_full_day"),
    ],
)
def test_that_each_fault_is_said_beside_its_field(change, field):
    made = filled()
    for name, value in change.items():
        setattr(made, name, value)
    assert set(made.problems()) == {field}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9", time(9)),
        ("24", None),
        ("9:61", None),
        ("morning", None),
    ],
)
def test_that_a_time_is_read_as_it_is_said(typed, meant):
    assert parse_time(typed) == meant


def test_that_pgic_and_the_trials_instruments_are_asked():
    trial = replace(TRIAL, measures_asked=("pain_average", "peg", "odi"))
    assert {m.code for m in end_measures(trial, SETTINGS, CATALOGUE)} == {"peg", "pgic", "odi"}


def test_that_a_draft_brings_everything_back():
    made, again = filled(), form()
    assert again.from_json(made.to_json())
    assert again.command() == made.command()
    assert again.dirty


@pytest.mark.parametrize("payload", ["", "[]", "{}", '{"version": 1}', "null"])
def test_that_an_unreadable_draft_is_refused(payload):
    made = form()
    assert not made.from_json(payload)
    assert not made.dirty


def test_that_a_draft_of_an_older_state_of_the_trial_is_refused():
    assert not form(replace(TRIAL, version=2)).from_json(filled().to_json())
