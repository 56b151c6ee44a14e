"""What the record holds already, as the texts of the new-trial form; empty for not documented."""

from __future__ import annotations

from datetime import date

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial

PAIN_MONTHS = "candidacy.pain_months"


def patient_texts(patient: Patient) -> dict[str, str]:
    """Return the fields of a patient by their names."""
    return {
        "patient.name": patient.name,
        "patient.mrn": patient.mrn,
        "patient.birth_date": _written(patient.birth_date),
        "patient.sex": patient.sex,
        "patient.telephones": "\n".join(patient.telephones),
        "patient.best_time": patient.best_time,
        "patient.who_may_answer": patient.who_may_answer,
        "patient.language": patient.language,
        "patient.communication_needs": patient.communication_needs,
    }


def trial_texts(trial: Trial) -> dict[str, str]:
    """Return the fields of a trial's set-up by their names."""
    candidacy, procedure = trial.candidacy, trial.procedure
    care = candidacy.conservative_care_completed
    return {
        "trial_start": _written(trial.trial_start),
        "planned_days": str(trial.planned_days),
        "pain_measure": trial.pain_measure,
        "target_region": trial.target_region,
        "other_regions": "\n".join(trial.other_regions),
        "criteria_id": trial.criteria_id,
        **{f"goal_{n}": goal for n, goal in enumerate(trial.goals, start=1)},
        "takes_no_opioids": "yes" if trial.takes_no_opioids else "",
        "indication": trial.indication or "",
        "history": trial.history,
        PAIN_MONTHS: _written(candidacy.pain_months),
        "candidacy.conservative_care": {True: "yes", False: "no", None: ""}[care],
        "candidacy.screening_on": _written(candidacy.screening_on),
        "candidacy.screening_by": candidacy.screening_by,
        "candidacy.imaging": candidacy.imaging,
        "candidacy.team_decision": candidacy.team_decision,
        "candidacy.education_on": _written(candidacy.education_on),
        "candidacy.consent_on": _written(candidacy.consent_on),
        "candidacy.anticoagulation_plan": candidacy.anticoagulation_plan,
        "candidacy.anticoagulant_hold_on": _written(candidacy.anticoagulant_hold_on),
        "candidacy.anticoagulant_restart_on": _written(candidacy.anticoagulant_restart_on),
        "procedure.operator": procedure.operator,
        "procedure.lead_kind": procedure.lead_kind or "",
        "procedure.lead_count": _written(procedure.lead_count),
        "procedure.contacts_per_lead": _written(procedure.contacts_per_lead),
        "procedure.tip_level": procedure.tip_level,
        "procedure.maker": procedure.maker or "",
        "procedure.stimulator_serial": procedure.stimulator_serial,
        "procedure.antibiotic": procedure.antibiotic,
        "procedure.complications": procedure.complications,
    }


def _written(value: date | int | None) -> str:
    return "" if value is None else str(value)
