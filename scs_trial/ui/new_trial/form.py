"""The new-trial form without a window: what was typed, what is wrong with it, what it becomes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.trial import (
    Candidacy,
    Indication,
    LeadKind,
    Maker,
    PriorTreatment,
    Procedure,
    TreatmentKind,
    Trial,
)
from scs_trial.ui.new_trial.form_texts import PAIN_MONTHS, patient_texts, trial_texts
from scs_trial.ui.numbers import whole_number

_Choice = TypeVar("_Choice", Sex, Indication, LeadKind, Maker)

LONGEST_TRIAL_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One field that keeps the form from being saved, with what to do about it."""

    field: str
    text: str


@dataclass(kw_only=True)
class NewTrialForm:
    """Everything typed so far, as text by field name; empty text means "not documented".

    Field names are those of `fields`, e.g. ``patient.name`` or ``procedure.tip_level``. Dates are
    ISO 8601, numbers are digits, choices are the values of their enum.
    """

    patient_id: UUID = field(default_factory=uuid4)
    trial_id: UUID = field(default_factory=uuid4)
    patient: Patient | None = None
    """The stored patient, when the trial is for one who is already in the record."""
    trial: Trial | None = None
    """The stored trial, when its set-up is continued."""
    texts: dict[str, str] = field(default_factory=dict)
    treatments: dict[TreatmentKind, PriorTreatment] = field(default_factory=dict)
    measures_asked: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return what was typed in a field, without outer blanks."""
        return self.texts.get(name, "").strip()

    def set_text(self, name: str, value: str) -> None:
        """Keep what was typed in a field."""
        self.texts[name] = value

    def problems(self, *, today: date) -> tuple[Problem, ...]:
        """Return every reason why the form can't be saved yet; an empty field is seldom one."""
        found = []
        if not self.text("patient.name"):
            found.append(Problem(field="patient.name", text="Enter the patient's name."))
        if not self.text("patient.mrn"):
            found.append(
                Problem(field="patient.mrn", text="Enter the MRN or study number of the patient.")
            )
        found += [
            Problem(field=name, text="Enter a date such as 2026-11-15.")
            for name in self.texts
            if name.endswith("_on") or name in _DATES
            if self.text(name) and _date(self.text(name)) is None
        ]
        found += [
            Problem(field=name, text=f"Enter a whole number from {low} to {high}.")
            for name, (low, high) in _NUMBERS.items()
            if self.text(name) and whole_number(self.text(name), low, high) is None
        ]
        born = _date(self.text("patient.birth_date"))
        if born is not None and born > today:
            found.append(
                Problem(field="patient.birth_date", text="The birth date lies in the future.")
            )
        if self._regions_repeat():
            found.append(Problem(field="other_regions", text="Each region can be named once only."))
        return tuple(found)

    def to_patient(self) -> Patient:
        """Return the patient that the form describes; call it without `problems` only."""
        base = self.patient or Patient(id=self.patient_id, name="", mrn="")
        return replace(
            base,
            name=self.text("patient.name"),
            mrn=self.text("patient.mrn"),
            birth_date=_date(self.text("patient.birth_date")),
            sex=_choice(Sex, self.text("patient.sex")) or Sex.NOT_RECORDED,
            telephones=_lines(self.text("patient.telephones")),
            best_time=self.text("patient.best_time"),
            who_may_answer=self.text("patient.who_may_answer"),
            language=self.text("patient.language"),
            communication_needs=self.text("patient.communication_needs"),
        )

    def to_trial(self) -> Trial:
        """Return the trial that the form describes; call it without `problems` only."""
        base = self.trial or Trial(id=self.trial_id, patient_id=self.patient_id)
        return replace(
            base,
            trial_start=_date(self.text("trial_start")),
            planned_days=whole_number(self.text("planned_days"), 1, LONGEST_TRIAL_DAYS) or 7,
            pain_measure=self.text("pain_measure") or "pain_average",
            target_region=self.text("target_region"),
            other_regions=_lines(self.text("other_regions")),
            criteria_id=self.text("criteria_id") or base.criteria_id,
            measures_asked=self.measures_asked,
            goals=_without_empty_tail(self.text(f"goal_{n}") for n in (1, 2, 3)),
            takes_no_opioids=self.text("takes_no_opioids") == "yes",
            indication=_choice(Indication, self.text("indication")),
            history=self.text("history"),
            prior_treatments=tuple(
                self.treatments[kind] for kind in TreatmentKind if kind in self.treatments
            ),
            candidacy=self._candidacy(),
            procedure=self._procedure(),
        )

    def to_payload(self) -> str:
        """Return the form as JSON text, to be kept as a draft."""
        return json.dumps(
            {
                "patient_id": str(self.patient_id),
                "trial_id": str(self.trial_id),
                "texts": self.texts,
                "treatments": {
                    kind: [item.from_when, item.to_when, item.result]
                    for kind, item in self.treatments.items()
                },
                "measures_asked": self.measures_asked,
            },
            sort_keys=True,
        )

    def read_payload(self, payload: str) -> None:
        """Take back what `to_payload` kept."""
        kept: dict[str, Any] = json.loads(payload)
        self.patient_id = UUID(kept["patient_id"])
        self.trial_id = UUID(kept["trial_id"])
        self.texts = dict(kept["texts"])
        self.measures_asked = tuple(kept["measures_asked"])
        self.treatments = {
            TreatmentKind(kind): PriorTreatment(
                kind=TreatmentKind(kind), from_when=start, to_when=end, result=result
            )
            for kind, (start, end, result) in kept["treatments"].items()
        }

    def _candidacy(self) -> Candidacy:
        return Candidacy(
            pain_months=whole_number(self.text("candidacy.pain_months"), *_NUMBERS[PAIN_MONTHS]),
            conservative_care_completed=_YES_NO.get(self.text("candidacy.conservative_care")),
            screening_on=_date(self.text("candidacy.screening_on")),
            screening_by=self.text("candidacy.screening_by"),
            imaging=self.text("candidacy.imaging"),
            team_decision=self.text("candidacy.team_decision"),
            education_on=_date(self.text("candidacy.education_on")),
            consent_on=_date(self.text("candidacy.consent_on")),
            anticoagulation_plan=self.text("candidacy.anticoagulation_plan"),
            anticoagulant_hold_on=_date(self.text("candidacy.anticoagulant_hold_on")),
            anticoagulant_restart_on=_date(self.text("candidacy.anticoagulant_restart_on")),
        )

    def _procedure(self) -> Procedure:
        return Procedure(
            operator=self.text("procedure.operator"),
            lead_kind=_choice(LeadKind, self.text("procedure.lead_kind")),
            lead_count=whole_number(self.text("procedure.lead_count"), 1, 4),
            contacts_per_lead=whole_number(self.text("procedure.contacts_per_lead"), 1, 32),
            tip_level=self.text("procedure.tip_level"),
            maker=_choice(Maker, self.text("procedure.maker")),
            stimulator_serial=self.text("procedure.stimulator_serial"),
            antibiotic=self.text("procedure.antibiotic"),
            complications=self.text("procedure.complications"),
        )

    def _regions_repeat(self) -> bool:
        named = [self.text("target_region"), *_lines(self.text("other_regions"))]
        folded = [name.casefold() for name in named if name]
        return len(folded) != len(set(folded))


def form_of(patient: Patient | None, trial: Trial | None) -> NewTrialForm:
    """Return a form filled with what the record holds already."""
    form = NewTrialForm(patient=patient, trial=trial)
    if patient is not None:
        form.patient_id = patient.id
        form.texts |= patient_texts(patient)
    if trial is not None:
        form.trial_id = trial.id
        form.texts |= trial_texts(trial)
        form.treatments = {item.kind: item for item in trial.prior_treatments}
        form.measures_asked = trial.measures_asked
    return form


_DATES = frozenset({"patient.birth_date", "trial_start"})
_NUMBERS: Mapping[str, tuple[int, int]] = {
    PAIN_MONTHS: (0, 1200),
    "planned_days": (1, LONGEST_TRIAL_DAYS),
    "procedure.lead_count": (1, 4),
    "procedure.contacts_per_lead": (1, 32),
}
_YES_NO = {"yes": True, "no": False}


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _choice(kind: type[_Choice], text: str) -> _Choice | None:
    return kind(text) if text in {member.value for member in kind} else None


def _without_empty_tail(goals: Iterable[str]) -> tuple[str, ...]:
    """Keep each goal at its own number: the second stays the second when the first is empty."""
    kept = list(goals)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
