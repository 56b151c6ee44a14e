"""FHIR R4 bundles from real records. Sources: HL7 FHIR R4 (4.0.1), its JSON schema (cut down in
tests/fixtures/fhir to the resources that are written, without descriptions; CC0) and the model of
fhir.resources R4B; the design's rules: every reference resolves, one subject, system and code on
each Quantity, no 24-hour answer under a past-week code."""

from __future__ import annotations

import base64
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_trial.domain.trial import MedicationEntry, Trial
from scs_trial.exchange.export_files import export_files
from scs_trial.exchange.export_model import ExportForm
from scs_trial.exchange.fhir.code_map import CodeMapError, shipped_codes, with_site_codes
from scs_trial.exchange.fhir.json_text import json_text
from scs_trial.services.export_records import ExportRequest, export_records
from scs_trial.services.session import Session
from scs_trial.services.sign_decision import amend_trial
from tests.domain.generate import CATALOGUE
from tests.exchange.cases import store_case
from tests.records import make_session
from tests.reports.test_signed_page import sign
from tests.services.clinic import Clinic
from tests.services.test_sign_decision import correction, trial

__all__ = ["clinic", "trial"]
EXAMPLES = int(os.environ.get("SCS_TRIAL_CASE_EXAMPLES", "8"))
FIXTURE = Path(__file__).parents[1] / "fixtures" / "fhir" / "r4.schema.json"
PAST_WEEK = {"75893-8", "91145-3", "91146-1", "91147-9", "91148-7"}


@cache
def validator(kind: str) -> jsonschema.Draft6Validator:
    whole = json.loads(FIXTURE.read_text())
    return jsonschema.Draft6Validator(whole | {"$ref": f"#/definitions/{kind}"})


def exported(session: Session, *, identified: bool = False, site_codes: str = "") -> list[Any]:
    request = ExportRequest(form=ExportForm.FHIR, pseudonymise=not identified)
    model = export_records(session, request)
    if not model.trials:
        return []
    files = export_files(model, ExportForm.FHIR, site_codes=site_codes)
    return [json.loads(file.data, parse_float=Decimal) for file in files]


def resources(bundle: Any, kind: str = "") -> list[Any]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in found if not kind or one["resourceType"] == kind]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from nodes(part)


