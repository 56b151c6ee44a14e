"""Registering, finding, merging and retracting patients."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import Urgency
from scs_trial.errors import ConflictError, FieldError, InputError, NotFoundError
from scs_trial.services.register_patient import (
    find_patients,
    merge_patients,
    retract_patient,
    save_patient,
    similar_names,
)
from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event
from tests.services.clinic import Clinic


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"mrn": " "}, "mrn"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Oka\x00for"}, "name"),
        ({"name": "Oka\nfor"}, "name"),
        ({"mrn": "1\x7f2"}, "mrn"),
        ({"telephones": ("1\x1b2",)}, "telephones"),
        ({"birth_date": date(2026, 11, 16)}, "birth_date"),
        ({"communication_needs": "x" * 4001}, "communication_needs"),
    ],
)
def test_that_fields_that_can_not_be_are_refused(
    clinic: Clinic, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        clinic.patient(**{"name": "Okafor, Grace", "mrn": "1", **fields})
    assert refused.value.field == field


@pytest.mark.parametrize(
    "name",
    [
        "<b>x</b>",
        "=1+1",
        "x" * 200,
        "\u202eAbc",
        "\u05d0\u05d1\u05d2, Dan",
        "O'Brien; DROP TABLE patient",
        "\U0001f600",
    ],
)
def test_that_hostile_names_are_kept_as_plain_text(clinic: Clinic, name: str) -> None:
    stored = clinic.patient(name)
    assert stored.name == name
    assert [hit.patient for hit in find_patients(clinic.session, "")] == [stored]


def test_that_texts_are_stored_composed_and_trimmed(clinic: Clinic) -> None:
    stored = clinic.patient("  Mu\u0308ller, Jan ", " 7 ", telephones=(" 1 ", " "))
    assert (stored.name, stored.mrn, stored.telephones) == ("Müller, Jan", "7", ("1",))


def test_that_an_mrn_belongs_to_one_patient(clinic: Clinic) -> None:
    first = clinic.patient("Okafor, Grace", "104 882")
    with pytest.raises(FieldError) as refused:
        clinic.patient("Haddad, Samir", "104 882")
    assert refused.value.field == "mrn"
    retract_patient(clinic.session, first.id, reason="typed twice")
    assert clinic.patient("Haddad, Samir", "104 882").mrn == "104 882"


def test_that_all_faults_are_said_at_once(clinic: Clinic) -> None:
    with pytest.raises(InputError) as refused:
        save_patient(clinic.session, Patient(id=uuid4(), name="", mrn=""))
    assert [fault.field for fault in refused.value.faults] == ["name", "mrn"]


def test_that_a_change_keeps_the_old_name_in_the_audit(clinic: Clinic) -> None:
    patient = clinic.patient("Okafor, Grace")
    changed = save_patient(
        clinic.session, replace(patient, name="Okafor-Hill, Grace"), reason="married"
    )
    assert changed.version == 2
    with clinic.session.reading() as work:
        newest = work.audit.of_patient(patient.id)[0]
    assert newest.old is not None
    assert "Okafor, Grace" in newest.old
    assert newest.reason == "married"


def test_that_two_people_do_not_overwrite_each_other(clinic: Clinic) -> None:
    patient = clinic.patient()
    save_patient(clinic.session, replace(patient, best_time="morning"))
    with pytest.raises(ConflictError):
        save_patient(clinic.session, replace(patient, best_time="evening"))


def test_that_a_patient_is_found_by_name_mrn_and_birth_date(clinic: Clinic) -> None:
    trial = clinic.trial(clinic.patient("Müller, Jan", "104 882", birth_date=date(1968, 3, 14)))
    clinic.patient("Haddad, Samir", "7")
    for query in ("muller", "jan mü", "104 8", "1968-03-14"):
        (hit,) = find_patients(clinic.session, query)
        assert (hit.patient.id, hit.trial_id) == (trial.patient_id, trial.id), query
    assert len(find_patients(clinic.session, " ")) == 2
    assert find_patients(clinic.session, "nobody") == []


def test_that_similar_names_come_from_running_trials(clinic: Clinic) -> None:
    trial = clinic.trial(clinic.patient("Okafor, Grace"))
    clinic.patient("Okafor, Gina")
    assert [one.id for one in similar_names(clinic.session, "Grace Okafor")] == [trial.patient_id]
    assert similar_names(clinic.session, "Grace Okafor", excluding=trial.patient_id) == ()


def test_that_merging_moves_trials_and_events_and_keeps_the_audit(clinic: Clinic) -> None:
    keep, trial = clinic.patient("Okafor, Grace"), clinic.trial(clinic.patient("Okafor, G."))
    event = report_safety_event(
        clinic.session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=trial.patient_id,
            trial_id=trial.id,
            finding="Fever",
            urgency=Urgency.URGENT,
        ),
    )
    merge_patients(clinic.session, keep=keep.id, duplicate=trial.patient_id, reason="same person")
    assert clinic.stored(trial).patient_id == keep.id
    with clinic.session.reading() as work:
        assert work.safety.get(event.id).patient_id == keep.id
    assert [hit.patient.id for hit in find_patients(clinic.session, "Okafor")] == [keep.id]
    with pytest.raises(ConflictError):
        merge_patients(clinic.session, keep=trial.patient_id, duplicate=keep.id, reason="back")
    with pytest.raises(FieldError):
        merge_patients(clinic.session, keep=keep.id, duplicate=keep.id, reason="self")


def test_that_a_retracted_patient_leaves_every_list(clinic: Clinic) -> None:
    trial = clinic.trial()
    retract_patient(clinic.session, trial.patient_id, reason="test entry")
    assert find_patients(clinic.session, "") == []
    assert clinic.stored(trial).entered_in_error
    with pytest.raises(ConflictError):
        retract_patient(clinic.session, trial.patient_id, reason="again")


def test_that_a_retry_changes_nothing(clinic: Clinic) -> None:
    patient = clinic.patient("Okafor, Grace", "1")
    before = clinic.actions(patient.id)
    assert save_patient(clinic.session, patient) == patient
    assert clinic.actions(patient.id) == before


def test_that_a_patient_who_was_taken_out_is_not_changed(clinic: Clinic) -> None:
    patient = clinic.patient("Okafor, Grace", "1")
    retract_patient(clinic.session, patient.id, reason="test entry")
    with pytest.raises(NotFoundError):
        save_patient(clinic.session, replace(patient, name="Other"))
