"""Ending, reopening and extending a trial. Sources: the product design, screen 6; the evaluation
specification, section 1."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from scs_trial.domain.diary import EndReason
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import PatientWish, Trial
from scs_trial.errors import ConflictError, FieldError
from scs_trial.services.manage_trial import (
    EndTrial,
    diary_arrived,
    end_trial,
    offered_last_full_day,
    reopen_trial,
)
from scs_trial.services.record_check_in import declare_missed
from tests.services.clinic import START, Clinic, day, pain


def end(clinic: Clinic, trial: Trial, number: int, **fields: Any) -> Trial:
    given = {"reason": EndReason.PLANNED, "version": clinic.stored(trial).version, **fields}
    return end_trial(
        clinic.session, EndTrial(trial_id=trial.id, last_full_day=day(number), **given)
    )


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("fields", "today", "offered"),
    [
        ({}, 8, 7),  # the planned last day has passed
        ({}, 5, 4),  # ended early: yesterday was the last full day
        ({}, 0, 0),
        ({"lead_removal_planned_at": local("2026-11-21T09:30")}, 6, 5),  # the day before removal
        ({"lead_removed_at": local("2026-11-21T09:30")}, 8, 5),
        ({"lead_removal_planned_at": local("2026-11-25T09:30")}, 6, 6),  # never a day to come
    ],
)
def test_that_the_last_full_day_is_offered(
    fields: dict[str, Any], today: int, offered: int
) -> None:
    trial = Trial(id=uuid4(), patient_id=uuid4(), trial_start=START, **fields)
    assert offered_last_full_day(trial, day(today)) == day(offered)


def test_that_the_removal_is_a_time_of_its_own_and_drags_no_half_day_in(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    for number in range(1, 9):
        clinic.on(number, "22:00").check_in(trial, number, pain(4 if number < 8 else 10))
    clinic.on(8, "23:00")
    end(clinic, trial, 7, lead_removed_at=local("2026-11-23T09:30"), patient_wish=PatientWish.YES)
    found = clinic.review(trial)
    assert found.evaluation is not None
    assert found.evaluation.primary.value == 50
    assert "outside_window" in {one.code for one in found.evaluation.cautions}
    assert found.trial.patient_wish is PatientWish.YES


@pytest.mark.parametrize(
    ("number", "fields", "field"),
    [
        (-1, {}, "last_full_day"),
        (9, {}, "last_full_day"),
        (7, {"lead_removed_at": local("2026-11-21T09:30")}, "lead_removed_at"),
        (7, {"lead_removed_at": local("2026-11-23T09:30")}, "lead_removed_at"),  # later today
        (7, {"measures": (("pgic", Decimal(8)),)}, "pgic"),
        (7, {"measures": (("nonesuch", Decimal(8)),)}, "nonesuch"),
    ],
)
def test_that_an_end_that_can_not_be_is_refused(
    clinic: Clinic, number: int, fields: dict[str, Any], field: str
) -> None:
    trial = clinic.trial()
    clinic.on(8, "09:00")
    with pytest.raises(FieldError) as refused:
        end(clinic, trial, number, **fields)
    assert refused.value.field == field
    assert clinic.stored(trial).trial_ended is None


def test_that_a_lead_may_be_removed_late_on_the_last_full_day(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8)
    removed = local("2026-11-22T20:00")
    assert end(clinic, trial, 7, lead_removed_at=removed).lead_removed_at == removed


def test_that_a_trial_without_a_placement_is_not_ended(clinic: Clinic) -> None:
    trial = clinic.trial(trial_start=None)
    with pytest.raises(FieldError) as refused:
        end(clinic, trial, 0)
    assert refused.value.field == "trial_start"


def test_that_two_people_do_not_end_a_trial_twice(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8)
    end(clinic, trial, 7)
    with pytest.raises(ConflictError):
        end(clinic, trial, 6, version=trial.version)


def test_that_measures_of_the_end_join_the_last_days_check_in(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(7, "22:00").check_in(trial, 7, pain(3))
    clinic.on(8)
    end(clinic, trial, 7, measures=(("pgic", Decimal(2)), ("peg", Decimal("2.33"))))
    (check_in,) = clinic.review(trial).check_ins
    assert check_in.revision == 2
    assert dict(check_in.values) == pain(3, pgic=2, peg="2.33")


def test_that_measures_of_the_end_make_a_check_in_where_there_is_none(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8)
    end(clinic, trial, 7, measures=(("pgic", Decimal(2)),))
    (check_in,) = clinic.review(trial).check_ins
    assert (check_in.day, dict(check_in.values)) == (day(7), {Series("pgic"): Decimal(2)})
    assert clinic.stored(trial).criteria_text  # the first value of a trial day


def test_that_the_end_and_its_measures_are_one_transaction(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8)
    declare_missed(clinic.session, trial.id, [day(7)])
    with pytest.raises(ConflictError, match="declared missed"):
        end(clinic, trial, 7, measures=(("pgic", Decimal(2)),))
    assert clinic.stored(trial).trial_ended is None


def test_that_a_trial_may_end_on_the_day_of_placement(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(1)
    end(clinic, trial, 0, reason=EndReason.TECHNICAL)
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert evaluation.day_states == {}


def test_that_reopening_takes_the_end_back_and_says_why(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8)
    end(clinic, trial, 7, lead_removed_at=local("2026-11-23T08:00"))
    reopened = reopen_trial(clinic.session, trial.id, planned_days=10, reason="lead still in")
    assert (reopened.trial_ended, reopened.end_reason, reopened.lead_removed_at) == (None,) * 3
    assert reopened.planned_days == 10
    row = clinic.row(trial)
    assert row is not None
    assert row.due_days == tuple(day(number) for number in range(1, 8))


@pytest.mark.parametrize(("days", "reason"), [(0, "x"), (61, "x"), (9, "")])
def test_that_an_extension_has_days_and_a_reason(clinic: Clinic, days: int, reason: str) -> None:
    trial = clinic.trial()
    with pytest.raises(FieldError):
        reopen_trial(clinic.session, trial.id, planned_days=days, reason=reason)


def test_that_a_settled_verdict_reopens_when_the_trial_is_extended(clinic: Clinic) -> None:
    trial = clinic.trial(planned_days=3)
    clinic.baseline(trial, 8, 8, 8)
    for number in (1, 2, 3):
        clinic.on(number + 1).check_in(trial, number, pain(2))
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert evaluation.settled
    reopen_trial(clinic.session, trial.id, planned_days=9, reason="second program")
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert not evaluation.settled


def test_that_an_awaited_diary_is_cleared_by_name_and_date(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8)
    end(clinic, trial, 7, awaiting_diary=True)
    clinic.on(10)
    assert not diary_arrived(clinic.session, trial.id).awaiting_diary
    assert not diary_arrived(clinic.session, trial.id).awaiting_diary
    with clinic.session.reading() as work:
        newest = work.audit.of_patient(trial.patient_id)[0]
    assert newest.reason == f"no diary awaited any longer, Anna, {date(2026, 11, 25)}"


def test_that_days_after_the_lead_was_removed_are_refused(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8, "12:00")
    end(clinic, trial, 7, lead_removed_at=local("2026-11-23T09:30"))
    clinic.on(10)
    clinic.check_in(trial, 8)  # the day of the removal itself
    with pytest.raises(FieldError, match="removed before"):
        clinic.check_in(trial, 9)