def faults(bundle: Any) -> list[str]:
    """Return every rule that a bundle breaks; written apart from the program."""
    plain = json.loads(json.dumps(bundle, default=float))
    found = [
        f"{held['resourceType']}: {error.json_path} {error.message[:80]}"
        for held in (plain, *resources(plain))
        for error in validator(held["resourceType"]).iter_errors(held)
    ]
    known = [entry["fullUrl"] for entry in bundle["entry"]]
    found += ["a fullUrl stands twice"] if len(set(known)) != len(known) else []
    inside = [node["reference"] for node in nodes(bundle) if isinstance(node.get("reference"), str)]
    found += [f"{held} does not resolve" for held in inside if held not in known]
    subjects = {json.dumps(one["subject"]) for one in resources(bundle) if "subject" in one}
    found += ["several subjects"] if len(subjects) > 1 else []
    found += [
        f"{kind} without a subject"
        for one in resources(bundle)
        if (kind := one["resourceType"]) not in ("Patient", "Device", "Provenance")
        and "subject" not in one
    ]
    quantities = [
        held
        for node in nodes(bundle)
        for name, held in node.items()
        if name in ("valueQuantity", "rateQuantity", "numerator", "denominator")
    ]
    found += [
        "a Quantity without system and code"
        for held in quantities
        if not held.get("code") or held.get("system") != "http://unitsofmeasure.org"
    ]
    for one in resources(bundle, "Observation"):
        codes = [code["code"] for code in one["code"]["coding"]]
        daily = any(code in CATALOGUE and CATALOGUE[code].asked == "daily" for code in codes)
        found += ["a day under a past-week code"] if daily and PAST_WEEK & set(codes) else []
    return found


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_that_every_bundle_is_valid_and_keeps_the_rules(seed: int, identified: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        session = make_session(Path(name))
        store_case(session, seed, mrn=f"P {seed}")
        for bundle in exported(session, identified=identified):
            assert faults(bundle) == []
            Bundle.model_validate(json.loads(json.dumps(bundle, default=float)))
        assert exported(session, identified=identified) == exported(session, identified=identified)
        session.records.close()


SPOILERS: tuple[Callable[[Any], Any], ...] = (
    lambda one: one.update(status="done"),
    lambda one: one.update(unknown="x"),
    lambda one: one["valueQuantity"].pop("code"),
    lambda one: one["subject"].update(reference="urn:uuid:nobody"),
    lambda one: one["code"]["coding"].append({"code": "75893-8"}),
)


def test_that_the_rules_find_what_is_broken(clinic: Clinic, trial: Trial) -> None:
    (bundle,) = exported(clinic.session)
    assert faults(bundle) == []
    kept = json.dumps(bundle, default=float)
    for spoil in SPOILERS:
        spoiled = json.loads(kept, parse_float=Decimal)
        spoil(resources(spoiled, "Observation")[0])
        assert faults(spoiled)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def scores(bundle: Any, code: str) -> list[tuple[str, str]]:
    return [
        (one["effectiveDateTime"], str(one["valueQuantity"]["value"]))
        for one in resources(bundle, "Observation")
        if code in [held["code"] for held in one["code"]["coding"]]
    ]


def test_that_every_score_is_an_observation_of_its_day_with_its_digits(
    clinic: Clinic, trial: Trial
) -> None:
    (bundle,) = exported(clinic.session)
    with clinic.session.reading() as work:
        held = [
            (check_in.day.isoformat(), str(value))
            for check_in in work.check_ins.of_trial(trial.id)
            for series, value in check_in.values.items()
            if series.code == "pain_average"
        ]
    assert sorted(scores(bundle, "pain_average")) == sorted(held)
    assert len(resources(bundle, "QuestionnaireResponse")) == 10
    first = resources(bundle, "Observation")[0]
    (response,) = first["derivedFrom"]
    assert response["type"] == "QuestionnaireResponse"
    assert bundle["type"] == "collection"


def test_that_a_pseudonymised_bundle_names_nobody(clinic: Clinic, trial: Trial) -> None:
    sign(clinic, trial)
    patient = clinic.review(trial).patient
    (bundle,) = exported(clinic.session)
    text = json.dumps(bundle, default=str)
    for secret in (patient.name, patient.mrn, str(patient.id), str(trial.id), "Anna"):
        assert secret not in text
    (subject,) = resources(bundle, "Patient")
    assert set(subject) == {"resourceType", "id", "identifier", "gender"}
    assert bundle["meta"]["security"][0]["code"] == "PSEUDED"


def test_that_a_signed_trial_is_a_document_with_its_page(clinic: Clinic, trial: Trial) -> None:
    signature = sign(clinic, trial)
    (bundle,) = exported(clinic.session, identified=True)
    assert faults(bundle) == []
    assert bundle["type"] == "document"
    assert resources(bundle)[0]["resourceType"] == "Composition"
    (report,) = resources(bundle, "DiagnosticReport")
    assert report["status"] == "final"
    page = base64.b64decode(report["presentedForm"][0]["data"])
    with clinic.session.reading() as work:
        assert page == work.signatures.document(signature.id).page
    assert report["conclusion"].startswith("Criteria met (")
    assert [one["code"] for one in report["conclusionCode"][0]["coding"]] == ["385669000", "met"]
    (provenance,) = resources(bundle, "Provenance")
    assert provenance["agent"][0]["who"]["display"] == "Anna, clinician"
    assert provenance["signature"][0]["type"][0]["code"] == "1.2.840.10065.1.12.1.5"


def test_that_a_trial_changed_after_signing_is_no_document(clinic: Clinic, trial: Trial) -> None:
    sign(clinic, trial)
    amend_trial(clinic.session, trial.id, reason="a call was entered for the wrong day")
    correction(clinic, trial)
    (bundle,) = exported(clinic.session, identified=True)
    assert bundle["type"] == "collection"
    (report,) = resources(bundle, "DiagnosticReport")
    assert report["status"] == "preliminary"
    assert "changed since" in report["presentedForm"][0]["title"]


def test_that_a_running_trial_has_no_coded_conclusion(clinic: Clinic) -> None:
    made = clinic.trial()
    clinic.baseline(made, 8, 8, 8)
    (bundle,) = exported(clinic.session)
    assert faults(bundle) == []
    (report,) = resources(bundle, "DiagnosticReport")
    assert "conclusionCode" not in report
    assert report["conclusion"].startswith("Criteria not assessable so far")


def test_that_a_synthetic_record_is_marked(clinic: Clinic, trial: Trial) -> None:
    (bundle,) = exported(clinic.session)
    assert "tag" not in bundle["meta"]


SITE = """
[[measure.pain_average]]
system = "https://clinic.example/codes"
code = "PAIN24"
display = "Average pain, 24 hours"

[status.not_assessable]
system = "http://snomed.info/sct"
code = "373068000"
"""


def test_that_a_clinic_adds_its_codes(clinic: Clinic, trial: Trial) -> None:
    (bundle,) = exported(clinic.session, site_codes=SITE)
    assert faults(bundle) == []
    assert scores(bundle, "PAIN24") == scores(bundle, "pain_average")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("measure = 1", "measure: is no table"),
        ("[measure.x]\nsystem = 'a:b'\ncode = '1'", "measure.x: not known"),
        ("[measure.steps]\ncode = '1'", "measure.steps: needs system and code"),
        ("[measure.steps]\nsystem = 'a b:c'\ncode = '1'", "measure.steps: system is no address"),
        ("[measure.steps]\nsystem = 'a:b'\ncode = ' 1'", "measure.steps: system, code and display"),
        ("[status.maybe]\nsystem = 'a:b'\ncode = '1'", "status.maybe: not known"),
        ("[unit]\nmm = 'cm'", "unit: not known"),
        ("[measure", "it is no TOML"),
        (
            "[measure.pain_average]\nsystem = 'http://loinc.org'\ncode = '75893-8'",
            "measure.pain_average: 75893-8 asks about the past week",
        ),
    ],
)
def test_that_a_faulty_file_of_codes_is_refused_in_words(text: str, fault: str) -> None:
    with pytest.raises(CodeMapError) as caught:
        with_site_codes(shipped_codes(), text, catalogue=CATALOGUE)
    assert fault in str(caught.value)


