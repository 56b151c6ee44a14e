"""Recording a check-in: what is refused, what is stored, and that it is one commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.domain.check_in import SafetyAnswer, SafetyCheck
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.result import DayState
from scs_trial.errors import ConflictError, FieldError, InputError, UserError
from scs_trial.services.keep_draft import drafts, keep_draft
from scs_trial.services.record_check_in import declare_missed, record_check_in
from scs_trial.services.today import Section
from tests.services.clinic import Clinic, command, day, pain


def test_that_seven_calls_at_nine_about_the_day_before_fill_days_1_to_7(clinic: Clinic) -> None:
    # Source: the evaluation specification, sections 1 and 10.
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    for number in range(2, 9):
        clinic.on(number, "09:00")
        row = clinic.row(trial)
        assert row is not None
        assert row.due_days == (day(number - 1),)
        assert row.badge == f"Day {number - 1} due"
        clinic.check_in(trial, number - 1, pain(3))
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert evaluation.day_states == dict.fromkeys(range(1, 8), DayState.RECORDED)
    assert "outside_window" not in {caution.code for caution in evaluation.cautions}
    assert "backfilled" not in {caution.code for caution in evaluation.cautions}
    stored = [entry.day for entry in clinic.review(trial).check_ins if entry.phase is Phase.TRIAL]
    assert stored == [day(number) for number in range(1, 8)]


@pytest.mark.parametrize(
    ("series", "value", "field"),
    [
        (Series("pain_average"), "10.5", "pain_average"),
        (Series("pain_average"), "-0.1", "pain_average"),
        (Series("pain_average", "left leg"), "11", "pain_average[left leg]"),
        (Series("pain_average", "elbow"), "4", "pain_average[elbow]"),
        (Series("activity_score", "left leg"), "4", "activity_score[left leg]"),
        (Series("mood"), "4", "mood"),
        (Series("walking_minutes"), "1441", "walking_minutes"),
        (Series("pain_average"), "4.123456789012345678", "pain_average"),  # 19 digits
        (Series("pain_average"), "NaN", "pain_average"),
    ],
)
def test_that_a_value_that_can_not_be_is_refused_beside_its_field(
    clinic: Clinic, series: Series, value: str, field: str
) -> None:
    trial = clinic.trial(other_regions=("left leg",))
    clinic.on(2)
    with pytest.raises(FieldError) as refused:
        clinic.check_in(trial, 1, {series: Decimal(value)})
    assert refused.value.field == field
    assert clinic.section(trial) is Section.DUE


def test_that_the_range_is_said_where_a_value_is_refused(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    with pytest.raises(FieldError, match="between 0 and 1440 min"):
        clinic.check_in(trial, 1, {Series("walking_minutes"): Decimal(2000)})


def test_that_all_faults_are_said_at_once(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    values = {Series("pain_average"): Decimal(11), Series("sleep_hours"): Decimal(25)}
    with pytest.raises(InputError) as refused:
        clinic.check_in(trial, 1, values)
    assert [fault.field for fault in refused.value.faults] == ["pain_average", "sleep_hours"]


@pytest.mark.parametrize(
    ("number", "phase", "allowed"),
    [
        (-1, Phase.BASELINE, True),
        (0, Phase.BASELINE, True),  # the placement date may carry both
        (0, Phase.TRIAL, True),
        (1, Phase.BASELINE, False),
        (-1, Phase.TRIAL, False),
        (3, Phase.TRIAL, True),  # today: a clinic may ask in the evening
        (4, Phase.TRIAL, False),  # still to come
    ],
)
def test_that_a_day_must_fit_its_phase(
    clinic: Clinic, number: int, phase: Phase, *, allowed: bool
) -> None:
    trial = clinic.trial()
    clinic.on(3)
    if allowed:
        assert clinic.check_in(trial, number, phase=phase).day == day(number)
    else:
        with pytest.raises(FieldError) as refused:
            clinic.check_in(trial, number, phase=phase)
        assert refused.value.field == "day"


def test_that_baseline_days_come_before_the_placement_date_is_known(clinic: Clinic) -> None:
    trial = clinic.trial(trial_start=None)
    clinic.check_in(trial, -2, phase=Phase.BASELINE)
    with pytest.raises(FieldError, match="no placement date"):
        clinic.check_in(trial, -1)


def test_that_stimulation_off_is_refused_at_baseline(clinic: Clinic) -> None:
    trial = clinic.trial()
    with pytest.raises(FieldError) as refused:
        clinic.check_in(trial, -1, phase=Phase.BASELINE, stimulation_off=True)
    assert refused.value.field == "stimulation_off"


def test_that_a_form_without_any_answer_is_refused(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    with pytest.raises(FieldError, match="Nothing was answered"):
        clinic.check_in(trial, 1, {})


def test_that_safety_answers_alone_are_a_check_in(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    check = SafetyCheck(answers=(SafetyAnswer(item_id="fever", answer=False),))
    stored = clinic.check_in(trial, 1, {}, safety=check)
    assert stored.safety == check
    assert stored.values == {}


def test_that_a_missing_score_is_no_zero(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    clinic.check_in(trial, 1, {Series("activity_score"): Decimal(0)})
    (stored,) = clinic.review(trial).check_ins
    assert dict(stored.values) == {Series("activity_score"): Decimal(0)}


def test_that_a_decimal_is_kept_as_it_was_given(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    clinic.check_in(trial, 1, pain("6.859999999999999"))
    (stored,) = clinic.review(trial).check_ins
    assert str(stored.values[Series("pain_average")]) == "6.859999999999999"


def test_that_the_first_value_of_a_trial_day_fixes_the_criteria(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8)
    assert clinic.stored(trial).criteria_text == ""
    clinic.on(2)
    clinic.check_in(trial, 1)
    fixed = clinic.stored(trial)
    assert fixed.criteria_text == clinic.session.library_texts["general-50"]
    assert fixed.criteria_version == clinic.session.library["general-50"].version
    clinic.on(3)
    clinic.check_in(trial, 2)
    assert clinic.stored(trial) == fixed


def test_that_the_draft_goes_with_the_check_in(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    keep_draft(clinic.session, key="check_in:1", patient_id=trial.patient_id, payload="{}")
    keep_draft(clinic.session, key="check_in:2", patient_id=None, payload="{}")
    with pytest.raises(FieldError):
        clinic.check_in(trial, 1, pain(11), draft_key="check_in:1")
    assert len(drafts(clinic.session)) == 2
    clinic.check_in(trial, 1, draft_key="check_in:1")
    assert [draft.key for draft in drafts(clinic.session)] == ["check_in:2"]


def test_that_a_retry_after_a_crash_is_the_same_check_in(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    form = command(trial, 1)
    first = record_check_in(clinic.session, form)
    clinic.clock.advance(timedelta(minutes=1))
    again = record_check_in(clinic.session, form)
    assert again == first
    assert len(clinic.review(trial).check_ins) == 1
    with pytest.raises(UserError):
        record_check_in(clinic.session, replace(form, values=pain(9)))


def test_that_a_day_is_not_recorded_twice(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    clinic.check_in(trial, 1)
    with pytest.raises(ConflictError, match="already has a check-in"):
        clinic.check_in(trial, 1)


def test_that_a_check_in_is_one_commit_with_its_audit_row(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    before = len(clinic.actions(trial.patient_id))
    clinic.check_in(trial, 1)
    assert clinic.actions(trial.patient_id)[before:] == [
        ("insert", "check_in"),
        ("update", "trial"),
    ]


def test_that_the_time_of_the_call_and_the_caller_are_recorded(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2, "09:41")
    stored = clinic.check_in(trial, 1)
    assert stored.recorded_at == clinic.instant("2026-11-17T09:41")
    assert stored.recorded_by == clinic.session.account.id


def test_that_missed_days_close_and_are_listed_as_missed(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(4)
    declare_missed(clinic.session, trial.id, [day(1), day(2), day(1)])
    declare_missed(clinic.session, trial.id, [day(1)])
    row = clinic.row(trial)
    assert row is not None
    assert row.due_days == (day(3),)
    assert [str(mark) for mark in row.marks[:3]] == ["missed", "missed", "open"]


@pytest.mark.parametrize("number", [-1, 5])
def test_that_a_day_outside_is_not_declared_missed(clinic: Clinic, number: int) -> None:
    trial = clinic.trial()
    clinic.on(4)
    with pytest.raises(FieldError):
        declare_missed(clinic.session, trial.id, [day(1), day(number)])
    assert clinic.review(trial).check_ins == ()


def test_that_a_recorded_day_is_not_declared_missed(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(4)
    clinic.check_in(trial, 2)
    with pytest.raises(ConflictError):
        declare_missed(clinic.session, trial.id, [day(1), day(2)])
    assert len(clinic.review(trial).check_ins) == 1


def test_that_a_missed_day_is_not_simply_recorded(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(4)
    declare_missed(clinic.session, trial.id, [day(1)])
    with pytest.raises(ConflictError, match="declared missed"):
        clinic.check_in(trial, 1)


def test_that_an_unknown_trial_is_said(clinic: Clinic) -> None:
    trial = replace(clinic.trial(), id=uuid4())
    with pytest.raises(UserError):
        clinic.check_in(trial, 0)
