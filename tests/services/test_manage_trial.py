"""Setting up and changing a trial: what is fixed at the first trial-day value, and what is added.

Sources: the product design, screens 5 and 6; the evaluation specification, section 1.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from scs_trial.domain.clinic import Role
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.safety import Urgency
from scs_trial.domain.trial import (
    DecisionKind,
    FollowUp,
    MedicationEntry,
    ProgramChange,
    Trial,
)
from scs_trial.errors import AccessDeniedError, ConflictError, FieldError, UserError
from scs_trial.services.manage_trial import (
    answer_confirmation,
    change_program,
    move_trial,
    record_decision,
    record_follow_up,
    record_medication,
    retract_trial,
    save_trial,
)
from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event
from tests.services.clinic import Clinic, day, pain


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"planned_days": 0}, "planned_days"),
        ({"planned_days": 61}, "planned_days"),
        ({"target_region": "x" * 201}, "target_region"),
        ({"target_region": "back\n"}, None),  # outer white space is removed
        ({"target_region": "ba\nck"}, "target_region"),
        ({"target_region": "back", "other_regions": ("back",)}, "other_regions"),
        ({"pain_measure": "pain_worst"}, "pain_measure"),
        ({"pain_measure": "pain_vas"}, None),
        ({"criteria_id": "nonesuch"}, "criteria_id"),
        ({"measures_asked": ("mood",)}, "measures_asked"),
        ({"trial_start": None}, None),  # half done
    ],
)
def test_that_a_set_up_is_checked(
    clinic: Clinic, fields: dict[str, Any], field: str | None
) -> None:
    if field is None:
        assert clinic.trial(**fields).version == 1
    else:
        with pytest.raises(FieldError) as refused:
            clinic.trial(**fields)
        assert refused.value.field == field


def test_that_regions_are_stored_once_and_composed(clinic: Clinic) -> None:
    trial = clinic.trial(other_regions=(" left leg", "left leg ", "", "pe\u0301rone"))
    assert trial.other_regions == ("left leg", "p\u00e9rone")


def test_that_criteria_can_not_be_smuggled_in_with_a_new_trial(clinic: Clinic) -> None:
    trial = clinic.trial(criteria_text="id = 'mine'", criteria_version="9")
    assert (trial.criteria_text, trial.criteria_version) == ("", "")


def begun(clinic: Clinic, **fields: Any) -> Trial:
    """Return a trial with a value on day 1, the clock on day 2."""
    trial = clinic.trial(target_region="back", other_regions=("left leg",), **fields)
    clinic.on(2).check_in(trial, 1)
    return clinic.stored(trial)


FIXED = [
    {"target_region": "neck"},
    {"pain_measure": "pain_vas"},
    {"criteria_id": "immpact-30"},
    {"trial_start": day(-1)},
]


@pytest.mark.parametrize("change", FIXED)
def test_that_fixed_fields_need_a_clinician(clinic: Clinic, change: dict[str, Any]) -> None:
    trial = begun(clinic)
    nurse = clinic.as_role(Role.NURSE)
    with pytest.raises(AccessDeniedError):
        save_trial(nurse, replace(trial, **change), reason="wrong at set-up")
    assert clinic.stored(trial) == trial


@pytest.mark.parametrize("change", [*FIXED, {"planned_days": 9}])
def test_that_fixed_fields_and_the_planned_days_need_a_reason(
    clinic: Clinic, change: dict[str, Any]
) -> None:
    trial = begun(clinic)
    with pytest.raises(FieldError) as refused:
        save_trial(clinic.session, replace(trial, **change))
    assert refused.value.field == "reason"
    changed = save_trial(clinic.session, replace(trial, **change), reason="wrong at set-up")
    assert all(getattr(changed, name) == value for name, value in change.items())
    assert ("change", "Trial changed: wrong at set-up") in [
        (line.kind, line.text) for line in clinic.review(trial).timeline
    ]


@pytest.mark.parametrize("change", FIXED)
def test_that_anybody_changes_a_trial_that_has_not_begun(
    clinic: Clinic, change: dict[str, Any]
) -> None:
    trial = clinic.trial(target_region="back")
    clinic.baseline(trial, 8)
    nurse = clinic.as_role(Role.NURSE)
    given = {"trial_start": day(1)} if "trial_start" in change else change
    assert save_trial(nurse, replace(trial, **given)).version == 2


def test_that_new_criteria_are_fixed_with_their_text(clinic: Clinic) -> None:
    trial = begun(clinic)
    changed = save_trial(
        clinic.session, replace(trial, criteria_id="immpact-30"), reason="payer asks 30 %"
    )
    assert changed.criteria_text == clinic.session.library_texts["immpact-30"]
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert evaluation.criteria.id == "immpact-30"


def test_that_a_later_change_of_the_library_does_not_change_a_begun_trial(clinic: Clinic) -> None:
    trial = begun(clinic)
    library = {**clinic.session.library, "general-50": clinic.session.library["immpact-30"]}
    clinic.session = replace(clinic.session, library=library)
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert evaluation.criteria.id == "general-50"


def test_that_other_fields_of_a_begun_trial_change_freely(clinic: Clinic) -> None:
    trial = begun(clinic)
    nurse = clinic.as_role(Role.NURSE)
    changed = save_trial(nurse, replace(trial, goals=("walk",), other_regions=("left leg", "arm")))
    assert changed.goals == ("walk",)
    assert changed.criteria_text == trial.criteria_text


def test_that_a_region_with_values_is_not_left_out(clinic: Clinic) -> None:
    trial = begun(clinic)
    clinic.on(3).check_in(trial, 2, {Series("pain_average", "left leg"): Decimal(3)})
    with pytest.raises(FieldError) as refused:
        save_trial(clinic.session, replace(clinic.stored(trial), other_regions=()), reason="x")
    assert refused.value.field == "other_regions"


@pytest.mark.parametrize("start", [day(2), None])
def test_that_the_placement_date_does_not_pass_recorded_days(clinic: Clinic, start: Any) -> None:
    trial = begun(clinic)
    with pytest.raises(FieldError) as refused:
        save_trial(clinic.session, replace(trial, trial_start=start), reason="typed wrong")
    assert refused.value.field == "trial_start"


def test_that_the_placement_date_does_not_pass_baseline_days(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.check_in(trial, -1, phase=Phase.BASELINE)
    with pytest.raises(FieldError):
        save_trial(clinic.session, replace(trial, trial_start=day(-2)))


def test_that_the_end_is_not_set_by_saving(clinic: Clinic) -> None:
    trial = clinic.trial()
    with pytest.raises(FieldError) as refused:
        save_trial(clinic.session, replace(trial, trial_ended=day(0)))
    assert refused.value.field == "trial_ended"


def test_that_a_trial_is_moved_and_not_edited_to_another_patient(clinic: Clinic) -> None:
    trial, other = clinic.trial(), clinic.patient("Haddad, Samir")
    with pytest.raises(FieldError, match="moved"):
        save_trial(clinic.session, replace(trial, patient_id=other.id))


def test_that_two_people_do_not_overwrite_each_other(clinic: Clinic) -> None:
    trial = clinic.trial()
    save_trial(clinic.session, replace(trial, history="one"))
    with pytest.raises(ConflictError):
        save_trial(clinic.session, replace(trial, history="two"))


def test_that_a_trial_moves_with_its_events(clinic: Clinic) -> None:
    trial, other = clinic.trial(), clinic.patient("Haddad, Samir")
    kept, moved = (
        report_safety_event(
            clinic.session,
            ReportSafetyEvent(
                id=uuid4(),
                patient_id=trial.patient_id,
                trial_id=trial_id,
                finding="Fever",
                urgency=Urgency.URGENT,
            ),
        )
        for trial_id in (None, trial.id)
    )
    move_trial(clinic.session, trial.id, to_patient=other.id, reason="wrong chart")
    assert clinic.stored(trial).patient_id == other.id
    with clinic.session.reading() as work:
        assert work.safety.get(moved.id).patient_id == other.id
        assert work.safety.get(kept.id).patient_id == trial.patient_id


def test_that_a_retracted_trial_leaves_the_lists(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(2)
    retract_trial(clinic.session, trial.id, reason="wrong patient")
    retract_trial(clinic.session, trial.id, reason="again")
    assert clinic.section(trial) is None
    assert clinic.stored(trial).entered_in_error


def program(trial: Trial, **fields: Any) -> ProgramChange:
    given = {"name": "P1", "from_when": datetime.fromisoformat("2026-11-15T12:00"), "by": "rep"}
    return ProgramChange(id=uuid4(), trial_id=trial.id, **{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"amplitude_unit": "A"}, "amplitude_unit"),
        ({"amplitude": Decimal(-1)}, "amplitude"),
        ({"frequency_hz": Decimal("NaN")}, "frequency_hz"),
        ({"reason": "a\x00"}, "reason"),
    ],
)
def test_that_a_program_that_can_not_be_is_refused(
    clinic: Clinic, fields: dict[str, Any], field: str
) -> None:
    trial = clinic.trial()
    with pytest.raises(FieldError) as refused:
        change_program(clinic.session, program(trial, **fields))
    assert refused.value.field == field


def test_that_a_program_is_added_to_the_ledger(clinic: Clinic) -> None:
    trial = clinic.trial()
    change_program(clinic.session, program(trial, amplitude=Decimal("2.5"), amplitude_unit="V"))
    (stored,) = clinic.review(trial).programs
    assert (stored.amplitude, stored.amplitude_unit) == (Decimal("2.5"), "V")


def test_that_the_medication_list_becomes_the_days_mme(clinic: Clinic) -> None:
    trial = clinic.trial()
    entry = MedicationEntry(
        id=uuid4(), trial_id=trial.id, drug="oxycodone", amount=Decimal(20), from_day=day(-10)
    )
    record_medication(clinic.session, entry)
    clinic.on(2).check_in(trial, 1)
    record_medication(clinic.session, replace(entry, to_day=day(1)))
    clinic.on(3).check_in(trial, 2)
    diary = clinic.review(trial).diary
    assert diary is not None
    assert [one.values[Series("mme")] for one in diary.days] == [30, 0]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"drug": ""}, "drug"),
        ({"unit": "g"}, "unit"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"to_day": day(-11)}, "to_day"),
    ],
)
def test_that_medication_that_can_not_be_is_refused(
    clinic: Clinic, fields: dict[str, Any], field: str
) -> None:
    trial = clinic.trial()
    given = {"drug": "oxycodone", "amount": Decimal(20), "from_day": day(-10), **fields}
    with pytest.raises(FieldError) as refused:
        record_medication(clinic.session, MedicationEntry(id=uuid4(), trial_id=trial.id, **given))
    assert refused.value.field == field


def test_that_a_confirmation_counts_in_the_rule(clinic: Clinic) -> None:
    trial = clinic.trial(criteria_id="medicare-style")
    with pytest.raises(FieldError):
        answer_confirmation(clinic.session, trial.id, name="nonesuch", answer=True)
    for answer in (False, True):
        clinic.clock.move_to(clinic.clock.now().replace(minute=30 + answer))
        answer_confirmation(clinic.session, trial.id, name="functional_improvement", answer=answer)
    found = clinic.review(trial)
    assert [one.answer for one in found.confirmations] == [True]
    assert len([line for line in found.timeline if line.kind == "confirmation"]) == 2
    assert found.evaluation is not None
    confirm = next(leaf for leaf in found.evaluation.leaves if leaf.leaf.confirm)
    assert confirm.status == "met"


def test_that_each_decision_is_a_version_with_a_reason(clinic: Clinic) -> None:
    trial = clinic.trial()
    with pytest.raises(FieldError):
        record_decision(clinic.session, trial.id, kind=DecisionKind.EXTEND, reason=" ")
    record_decision(clinic.session, trial.id, kind=DecisionKind.EXTEND, reason="too early")
    record_decision(clinic.session, trial.id, kind=DecisionKind.NO_IMPLANT, reason="wish")
    found = clinic.review(trial).decisions
    assert [(one.version, one.kind) for one in found] == [(1, "extend"), (2, "no_implant")]
    assert found[1].decider == "Anna"


def follow_up(trial: Trial, **fields: Any) -> FollowUp:
    given = {"month": 3, "seen_on": day(90), "by": uuid4(), "at": datetime(2020, 1, 1, tzinfo=UTC)}
    return FollowUp(id=uuid4(), trial_id=trial.id, **{**given, **fields})


def test_that_a_follow_up_names_who_recorded_it_and_when(clinic: Clinic) -> None:
    trial = clinic.trial()
    record_follow_up(clinic.session, follow_up(trial, pain=Decimal(3)))
    (stored,) = clinic.review(trial).follow_ups
    assert (stored.by, stored.at) == (clinic.session.account.id, clinic.clock.now())


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"month": -1}, "month"), ({"month": 121}, "month"), ({"pain": Decimal(11)}, "pain")],
)
def test_that_a_follow_up_that_can_not_be_is_refused(
    clinic: Clinic, fields: dict[str, Any], field: str
) -> None:
    trial = clinic.trial()
    with pytest.raises(FieldError) as refused:
        record_follow_up(clinic.session, follow_up(trial, **fields))
    assert refused.value.field == field


def test_that_things_are_not_added_to_a_trial_that_is_not_there(clinic: Clinic) -> None:
    trial = Trial(id=uuid4(), patient_id=uuid4())
    with pytest.raises(UserError):
        change_program(clinic.session, program(trial))
    with pytest.raises(UserError):
        record_decision(clinic.session, trial.id, kind=DecisionKind.EXTEND, reason="x")


def test_that_pain_of_the_other_scale_waits_for_its_measure(clinic: Clinic) -> None:
    trial = clinic.trial(pain_measure="pain_vas")
    clinic.baseline(trial, 8)
    clinic.on(2).check_in(trial, 1, pain(4))
    evaluation = clinic.review(trial).evaluation
    assert evaluation is not None
    assert evaluation.primary.baseline is None