def test_that_every_unit_of_the_catalogue_has_a_code() -> None:
    units = {measure.unit for measure in CATALOGUE.values()}
    assert units <= set(shipped_codes().unit)


def test_that_decimals_keep_their_digits_and_floats_are_refused() -> None:
    assert json_text({"a": [Decimal("4.50"), 1, True], "b": "\u201cx\u201d"}) == (
        '{\n "a": [\n  4.50,\n  1,\n  true\n ],\n "b": "\u201cx\u201d"\n}'
    )
    with pytest.raises(TypeError):
        json_text(4.5)  # type: ignore[arg-type]


def test_that_mme_from_the_medication_list_is_told_from_what_was_asked(
    clinic: Clinic, trial: Trial
) -> None:
    with clinic.session.writing() as work:
        work.notes.add_medication(
            MedicationEntry(
                id=uuid4(),
                trial_id=trial.id,
                drug="morphine",
                amount=Decimal("30.0"),
                from_day=trial.trial_start,
            )
        )
        work.commit()
    (bundle,) = exported(clinic.session)
    assert faults(bundle) == []
    derived = [
        one
        for one in resources(bundle, "Observation")
        if one.get("method", {}).get("coding", [{}])[0].get("code") == "derived"
    ]
    assert derived
    assert {str(one["valueQuantity"]["value"]) for one in derived} == {"30.0"}
    assert all("derivedFrom" not in one for one in derived)
    (statement,) = resources(bundle, "MedicationStatement")
    assert statement["dosage"][0]["text"] == "30.0 mg in 24 h"
