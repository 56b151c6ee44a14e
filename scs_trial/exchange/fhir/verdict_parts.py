"""What the criteria make of a trial, and who signed it: figures, report, provenance."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid5

from scs_trial.domain.criteria import Leaf, Test
from scs_trial.domain.numbers import json_number
from scs_trial.domain.result import Evaluation
from scs_trial.domain.signature import Meaning, Signature
from scs_trial.exchange.export_model import ExportedTrial
from scs_trial.exchange.fhir.code_map import Code
from scs_trial.exchange.fhir.days import Terms
from scs_trial.exchange.fhir.elements import (
    Element,
    concept,
    element,
    instant,
    named,
    period,
    quantity,
    reference,
    resource,
)
from scs_trial.reports.labels import DECISIONS, STATUSES

_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_PART = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_SIGNED = "urn:iso-astm:E1762-95:2013"
_PURPOSE = {
    Meaning.REVIEWED: ("1.2.840.10065.1.12.1.13", "Review Signature"),
    Meaning.APPROVED: ("1.2.840.10065.1.12.1.5", "Verification Signature"),
    Meaning.AMENDED: ("1.2.840.10065.1.12.1.16", "Modification Signature"),
}
"""Source: ASTM E1762-95, as listed by the value set signature-type of FHIR R4."""
_ANCHOR_DIGITS = 16
_UNITS: Mapping[Test, str] = {
    Test.IMPROVEMENT_PERCENT: "%",
    Test.IMPROVEMENT_POINTS: "points",
    Test.RECORDED_DAYS_AT_LEAST: "times",
}


def figure_resources(one: ExportedTrial, terms: Terms) -> Iterator[Element]:
    """Yield the primary figure with the baseline mean and the trial summary it is made of."""
    if one.evaluation is None:
        return
    primary = one.evaluation.primary
    for name, title, value, unit in (
        ("baseline", "Baseline mean", primary.baseline, _scale(primary.measure, terms)),
        ("trial", "Trial summary", primary.trial, _scale(primary.measure, terms)),
        ("value", "Figure tested", primary.value, _unit(primary.leaf, primary.measure, terms)),
    ):
        yield resource(
            "Observation",
            figure_id(one, name),
            status="preliminary" if one.evaluation.running else "final",
            code=concept(
                terms.local("figure", name, title),
                text=f"{title}: {primary.measure or primary.leaf.id}",
            ),
            subject=terms.subject,
            effectivePeriod=_days(one),
            valueQuantity=None if value is None else quantity(_number(value), unit, terms.codes),
            dataAbsentReason=_absent() if value is None else None,
        )


def figure_id(one: ExportedTrial, name: str) -> UUID:
    """Return the id of a figure's Observation."""
    return uuid5(one.trial.trial.id, f"figure {name}")


def report_id(one: ExportedTrial) -> UUID:
    """Return the id of the DiagnosticReport."""
    return uuid5(one.trial.trial.id, "report")


def report_resource(one: ExportedTrial, terms: Terms) -> Element | None:
    """Return the report with its conclusion and the page; None without a result."""
    result = one.evaluation
    if result is None:
        return None
    figures = [element(**reference(figure_id(one, name), "Observation")) for name in _FIGURES]
    signed = one.signed
    return resource(
        "DiagnosticReport",
        report_id(one),
        status="final" if signed is not None and not signed.changed else "preliminary",
        code=concept(
            terms.local("thing", "trial-report"),
            text="Report of a trial of spinal cord stimulation (SCS Trial Profile)",
        ),
        subject=terms.subject,
        effectivePeriod=_days(one),
        issued="" if signed is None else instant(signed.signature.at),
        result=figures,
        conclusion=_conclusion(one, result),
        conclusionCode=_conclusion_code(result, terms),
        presentedForm=_pages(one),
    )


def provenance_resource(
    one: ExportedTrial, terms: Terms, *, program: str, made: str
) -> Element | None:
    """Return who vouches for the report: the signer, or the program alone."""
    if one.evaluation is None:
        return None
    signature = None if one.signed is None else one.signed.signature
    agents = [_agent("assembler", "Assembler", program)]
    if signature is not None:
        agents.insert(0, _agent("verifier", "Verifier", f"{signature.signer}, {signature.role}"))
    return resource(
        "Provenance",
        uuid5(one.trial.trial.id, "provenance"),
        target=[reference(report_id(one), "DiagnosticReport")],
        recorded=made if signature is None else instant(signature.at),
        agent=agents,
        entity=[] if signature is None else [_anchor(signature, terms)],
        signature=[] if signature is None else [_signature(signature)],
    )


_FIGURES = ("baseline", "trial", "value")


def _scale(measure: str | None, terms: Terms) -> str:
    return "" if measure is None else terms.catalogue[measure].unit


def _unit(leaf: Leaf, measure: str | None, terms: Terms) -> str:
    return _UNITS.get(leaf.test) or _scale(measure, terms)


def _number(value: Fraction) -> Decimal:
    return Decimal(repr(json_number(value)))


def _absent() -> Element:
    return concept(Code(system=_ABSENT, code="unknown", display="Unknown"))


def _days(one: ExportedTrial) -> Element:
    start = one.diary.trial_start
    return period(start, start + timedelta(days=one.diary.last_day))


def _conclusion(one: ExportedTrial, result: Evaluation) -> str:
    status = STATUSES[result.status]
    so_far = " so far" if result.running else ""
    criteria = f"{result.criteria.id} {result.criteria.version}".strip()
    sentences = [f"Criteria {status}{so_far} ({criteria})."]
    if one.verdict is not None:
        verdict = one.verdict
        sentences += [f"{verdict.figure_caption}: {verdict.figure}.", verdict.sentence]
        sentences += [f"{caution.text}" for caution in verdict.cautions]
    decisions = sorted(one.trial.decisions, key=lambda made: made.version)
    if decisions:
        last = decisions[-1]
        who = f" by {last.decider}" if last.decider else ""
        sentences.append(f"Clinician's decision{who}: {DECISIONS[last.kind]}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _conclusion_code(result: Evaluation, terms: Terms) -> list[Element]:
    """Return the coded status; none while the trial runs, for it may still change."""
    if result.running:
        return []
    status = result.status
    local = terms.local("status", status.value, f"Criteria {STATUSES[status]}")
    return [concept(*terms.codes.status.get(status.value, ()), local)]


def _pages(one: ExportedTrial) -> list[Element]:
    if one.signed is None or not one.signed.page:
        return []
    changed = ", changed since" if one.signed.changed else ""
    return [
        element(
            contentType="application/pdf",
            data=base64.b64encode(one.signed.page).decode("ascii"),
            title=f"SCS Trial Profile as signed, version {one.signed.signature.version}{changed}",
            creation=instant(one.signed.signature.at),
        )
    ]


def _agent(code: str, display: str, who: str) -> Element:
    kind = concept(Code(system=_PART, code=code, display=display))
    return element(type=kind, who=named(who))


def _anchor(signature: Signature, terms: Terms) -> Element:
    anchor = f"{signature.audit_seq} {signature.audit_digest[:_ANCHOR_DIGITS]}"
    identifier = element(system=terms.codes.system["audit"], value=anchor)
    return {"role": "source", "what": {"identifier": identifier, "display": "Audit trail"}}


def _signature(signature: Signature) -> Element:
    code, display = _PURPOSE[signature.meaning]
    return element(
        type=[element(system=_SIGNED, code=code, display=display)],
        when=signature.local,
        who=named(signature.signer),
        sigFormat="text/plain",
        data=base64.b64encode(signature.digest.encode("ascii")).decode("ascii"),
    )
