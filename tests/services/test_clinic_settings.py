"""Settings, criteria files and drafts: who may change what, and what can't be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scs_trial.assemble import first_settings
from scs_trial.domain.clinic import Role
from scs_trial.errors import AccessDeniedError, FieldError, InputError, UserError
from scs_trial.services.clinic_settings import (
    clinic_settings,
    own_criteria_files,
    save_criteria,
    save_settings,
)
from scs_trial.services.keep_draft import discard_draft, drafts, keep_draft
from tests.services.clinic import ZONE, Clinic


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cut_off_hour": 24}, "cut_off_hour"),
        ({"cut_off_hour": -1}, "cut_off_hour"),
        ({"days_off": frozenset(range(1, 8))}, "days_off"),
        ({"days_off": frozenset({8})}, "days_off"),
        ({"measures_asked": ("mood",)}, "measures_asked"),
        ({"default_criteria": "nonesuch"}, "default_criteria"),
        ({"default_planned_days": 0}, "planned_days"),
        ({"after_removal_call_days": 15}, "after_removal_call_days"),
        ({"clinic_name": "x\x00"}, "clinic_name"),
    ],
)
def test_that_settings_that_can_not_be_are_refused(
    clinic: Clinic, change: dict[str, Any], field: str
) -> None:
    settings = clinic_settings(clinic.session)
    with pytest.raises(FieldError) as refused:
        save_settings(clinic.session, replace(settings, **change))
    assert refused.value.field == field
    assert clinic_settings(clinic.session) == settings


def test_that_an_unknown_zone_is_refused(clinic: Clinic) -> None:
    settings = clinic_settings(clinic.session)
    with pytest.raises(UserError, match="time zone"):
        save_settings(clinic.session, replace(settings, zone="Mars/Olympus"))


def test_that_settings_are_the_administrators_and_questions_the_clinicians(
    clinic: Clinic,
) -> None:
    settings = clinic_settings(clinic.session)
    renamed = replace(settings, clinic_name="Pain clinic")
    approved = replace(settings, safety=first_settings(ZONE).safety)
    administrator, clinician = (
        clinic.as_role(Role.ADMINISTRATOR),
        clinic.as_role(Role.CLINICIAN),
    )
    for session, wanted in ((clinician, renamed), (administrator, approved)):
        with pytest.raises(AccessDeniedError):
            save_settings(session, wanted)
    for role in (Role.NURSE, Role.CLINICIAN, Role.ADMINISTRATOR):
        save_settings(clinic.as_role(role), settings)  # nothing changes
    save_settings(administrator, renamed)
    save_settings(clinician, replace(renamed, safety=approved.safety), reason="approved")
    assert clinic_settings(clinic.session) == replace(renamed, safety=approved.safety)


def test_that_criteria_files_are_kept_and_their_faults_all_said(clinic: Clinic) -> None:
    text = clinic.session.library_texts["general-50"].replace("general-50", "ours-50")
    save_criteria(clinic.session, file_name="ours.toml", text=text, reason="our payer")
    with clinic.session.reading() as work:
        assert work.settings.criteria_files() == {"ours.toml": text}
    assert own_criteria_files(clinic.session) == {"ours.toml": text}
    assert clinic.session.library["ours-50"].id == "ours-50"
    assert clinic.session.library_texts["ours-50"] == text
    bad = text.replace('primary = "pain"', 'primary = "nonesuch"\nunknown = 1')
    with pytest.raises((InputError, FieldError)) as refused:
        save_criteria(clinic.session, file_name="bad.toml", text=bad, reason="x")
    assert "unknown" in str(refused.value)
    with pytest.raises(FieldError, match="Another file"):
        save_criteria(clinic.session, file_name="twice.toml", text=text, reason="x")
    save_criteria(clinic.session, file_name="ours.toml", text=text + "\n", reason="new version")


@pytest.mark.parametrize("name", ["ours.txt", "../ours.toml", "a/ours.toml", "/etc/ours.toml", ""])
def test_that_a_criteria_file_has_a_plain_name(clinic: Clinic, name: str) -> None:
    text = clinic.session.library_texts["general-50"]
    with pytest.raises(FieldError) as refused:
        save_criteria(clinic.session, file_name=name, text=text, reason="x")
    assert refused.value.field == "file_name"


def test_that_a_huge_criteria_file_is_refused(clinic: Clinic) -> None:
    with pytest.raises(FieldError, match="larger"):
        save_criteria(clinic.session, file_name="big.toml", text="# x\n" * 100_000, reason="x")


def test_that_drafts_are_kept_replaced_and_discarded(clinic: Clinic) -> None:
    patient = clinic.patient()
    before = clinic.actions(patient.id)
    keep_draft(clinic.session, key="a", patient_id=patient.id, payload="1")
    clinic.on(0, "09:01")
    keep_draft(clinic.session, key="b", patient_id=None, payload="2")
    clinic.on(0, "09:02")
    keep_draft(clinic.session, key="a", patient_id=patient.id, payload="3")
    assert [(draft.key, draft.payload) for draft in drafts(clinic.session)] == [
        ("a", "3"),
        ("b", "2"),
    ]
    discard_draft(clinic.session, "a")
    discard_draft(clinic.session, "a")
    assert [draft.key for draft in drafts(clinic.session)] == ["b"]
    assert clinic.actions(patient.id) == before  # a draft is no change of the record


@pytest.mark.parametrize("minutes", [0, 31])
def test_that_the_screen_locks_after_one_to_thirty_minutes(clinic: Clinic, minutes: int) -> None:
    settings = replace(clinic.session.settings(), idle_lock_minutes=minutes)
    with pytest.raises(FieldError, match="1 to 30"):
        save_settings(clinic.session, settings)
