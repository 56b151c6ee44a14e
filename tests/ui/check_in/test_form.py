"""The check-in as a plain draft (product page, screen 3; evaluation specification, 1 and 11)."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest

from scs_trial.domain.check_in import HowObtained, SafetyAnswer, SafetyCheck, SafetyCheckState
from scs_trial.domain.clinic import AskAbout
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import MedicationEntry, ProgramChange
from scs_trial.services.jumps import JumpKind
from scs_trial.services.medication_list import shipped_mme_table
from scs_trial.ui.check_in.about import Earlier
from scs_trial.ui.check_in.payload import from_payload, identity_of, to_payload
from tests.ui.check_in.make import (
    ACTIVITY,
    AT,
    FRIDAY,
    LEAST,
    LEG,
    MME,
    NOW,
    PAIN,
    PLACED,
    SLEEP,
    THURSDAY,
    THURSDAY_VALUES,
    TRIAL,
    WALKING,
    WORST,
    check_in,
    form,
    subject,
    with_settings,
)

D = Decimal


def titles(made):
    return [spec.title for spec in made.fields]


def test_that_only_the_trials_measures_are_asked_pain_first_by_region():
    trial = replace(TRIAL, other_regions=("left leg",))
    assert titles(form(trial=trial)) == [
        "Low back, average",
        "Low back, worst",
        "Low back, least",
        "Left leg, average",
        "Usual activity",
        "Walking",
        "Sleep",
        "Opioids",
    ]


def test_that_the_clinics_measures_are_asked_where_the_trial_names_none():
    trial = replace(TRIAL, measures_asked=())
    made = form(trial=trial, settings=with_settings(measures_asked=("sleep_hours",)))
    assert [spec.series for spec in made.fields] == [PAIN, SLEEP]


def test_that_opioids_are_not_asked_of_a_patient_who_takes_none():
    assert MME not in [f.series for f in form(trial=replace(TRIAL, takes_no_opioids=True)).fields]


@pytest.mark.parametrize(("paresthesia", "asked"), [(True, True), (None, True), (False, False)])
def test_that_coverage_is_not_asked_for_sub_perception_programs(paresthesia, asked):
    change = ProgramChange(
        id=UUID(int=4),
        trial_id=TRIAL.id,
        from_when=datetime.fromisoformat("2026-11-16T09:00"),
        by="rep",
        name="P2 burst",
        paresthesia=paresthesia,
    )
    made = form(trial=replace(TRIAL, measures_asked=("coverage",)), programs=[change])
    assert (Series("coverage") in [f.series for f in made.fields]) is asked


def test_that_goals_are_asked_by_the_patients_own_words_and_only_where_named():
    trial = replace(TRIAL, measures_asked=("goal_1", "goal_2"), goals=("walk the dog",))
    assert titles(form(trial=trial)) == ["Low back, average", "Goal 1: walk the dog"]


def test_that_a_baseline_check_in_asks_nothing_about_stimulation_and_no_safety():
    trial = replace(TRIAL, measures_asked=("pain_average", "stated_relief", "coverage", "peg"))
    made = form(PLACED, phase=Phase.BASELINE, trial=trial)
    assert titles(made) == ["Low back, average", "PEG"]
    assert not made.asks_safety


def test_that_instruments_of_baseline_and_end_are_not_asked_daily():
    assert titles(form(trial=replace(TRIAL, measures_asked=("peg", "pgic")))) == [
        "Low back, average"
    ]


@pytest.mark.parametrize(
    ("series", "value", "taken"),
    [
        (PAIN, "0", True),
        (PAIN, "10", True),
        (PAIN, "10.5", False),
        (PAIN, "-0.5", False),
        (WALKING, "1440", True),
        (WALKING, "1441", False),
        (SLEEP, "24", True),
        (SLEEP, "24.1", False),
        (MME, "2000", True),
        (MME, "2000.1", False),
    ],
)
def test_that_a_value_outside_the_range_is_refused_with_the_range(series, value, taken):
    made = form()
    made.set_value(series, D(value))
    assert (series in made.values) is taken
    assert (str(series) in made.problems()) is not taken
    if not taken:
        assert "Allowed: " in made.problems()[str(series)]


def test_that_an_answer_taken_back_is_missing_and_never_zero():
    made = form()
    made.set_value(PAIN, D(4))
    made.set_value(PAIN, None)
    assert PAIN not in made.command().values
    assert not made.dirty


def test_that_a_suggestion_is_no_value_until_confirmed():
    made = form()
    made.set_value(PAIN, D(2))
    suggestion = made.suggestion(MME)
    assert suggestion is not None
    assert (suggestion.value, suggestion.day) == (D(15), THURSDAY)
    assert made.program_suggestion() == ("P2 burst", THURSDAY)
    assert MME not in made.command().values
    assert made.command().program is None
    made.set_value(MME, suggestion.value)
    assert made.command().values[MME] == D(15)
    assert made.suggestion(MME) is None


def test_that_the_medication_list_is_suggested_before_the_last_answer():
    # CDC 2022: hydrocodone 5 mg x 4 = 20 MME.
    entry = MedicationEntry(
        id=UUID(int=5), trial_id=TRIAL.id, drug="hydrocodone", amount=D(20), from_day=PLACED
    )
    made = form()
    made.subject = replace(made.subject, medication=(entry,), mme_table=shipped_mme_table())
    made.set_value(PAIN, D(2))
    assert made.suggestion(MME) == Earlier(day=FRIDAY, value=D(20))


def test_that_nothing_of_yesterday_shows_before_the_score_is_typed():
    made = form()
    assert made.suggestion(MME) is None
    assert made.program_suggestion() is None
    assert made.earlier(PAIN) is None
    assert not made.shows_earlier
    made.set_value(PAIN, D(2))
    assert made.earlier(PAIN).value == D(3)
    assert made.earlier(WORST) is None
    assert made.shows_earlier


def test_that_a_clinic_may_show_yesterdays_values_from_the_start():
    made = form(settings=with_settings(hide_earlier_values=False))
    assert made.earlier(PAIN).value == D(3)
    assert made.suggestion(MME).value == D(15)


@pytest.mark.parametrize(
    ("value", "asked"), [("8", True), ("7.5", False), ("0", False), ("8.5", True)]
)
def test_that_five_points_from_the_last_value_are_a_jump(value, asked):
    made = form()
    made.set_value(PAIN, D(value))
    kinds = [jump.kind for jump in made.jumps_to_ask()]
    assert (JumpKind.FAR_FROM_LAST in kinds) is asked


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({PAIN: 3, LEAST: 4}, JumpKind.LEAST_ABOVE_AVERAGE),
        ({PAIN: 5, WORST: 4}, JumpKind.AVERAGE_ABOVE_WORST),
    ],
)
def test_that_crossed_scores_are_asked_about(answers, kind):
    made = form()
    for series, value in answers.items():
        made.set_value(series, D(value))
    assert [jump.kind for jump in made.jumps_to_ask()] == [kind]


def test_that_a_jump_is_asked_once_and_never_blocks():
    made = form()
    made.confirm_identity(HowObtained.PHONE)
    made.set_value(PAIN, D(9))
    assert made.jumps_to_ask()
    assert made.problems() == {}
    made.mark_asked()
    assert made.jumps_to_ask() == ()
    made.set_value(PAIN, D(10))
    assert made.jumps_to_ask()


def test_that_an_empty_form_and_an_unconfirmed_identity_are_not_saved():
    made = form()
    assert "values" in made.problems()
    made.set_value(PAIN, D(2))
    assert "identity" in made.problems()
    made.confirm_identity(HowObtained.PHONE)
    assert made.problems() == {}


def test_that_the_identity_alone_makes_nothing_dirty():
    made = form()
    made.confirm_identity(HowObtained.PHONE)
    assert not made.dirty


def test_that_the_call_asks_about_yesterday_or_today_as_the_clinic_set():
    assert subject().asked_day() == FRIDAY
    assert subject(settings=with_settings(ask_about=AskAbout.TODAY)).asked_day() == NOW.date()
    assert subject().asked_day(AskAbout.TODAY) == NOW.date()


# Safety


def test_that_every_safety_item_starts_unanswered_and_counts_as_not_asked():
    made = form()
    assert set(made.safety.answers.values()) == {None}
    assert made.command().safety == SafetyCheck()
    assert made.safety.state is SafetyCheckState.NOT_ASKED


def test_that_none_of_these_is_offered_once_all_questions_have_been_on_screen():
    made = form()
    everything = list(made.safety.answers)
    made.safety.mark_seen(everything[:-1])
    assert not made.safety.may_say_none
    assert not made.say_none(by="RN Alvarez", at=AT)
    assert made.safety.state is SafetyCheckState.NOT_ASKED
    made.safety.mark_seen(everything[-1:])
    assert made.say_none(by="RN Alvarez", at=AT)
    check = made.command().safety
    assert check.state is SafetyCheckState.ASKED_CLEAR
    assert (check.asked_by, check.asked_at, check.wording_version) == ("RN Alvarez", AT, "2026.1")


def test_that_none_of_these_leaves_a_finding_standing():
    made = form()
    made.safety.answer("weakness", True, by="RN", at=AT)
    made.safety.mark_seen(made.safety.answers)
    made.say_none(by="RN", at=AT)
    assert made.safety.state is SafetyCheckState.FINDING
    assert [item.id for item in made.safety.findings()] == ["weakness"]


def test_that_some_answers_are_partly_asked():
    made = form()
    made.safety.answer("fever", False, by="RN", at=AT)
    assert made.safety.state is SafetyCheckState.PARTLY_ASKED
    made.safety.answer("fever", None, by="RN", at=AT)
    assert made.command().safety == SafetyCheck()


@pytest.mark.parametrize(
    ("day", "offered"), [(FRIDAY, True), (NOW.date(), True), (THURSDAY, False)]
)
def test_that_a_day_entered_later_than_the_next_defaults_to_not_asked(day, offered):
    assert form(day, check_ins=()).safety.offered is offered


def test_that_an_event_has_one_id_for_each_form_and_item_until_it_is_retracted():
    first, again, other = form(), form(), form(new_id=UUID(int=10))
    assert first.safety.event_id("fever") == again.safety.event_id("fever")
    assert first.safety.event_id("fever") != first.safety.event_id("weakness")
    assert first.safety.event_id("fever") != other.safety.event_id("fever")
    first.safety.forget_event("fever")
    assert first.safety.event_id("fever") != again.safety.event_id("fever")


# A day on record


def test_that_a_day_on_record_opens_as_a_correction_with_its_values():
    stored = check_in(
        FRIDAY,
        THURSDAY_VALUES,
        program="P1",
        helped="heat",
        safety=SafetyCheck(answers=(SafetyAnswer(item_id="fever", answer=False),)),
    )
    made = form(check_ins=[stored])
    assert made.is_correction
    assert made.id == stored.id
    assert not made.dirty
    assert made.command().values == stored.values
    assert (made.program, made.helped) == ("P1", "heat")
    made.set_value(PAIN, D(4))
    assert made.dirty


def test_that_an_imported_value_keeps_its_decimals():
    exact = "6.859999999999999"
    made = form(check_ins=[check_in(FRIDAY, {PAIN: exact})])
    assert made.command().values[PAIN] == D(exact)


def test_that_a_series_that_is_no_longer_asked_stays_in_view():
    made = form(check_ins=[check_in(FRIDAY, {Series("pain_worst", "left leg"): 4})])
    assert Series("pain_worst", "left leg") in [f.series for f in made.fields]


# The draft


def filled():
    made = form(trial=replace(TRIAL, other_regions=("left leg",)))
    made.set_value(PAIN, D("2.5"))
    made.set_value(LEG, D("0"))
    made.refuse(WALKING, text="45x", message="Not a number.")
    made.program, made.note = "P3", "x < 3 & \u202ey\n2"
    made.stimulation_off = True
    made.confirm_identity(HowObtained.PROXY)
    made.safety.answer("weakness", True, by="RN", at=AT)
    made.safety.forget_event("fever")
    return made


def test_that_a_draft_brings_back_every_keystroke_but_not_the_identity():
    before = filled()
    after = form(
        trial=replace(TRIAL, other_regions=("left leg",)), new_id=identity_of(to_payload(before))
    )
    assert from_payload(after, to_payload(before))
    assert after.values == before.values
    assert after.refused[WALKING].text == "45x"
    assert after.content() == before.content()
    assert after.how_obtained is HowObtained.PROXY
    assert not after.identity_confirmed
    assert after.dirty
    assert after.safety.event_id("fever") == before.safety.event_id("fever")
    assert replace(after.command(), identity_confirmed=True) == before.command()


def test_that_a_draft_keeps_exact_decimals():
    made = form(check_ins=())
    made.set_value(PAIN, D("6.859999999999999"))
    again = form(check_ins=())
    from_payload(again, to_payload(made))
    assert str(again.values[PAIN]) == "6.859999999999999"


@pytest.mark.parametrize(
    "payload", ["", "nonsense", "[]", '{"version": 99}', '{"version": 1, "revision": 3}']
)
def test_that_an_unreadable_or_outdated_draft_is_refused(payload):
    made = form()
    assert not from_payload(made, payload)
    assert not made.dirty


def test_that_the_draft_key_names_trial_day_and_phase():
    assert form().draft_key == f"check_in:{TRIAL.id}:2026-11-20:trial"


def test_that_the_activity_of_the_form_is_a_strip_and_walking_a_number():
    made = form()
    assert made.field(ACTIVITY).is_score
    assert not made.field(WALKING).is_score
    assert made.field(WALKING).unit == "min"
