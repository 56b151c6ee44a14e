"""Safety events are durable at once, keep the clinic's words, and are closed by name and time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from scs_trial.assemble import first_settings
from scs_trial.domain.clinic import Role
from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.errors import AccessDeniedError, FieldError, UserError
from scs_trial.services.report_safety import (
    ReportSafetyEvent,
    acknowledge_event,
    describe_event,
    record_told,
    report_safety_event,
    resolve_event,
    retract_event,
)
from scs_trial.services.today import Section, today_list
from tests.services.clinic import ZONE, Clinic


@pytest.fixture
def asked(clinic: Clinic) -> Clinic:
    """Return a clinic with the shipped safety questions."""
    clinic.change_settings(safety=first_settings(ZONE).safety)
    return clinic


def report(clinic: Clinic, **fields: Any) -> SafetyEvent:
    patient_id = fields.pop("patient_id", None) or clinic.patient().id
    given = {"id": uuid4(), "trial_id": None, **fields}
    return report_safety_event(clinic.session, ReportSafetyEvent(patient_id=patient_id, **given))


def test_that_an_event_copies_the_clinics_words_as_they_are_now(asked: Clinic) -> None:
    item = next(one for one in asked.session.settings().safety.items if one.id == "weakness")
    event = report(asked, item_id="weakness", description="left foot drags")
    assert (event.urgency, event.finding) == (Urgency.EMERGENCY, item.finding)
    assert event.instruction == (item.instruction or item.says)
    assert event.reported_at == asked.clock.now()
    asked.change_settings(safety=replace(first_settings(ZONE).safety, items=()))
    with asked.session.reading() as work:
        assert work.safety.get(event.id) == event


def test_that_an_event_stands_before_any_form_is_saved(asked: Clinic) -> None:
    trial = asked.trial()
    report(asked, patient_id=trial.patient_id, trial_id=trial.id, item_id="weakness")
    assert asked.review(trial).check_ins == ()
    (row,) = today_list(asked.session).in_section(Section.SAFETY)
    assert row.badge == "Emergency"


def test_that_a_retry_is_the_same_event(asked: Clinic) -> None:
    patient = asked.patient()
    identity = uuid4()
    first = report(asked, id=identity, patient_id=patient.id, item_id="infection")
    again = report(asked, id=identity, patient_id=patient.id, item_id="infection")
    assert again == first


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"item_id": "nonesuch"}, "item_id"),
        ({"finding": "Fever"}, "urgency"),
        ({"urgency": Urgency.NOTE}, "finding"),
        ({"finding": "x" * 201, "urgency": Urgency.NOTE}, "finding"),
        ({"finding": "x", "urgency": Urgency.NOTE, "description": "\x00"}, "description"),
    ],
)
def test_that_an_event_says_what_and_how_urgent(
    asked: Clinic, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        report(asked, **fields)
    assert refused.value.field == field


def test_that_the_urgency_can_be_raised_above_the_items(asked: Clinic) -> None:
    assert report(asked, item_id="skin", urgency=Urgency.URGENT).urgency is Urgency.URGENT


def test_that_what_was_done_is_recorded_with_name_and_time(asked: Clinic) -> None:
    event = report(asked, item_id="infection")
    asked.on(0, "09:10")
    record_told(asked.session, event.id, who=" Dr Stone ")
    asked.on(0, "09:20")
    acknowledge_event(asked.session, event.id)
    describe_event(asked.session, event.id, description="38.2 at home")
    asked.on(0, "17:00")
    done = resolve_event(asked.session, event.id, resolution="wound clean, antibiotic")
    assert (done.told_who, done.told_at) == ("Dr Stone", asked.instant("2026-11-15T09:10"))
    assert (done.acknowledged_by, done.acknowledged_at) == (
        "Anna",
        asked.instant("2026-11-15T09:20"),
    )
    assert (done.resolved_by, done.resolved_at) == ("Anna", asked.instant("2026-11-15T17:00"))
    assert done.description == "38.2 at home"
    assert not done.is_open


@pytest.mark.parametrize(
    ("item_id", "may"), [("weakness", False), ("headache", False), ("skin", True), ("other", True)]
)
def test_that_a_nurse_resolves_no_red_flag(asked: Clinic, item_id: str, *, may: bool) -> None:
    event = report(asked, item_id=item_id)
    nurse = asked.as_role(Role.NURSE)
    acknowledge_event(nurse, event.id)
    if may:
        assert not resolve_event(nurse, event.id, resolution="cream").is_open
    else:
        with pytest.raises(AccessDeniedError):
            resolve_event(nurse, event.id, resolution="gone")


@pytest.mark.parametrize("act", [record_told, resolve_event])
def test_that_names_and_resolutions_are_not_empty(asked: Clinic, act: Any) -> None:
    event = report(asked, item_id="skin")
    word = {"who": " "} if act is record_told else {"resolution": ""}
    with pytest.raises(FieldError):
        act(asked.session, event.id, **word)


def test_that_a_retracted_event_leaves_the_lists(asked: Clinic) -> None:
    event = report(asked, item_id="weakness")
    retract_event(asked.session, event.id, reason="wrong patient")
    assert today_list(asked.session).rows == ()


def test_that_an_event_of_nobody_is_refused(asked: Clinic) -> None:
    with pytest.raises(UserError):
        report(asked, patient_id=uuid4(), item_id="weakness")
