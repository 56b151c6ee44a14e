"""One trial as a FHIR R4 Bundle: a collection, or a document once it is signed and unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from uuid import uuid5

from scs_trial import __version__
from scs_trial.domain.case import Case
from scs_trial.domain.signature import Signature
from scs_trial.exchange.export_model import ExportedTrial, ExportModel
from scs_trial.exchange.fhir.code_map import CodeMap
from scs_trial.exchange.fhir.days import Terms, day_resources
from scs_trial.exchange.fhir.elements import (
    Element,
    concept,
    element,
    instant,
    named,
    reference,
    resource,
)
from scs_trial.exchange.fhir.json_text import json_text
from scs_trial.exchange.fhir.trial_parts import (
    device_resource,
    event_resources,
    medication_resources,
    patient_resource,
    procedure_resources,
)
from scs_trial.exchange.fhir.verdict_parts import (
    figure_resources,
    provenance_resource,
    report_id,
    report_resource,
)

_TEST_DATA = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    "code": "HTEST",
    "display": "test health data",
}
_PSEUDONYMISED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "PSEUDED",
    "display": "pseudonymized",
}


def write_bundles(model: ExportModel, codes: CodeMap) -> Iterator[bytes]:
    """Yield the Bundle of each trial as UTF-8; the same content gives the same bytes."""
    owners = {held.trial.id: case for case in model.cases for held in case.trials}
    for one in model.trials:
        bundle = bundle_of(model, owners[one.trial.trial.id], one, codes)
        yield (json_text(bundle) + "\n").encode()


def bundle_of(model: ExportModel, case: Case, one: ExportedTrial, codes: CodeMap) -> Element:
    """Return the Bundle of one trial.

    Parameters
    ----------
    model
        The export that the trial belongs to.
    case
        Whose trial it is.
    one
        The trial.
    codes
        Codes of measures, units and statuses.
    """
    terms = Terms(
        codes=codes,
        catalogue=model.catalogue,
        patient_id=case.patient.id,
        people={person.id: person.name for person in case.people},
    )
    made = datetime.combine(model.made_on, time(), model.zone)
    resources = _resources(model, one, case, terms, made=made.isoformat())
    signed = one.signed
    final = signed is not None and not signed.changed
    if signed is not None and final:
        resources.insert(0, _composition(one, signed.signature, terms, resources))
    trial = one.trial.trial
    return resource(
        "Bundle",
        uuid5(trial.id, "bundle"),
        meta=_marks(model),
        identifier=element(system=codes.system["trial"], value=str(trial.id)),
        type="document" if final else "collection",
        timestamp=made.isoformat() if signed is None else instant(signed.signature.at),
        entry=[{"fullUrl": f"urn:uuid:{held['id']}", "resource": held} for held in resources],
    )


def _resources(
    model: ExportModel, one: ExportedTrial, case: Case, terms: Terms, *, made: str
) -> list[Element]:
    trial = one.trial.trial
    events = [event for event in case.events if not event.entered_in_error]
    ours = [event for event in events if event.trial_id in (trial.id, None)]
    program = f"SCS Trial {__version__}"
    found = [
        patient_resource(case.patient, terms, pseudonymised=model.pseudonymised),
        device_resource(trial, terms),
        *procedure_resources(trial, terms, model.zone),
        *day_resources(one, terms),
        *medication_resources(one.trial.medication, terms),
        *event_resources(ours, terms),
        *figure_resources(one, terms),
        report_resource(one, terms),
        provenance_resource(one, terms, program=program, made=made),
    ]
    return [held for held in found if held is not None]


def _composition(
    one: ExportedTrial, signature: Signature, terms: Terms, resources: Sequence[Element]
) -> Element:
    signer = named(f"{signature.signer}, {signature.role}")
    days = [held for held in resources if held["resourceType"] == "QuestionnaireResponse"]
    return resource(
        "Composition",
        uuid5(one.trial.trial.id, f"composition {signature.version}"),
        status="amended" if signature.version > 1 else "final",
        type=concept(terms.local("thing", "trial-report"), text="Trial of spinal cord stimulation"),
        subject=terms.subject,
        date=instant(signature.at),
        author=[signer],
        title="Trial of spinal cord stimulation",
        attester=[{"mode": "legal", "time": instant(signature.at), "party": signer}],
        section=[
            {"title": "Result", "entry": [reference(report_id(one), "DiagnosticReport")]},
            *([{"title": "Check-ins", "entry": [_entry(held) for held in days]}] if days else []),
        ],
    )


def _entry(held: Element) -> Element:
    return {"reference": f"urn:uuid:{held['id']}", "type": held["resourceType"]}


def _marks(model: ExportModel) -> Element:
    security = [_PSEUDONYMISED] if model.pseudonymised else []
    return element(security=security, tag=[_TEST_DATA] if model.synthetic else [])
