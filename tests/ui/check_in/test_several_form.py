"""Several days typed side by side, without Qt."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

import pytest

from scs_trial.domain.check_in import CheckIn, HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.ui.check_in.payload import to_payload
from scs_trial.ui.check_in.several_form import SeveralForm, days_together
from tests.ui.check_in.make import (
    LEG,
    MEASURES,
    PAIN,
    PLACED,
    THURSDAY_VALUES,
    TRIAL,
    check_in,
    subject,
)

MONDAY = datetime.fromisoformat("2026-11-23T09:41")
FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (20, 21, 22))
WEEKEND = (FRIDAY, SATURDAY, SUNDAY)


def on_record(*numbers):
    return [check_in(PLACED + timedelta(days=n), THURSDAY_VALUES) for n in numbers]


def weekend(**about):
    ids = (UUID(int=n) for n in count(100))
    draft = about.pop("draft", lambda _key: None)
    about.setdefault("check_ins", on_record(1, 2, 3, 4))
    about.setdefault("now", MONDAY)
    return SeveralForm(subject(**about), WEEKEND, new_id=lambda: next(ids), draft=draft)


@pytest.mark.parametrize(
    ("recorded", "changes", "days"),
    [
        ((1, 2, 3, 4), {}, WEEKEND),  # Friday to Sunday, asked on Monday
        ((1, 2, 3, 4, 6), {}, (FRIDAY, SUNDAY)),
        ((1, 2, 3, 4, 5, 6), {}, ()),  # one day is the single form's
        ((), {}, tuple(PLACED + timedelta(days=n) for n in range(1, 8))),
        ((1, 2, 3, 4), {"trial_ended": SATURDAY}, (FRIDAY, SATURDAY)),
        ((1, 2, 3, 4), {"trial_start": None}, ()),
    ],
)
def test_that_the_days_without_a_check_in_stand_side_by_side(recorded, changes, days):
    about = subject(trial=replace(TRIAL, **changes), check_ins=on_record(*recorded), now=MONDAY)
    assert days_together(about) == days


def test_that_more_than_seven_days_leave_the_latest_seven():
    about = subject(check_ins=(), now=MONDAY + timedelta(days=3))
    days = days_together(about)
    assert len(days) == 7
    assert days[-1] == date(2026, 11, 25)


def test_that_the_rows_are_what_the_trial_asks_regions_too():
    trial = replace(TRIAL, measures_asked=MEASURES[:4], other_regions=("left leg",))
    rows = [spec.series for spec in weekend(trial=trial).fields]
    assert rows[0] == PAIN
    assert LEG in rows
    assert {series.code for series in rows} == set(MEASURES[:4])


def test_that_nothing_is_stored_before_it_is_said_how_and_whose():
    form = weekend()
    assert form.problem() == "Nothing is answered yet."
    form.columns[0].form.set_value(PAIN, Decimal(2))
    assert form.problem() == "Say how the answers were obtained."
    form.how = HowObtained.PAPER_DIARY
    assert form.problem() == "Confirm whose answers these are."
    form.identity_confirmed = True
    assert form.problem() == ""
    assert form.prepare(form.columns[0]) == ""
    command = form.columns[0].form.command()
    assert command.how_obtained is HowObtained.PAPER_DIARY
    assert command.identity_confirmed
    assert command.safety.answers == ()


def test_that_missed_days_alone_need_no_witness():
    form = weekend()
    form.columns[1].missed = True
    assert form.problem() == ""
    assert [column.day for column in form.filled] == [SATURDAY]


def test_that_a_missed_day_with_answers_is_refused():
    form = weekend()
    form.columns[0].missed = True
    form.columns[0].form.set_value(PAIN, Decimal(2))
    assert form.prepare(form.columns[0]) == "Ticked as missed, but answers stand in it."


def test_that_a_value_out_of_its_range_keeps_its_day_back():
    form = weekend()
    form.how, form.identity_confirmed = HowObtained.PHONE, True
    form.columns[0].form.set_value(PAIN, Decimal(12))
    form.columns[1].form.set_value(PAIN, Decimal(2))
    assert form.prepare(form.columns[0]) == "Allowed: 0 to 10."
    assert form.prepare(form.columns[1]) == ""


def test_that_a_day_is_compared_with_the_one_typed_before_it():
    form = weekend(check_ins=())
    form.columns[0].form.set_value(PAIN, Decimal(1))
    form.columns[1].form.set_value(PAIN, Decimal(9))
    asked = form.jumps_to_ask()
    assert [(column.day, jump.other) for column, jump in asked] == [(SATURDAY, Decimal(1))]
    form.mark_asked()
    assert form.jumps_to_ask() == ()


def test_that_a_stored_day_is_not_stored_again():
    form = weekend()
    first, second = form.columns[:2]
    first.form.set_value(PAIN, Decimal(2))
    second.form.set_value(PAIN, Decimal(3))
    stored = CheckIn(id=first.form.id, trial_id=TRIAL.id, day=FRIDAY, phase=Phase.TRIAL)
    form.mark_stored(first, stored)
    assert form.filled == (second,)
    assert form.subject.at(FRIDAY, Phase.TRIAL) == stored


def test_that_the_draft_of_the_single_form_is_taken_over():
    begun = weekend().columns[0].form
    begun.set_value(PAIN, Decimal("2.5"))
    kept = {begun.draft_key: to_payload(begun)}
    again = weekend(draft=kept.get).columns[0].form
    assert again.values == {PAIN: Decimal("2.5")}
    assert again.id == begun.id


def test_that_half_typed_safety_answers_leave_the_day_to_the_full_form():
    begun = weekend().columns[2].form
    begun.safety.answer("fever", True, by="Anna", at=datetime(2026, 11, 23, 8, tzinfo=UTC))
    column = weekend(draft={begun.draft_key: to_payload(begun)}.get).columns[2]
    assert column.half_asked
    assert not column.filled
