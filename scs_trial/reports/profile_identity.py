"""Who is meant, what was done, and what was established before the trial."""

from __future__ import annotations

from collections.abc import Iterator

from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.trial import Candidacy, PriorTreatment, Procedure, Trial
from scs_trial.reports.labels import (
    INDICATIONS,
    LEAD_KINDS,
    MAKERS,
    NOT_DOCUMENTED,
    TREATMENTS,
    count_words,
    date_words,
    months_words,
)
from scs_trial.reports.profile_types import Labelled
from scs_trial.services.review_trial import TrialReview

_SEX = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.OTHER: "other", Sex.NOT_RECORDED: "sex not documented"}


def identity_line(review: TrialReview, *, private: bool = False) -> str:
    """Return who is meant, for the foot of every sheet."""
    patient = review.patient
    if private:
        return f"study number {patient.name}"
    return f"{patient.name} · born {date_words(patient.birth_date)} · {patient.mrn}"


def identity(review: TrialReview, *, days: str, private: bool = False) -> tuple[Labelled, ...]:
    """Return the eight entries at the head of the page; ``days`` says how far the trial is."""
    trial = review.trial
    placed = [date_words(trial.trial_start), trial.procedure.operator]
    return (
        *_who(review.patient, private=private),
        Labelled(label="Indication", text=_or_missing(_indication(trial))),
        Labelled(label="Target region", text=_or_missing(_regions(trial))),
        Labelled(label="Placed", text=", ".join(part for part in placed if part)),
        Labelled(label="Trial", text=days),
        Labelled(label="Leads", text=_or_missing(_leads(trial.procedure))),
        Labelled(label="Criteria", text=_criteria(review)),
    )


def _who(patient: Patient, *, private: bool) -> tuple[Labelled, Labelled]:
    if private:
        return (
            Labelled(label="Study number", text=patient.name),
            Labelled(label="Sex", text=_SEX[patient.sex]),
        )
    born = f"{date_words(patient.birth_date)} · {_SEX[patient.sex]} · {patient.mrn}"
    return (
        Labelled(label="Patient", text=patient.name),
        Labelled(label="Born · sex · MRN", text=born),
    )


def _or_missing(text: str) -> str:
    return text or NOT_DOCUMENTED


def _indication(trial: Trial) -> str:
    return INDICATIONS[trial.indication] if trial.indication is not None else ""


def _regions(trial: Trial) -> str:
    if not trial.other_regions:
        return trial.target_region
    return f"{_or_missing(trial.target_region)}; also {', '.join(trial.other_regions)}"


def _leads(procedure: Procedure) -> str:
    count, contacts = procedure.lead_count, procedure.contacts_per_lead
    number = ""
    if count is not None:
        number = f"{count} × {contacts}" if contacts is not None else count_words(count, "lead")
    elif contacts is not None:
        number = f"{contacts} contacts each"
    kind = LEAD_KINDS[procedure.lead_kind] if procedure.lead_kind is not None else ""
    tip = f"tip {procedure.tip_level}" if procedure.tip_level else ""
    maker = MAKERS[procedure.maker] if procedure.maker is not None else ""
    return ", ".join(part for part in (f"{number} {kind}".strip(), tip, maker) if part)


def _criteria(review: TrialReview) -> str:
    if review.evaluation is not None:
        criteria = review.evaluation.criteria
        return f"{criteria.id} {criteria.version}"
    return f"{review.trial.criteria_id} {review.trial.criteria_version}".strip()


def before_the_trial(trial: Trial) -> tuple[str, ...]:
    """Return what was established before the trial, "not documented" where nothing is."""
    candidacy = trial.candidacy
    months = candidacy.pain_months
    return (
        f"pain {months_words(months)}"
        if months is not None
        else f"months of pain {NOT_DOCUMENTED}",
        _conservative_care(candidacy, trial.prior_treatments),
        f"psychological screening {_screening(candidacy)}",
        f"consent {date_words(candidacy.consent_on)}",
        f"education {date_words(candidacy.education_on)}",
        *where_given("history", trial.history),
        *where_given("imaging", candidacy.imaging),
        *where_given("team decision", candidacy.team_decision),
        *_anticoagulation(candidacy),
        *where_given("antibiotic", trial.procedure.antibiotic),
    )


def _conservative_care(candidacy: Candidacy, treatments: tuple[PriorTreatment, ...]) -> str:
    completed = {True: "completed", False: "not completed", None: ""}
    state = completed[candidacy.conservative_care_completed]
    if not treatments:
        return f"conservative care {state or NOT_DOCUMENTED}" + (
            ", treatments not documented" if state else ""
        )
    listed = "; ".join(treatment_words(treatment) for treatment in treatments)
    return f"conservative care{f' {state}' if state else ''}: {listed}"


def treatment_words(treatment: PriorTreatment) -> str:
    """Return a prior treatment with its dates and result."""
    span = treatment.from_when
    if treatment.to_when and treatment.to_when != treatment.from_when:
        span = f"{treatment.from_when}–{treatment.to_when}"
    result = f" ({treatment.result})" if treatment.result else ""
    return f"{TREATMENTS[treatment.kind]} {span or 'without date'}{result}"


def _screening(candidacy: Candidacy) -> str:
    day = date_words(candidacy.screening_on)
    if not candidacy.screening_by:
        return day
    return (
        f"{day if candidacy.screening_on is not None else 'without date'}, {candidacy.screening_by}"
    )


def where_given(label: str, text: str) -> Iterator[str]:
    """Yield an entry with its label where there is one."""
    if text:
        yield f"{label}: {text}"


def _anticoagulation(candidacy: Candidacy) -> Iterator[str]:
    hold, restart = candidacy.anticoagulant_hold_on, candidacy.anticoagulant_restart_on
    parts = [candidacy.anticoagulation_plan]
    parts += [f"held from {date_words(hold)}"] if hold is not None else []
    parts += [f"restart {date_words(restart)}"] if restart is not None else []
    yield from where_given("anticoagulation", ", ".join(part for part in parts if part))
