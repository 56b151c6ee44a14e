"""Who and what a trial is about: patient, stimulator, procedures, opioids, safety findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import MedicationEntry, Trial
from scs_trial.exchange.fhir.days import Terms
from scs_trial.exchange.fhir.elements import (
    Element,
    concept,
    day_text,
    element,
    instant,
    named,
    notes,
    period,
    quantity,
    reference,
    resource,
)
from scs_trial.reports.labels import INDICATIONS, LEAD_KINDS, MAKERS

_SEX = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.OTHER: "other", Sex.NOT_RECORDED: "unknown"}
_OUTCOME = "http://terminology.hl7.org/CodeSystem/adverse-event-outcome"
_PATCH = "mcg/h"


def patient_resource(patient: Patient, terms: Terms, *, pseudonymised: bool) -> Element:
    """Return the subject; a pseudonymised one has a study number and neither name nor contact."""
    identifier = element(system=terms.codes.system["patient"], value=patient.mrn)
    bare = resource("Patient", patient.id, identifier=[identifier], gender=_SEX[patient.sex])
    if pseudonymised:
        return bare
    telephones = [element(system="phone", value=number) for number in patient.telephones]
    return bare | element(
        name=[element(text=patient.name)],
        telecom=telephones,
        birthDate=day_text(patient.birth_date),
    )


def device_id(trial: Trial) -> UUID:
    """Return the id of the trial stimulator."""
    return uuid5(trial.id, "stimulator")


def procedure_id(trial: Trial) -> UUID:
    """Return the id of the placement of the leads."""
    return uuid5(trial.id, "placement")


def device_resource(trial: Trial, terms: Terms) -> Element:
    """Return the external stimulator of the trial."""
    held = trial.procedure
    return resource(
        "Device",
        device_id(trial),
        manufacturer="" if held.maker is None else MAKERS[held.maker],
        serialNumber=held.stimulator_serial,
        type=concept(
            terms.local("thing", "trial-stimulator"),
            text="External stimulator for a trial of spinal cord stimulation",
        ),
        patient=terms.subject,
    )


def procedure_resources(trial: Trial, terms: Terms, zone: ZoneInfo) -> Iterator[Element]:
    """Yield the placement of the leads, and their removal once it is documented."""
    held = trial.procedure
    lead = "" if held.lead_kind is None else f", {LEAD_KINDS[held.lead_kind]}"
    operator = named(held.operator)
    yield resource(
        "Procedure",
        procedure_id(trial),
        status="completed",
        code=concept(
            terms.local("thing", "lead-placement"),
            text=f"Placement of leads for a trial of spinal cord stimulation{lead}",
        ),
        subject=terms.subject,
        performedDateTime=day_text(trial.trial_start),
        performer=[{"actor": operator}] if operator else [],
        reasonCode=_indication(trial, terms),
        bodySite=[concept(text=f"Lead tip at {held.tip_level}")] if held.tip_level else [],
        complication=[concept(text=held.complications)] if held.complications.strip() else [],
        note=notes(f"Antibiotic: {held.antibiotic}" if held.antibiotic.strip() else ""),
        usedReference=[reference(device_id(trial), "Device")],
    )
    if trial.lead_removed_at is not None:
        yield resource(
            "Procedure",
            uuid5(trial.id, "removal"),
            status="completed",
            code=concept(
                terms.local("thing", "lead-removal"),
                text="Removal of the leads of a trial of spinal cord stimulation",
            ),
            subject=terms.subject,
            performedDateTime=_local(trial.lead_removed_at, zone),
        )


def medication_resources(entries: Iterable[MedicationEntry], terms: Terms) -> Iterator[Element]:
    """Yield a MedicationStatement for each opioid of the list."""
    for entry in entries:
        yield resource(
            "MedicationStatement",
            entry.id,
            status="active" if entry.to_day is None else "completed",
            medicationCodeableConcept=concept(text=entry.drug),
            subject=terms.subject,
            effectivePeriod=period(entry.from_day, entry.to_day),
            note=notes(entry.note),
            dosage=[_dosage(entry, terms)],
        )


def event_resources(events: Iterable[SafetyEvent], terms: Terms) -> Iterator[Element]:
    """Yield an AdverseEvent for each safety finding."""
    for event in events:
        code, word = ("ongoing", "Ongoing") if event.is_open else ("resolved", "Resolved")
        told = " ".join((event.description, event.resolution)).strip()
        yield resource(
            "AdverseEvent",
            event.id,
            actuality="actual",
            event=concept(text=f"{event.finding} {told}".strip()),
            subject=terms.subject,
            date=day_text(event.check_in_day),
            detected=instant(event.reported_at),
            outcome={"coding": [element(system=_OUTCOME, code=code, display=word)]},
        )


def _indication(trial: Trial, terms: Terms) -> list[Element]:
    if trial.indication is None:
        return []
    words = INDICATIONS[trial.indication]
    return [concept(terms.local("indication", trial.indication.value), text=words)]


def _dosage(entry: MedicationEntry, terms: Terms) -> Element:
    amount = quantity(entry.amount, entry.unit, terms.codes)
    if entry.unit == _PATCH:
        return {
            "text": f"{entry.amount:f} {entry.unit}",
            "doseAndRate": [{"rateQuantity": amount}],
        }
    day = {"value": Decimal(24), "unit": "h", "system": amount["system"], "code": "h"}
    return {
        "text": f"{entry.amount:f} {entry.unit} in 24 h",
        "doseAndRate": [{"rateRatio": {"numerator": amount, "denominator": day}}],
    }


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.replace(tzinfo=zone).isoformat()
