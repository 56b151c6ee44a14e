"""Corrections are revisions with a reason; retracted and moved check-ins stay in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scs_trial.domain.clinic import Role
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.errors import ConflictError, FieldError
from scs_trial.services.accounts import add_account
from scs_trial.services.record_check_in import (
    check_in_history,
    correct_check_in,
    declare_missed,
    move_check_in,
    retract_check_in,
)
from scs_trial.services.review_trial import preview_check_in
from tests.services.clinic import Clinic, command, day, pain


def test_that_a_correction_keeps_the_old_answers_and_the_time_of_the_call(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    first = clinic.check_in(trial, 1, pain(4))
    clinic.on(3)
    again = correct_check_in(
        clinic.session,
        command(trial, 1, pain(6), id=first.id),
        revision=first.revision,
        reason="patient called back",
    )
    assert again.revision == 2
    assert again.recorded_at == first.recorded_at
    assert again.revised_at == clinic.clock.now()
    assert again.reason == "patient called back"
    history = check_in_history(clinic.session, first.id)
    assert [dict(entry.values) for entry in history] == [pain(4), pain(6)]
    assert clinic.review(trial).check_ins == (again,)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 4001, "a\x00b"])
def test_that_a_correction_needs_a_reason(clinic: Clinic, reason: str) -> None:
    trial = clinic.trial()
    clinic.on(2)
    first = clinic.check_in(trial, 1)
    with pytest.raises(FieldError) as refused:
        correct_check_in(clinic.session, command(trial, 1, id=first.id), revision=1, reason=reason)
    assert refused.value.field == "reason"


@pytest.mark.parametrize(("minutes", "enough"), [(0, True), (15, True), (16, False)])
def test_that_typing_error_is_reason_enough_for_a_quarter_of_an_hour(
    clinic: Clinic, minutes: int, *, enough: bool
) -> None:
    trial = clinic.trial()
    clinic.on(2)
    first = clinic.check_in(trial, 1)
    clinic.clock.advance(timedelta(minutes=minutes))
    form = command(trial, 1, pain(5), id=first.id)
    if enough:
        assert correct_check_in(
            clinic.session, form, revision=1, reason="typing error"
        ).values == pain(5)
    else:
        with pytest.raises(FieldError, match="within 15 minutes"):
            correct_check_in(clinic.session, form, revision=1, reason="typing error")


def test_that_somebody_elses_typing_error_is_none(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    first = clinic.check_in(trial, 1)
    added = add_account(clinic.session, user_name="bo", display_name="Bo", roles=[Role.NURSE])
    other = replace(clinic.session, account=added.account)
    with pytest.raises(FieldError, match="same person"):
        correct_check_in(other, command(trial, 1, id=first.id), revision=1, reason="typing error")


def test_that_two_people_do_not_overwrite_each_other(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    first = clinic.check_in(trial, 1)
    form = command(trial, 1, pain(5), id=first.id)
    correct_check_in(clinic.session, form, revision=1, reason="one")
    with pytest.raises(ConflictError):
        correct_check_in(clinic.session, replace(form, values=pain(9)), revision=1, reason="two")
    (stored,) = clinic.review(trial).check_ins
    assert stored.values[Series("pain_average")] == 5


def test_that_a_correction_is_checked_like_a_new_check_in(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    first = clinic.check_in(trial, 1)
    with pytest.raises(FieldError):
        correct_check_in(
            clinic.session,
            command(trial, 1, pain("10.5"), id=first.id),
            revision=1,
            reason="heard wrong",
        )


def test_that_a_correction_does_not_move_the_day(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(3)
    first = clinic.check_in(trial, 1)
    with pytest.raises(FieldError, match="Move"):
        correct_check_in(
            clinic.session, command(trial, 2, id=first.id), revision=1, reason="wrong day"
        )


def test_that_an_answer_for_a_missed_day_was_captured_now(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    clinic.on(2)
    declare_missed(clinic.session, trial.id, [day(1)])
    missed = clinic.review(trial).check_ins[-1]
    clinic.on(6)
    stored = correct_check_in(
        clinic.session,
        command(trial, 1, pain(3), id=missed.id),
        revision=1,
        reason="paper diary came",
    )
    assert not stored.missed
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert "backfilled" in {caution.code for caution in evaluation.cautions}


def test_that_a_retracted_check_in_leaves_lists_and_keeps_its_history(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    first = clinic.check_in(trial, 1)
    retract_check_in(clinic.session, first.id, reason="wrong patient on the line")
    retract_check_in(clinic.session, first.id, reason="again")
    assert clinic.review(trial).check_ins == ()
    row = clinic.row(trial)
    assert row is not None
    assert row.due_days == (day(1),)
    assert [entry.entered_in_error for entry in check_in_history(clinic.session, first.id)] == [
        False,
        True,
    ]
    clinic.check_in(trial, 1, pain(2))
    assert len(clinic.review(trial).check_ins) == 1


def test_that_a_check_in_moves_to_the_right_patient(clinic: Clinic) -> None:
    wrong, right = clinic.trial(), clinic.trial(clinic.patient("Haddad, Samir"))
    clinic.on(2)
    first = clinic.check_in(wrong, 1)
    moved = move_check_in(
        clinic.session,
        first.id,
        to_trial=right.id,
        day=day(1),
        phase=Phase.TRIAL,
        reason="wrong chart open",
    )
    assert clinic.review(wrong).check_ins == ()
    assert clinic.review(right).check_ins == (moved,)
    assert clinic.stored(right).criteria_text


def test_that_a_check_in_does_not_move_onto_another(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(3)
    first = clinic.check_in(trial, 1)
    clinic.check_in(trial, 2)
    with pytest.raises(ConflictError):
        move_check_in(
            clinic.session,
            first.id,
            to_trial=trial.id,
            day=day(2),
            phase=Phase.TRIAL,
            reason="wrong day",
        )


def test_that_a_check_in_moves_only_where_its_regions_are(clinic: Clinic) -> None:
    wrong = clinic.trial(other_regions=("left leg",))
    right = clinic.trial(clinic.patient("Haddad, Samir"))
    clinic.on(2)
    first = clinic.check_in(wrong, 1, {Series("pain_average", "left leg"): pain(3).popitem()[1]})
    with pytest.raises(FieldError, match="no such region"):
        move_check_in(
            clinic.session,
            first.id,
            to_trial=right.id,
            day=day(1),
            phase=Phase.TRIAL,
            reason="wrong chart open",
        )


def test_that_a_missed_day_does_not_become_a_baseline_day(clinic: Clinic) -> None:
    wrong = clinic.trial()
    right = clinic.trial(clinic.patient("Haddad, Samir"), trial_start=day(3))
    clinic.on(4)
    declare_missed(clinic.session, wrong.id, [day(1)])
    (missed,) = clinic.review(wrong).check_ins
    with pytest.raises(FieldError, match="Only trial days"):
        move_check_in(
            clinic.session,
            missed.id,
            to_trial=right.id,
            day=day(1),
            phase=Phase.BASELINE,
            reason="wrong chart open",
        )


def test_that_a_preview_of_answers_for_a_missed_day_counts_them_as_captured_now(
    clinic: Clinic,
) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    clinic.on(2)
    declare_missed(clinic.session, trial.id, [day(1)])
    review = clinic.on(6).review(trial)
    form = command(trial, 1, pain(3), id=review.check_ins[-1].id)
    evaluation = preview_check_in(clinic.session, review, form).evaluation
    assert evaluation is not None
    assert "backfilled" in {caution.code for caution in evaluation.cautions}
