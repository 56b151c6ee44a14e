"""The pages of the new-trial form: which fields stand where, in the words of the clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.patient import Sex
from scs_trial.domain.trial import Indication, LeadKind, Maker, TreatmentKind
from scs_trial.ui.widgets.field_form import FieldKind, FieldSpec

INDICATIONS: Mapping[StrEnum, str] = {
    Indication.PSPS_TYPE_2: "PSPS type 2 (formerly FBSS)",
    Indication.PSPS_TYPE_1: "PSPS type 1 / non-surgical low back pain",
    Indication.NECK_OR_ARM: "Neck or arm pain",
    Indication.CRPS_1: "CRPS I",
    Indication.CRPS_2: "CRPS II",
    Indication.PAINFUL_DIABETIC_NEUROPATHY: "Painful diabetic neuropathy",
    Indication.SMALL_FIBRE_NEUROPATHY: "Small-fibre neuropathy",
    Indication.POST_HERPETIC_NEURALGIA: "Post-herpetic neuralgia",
    Indication.PHANTOM_OR_STUMP_PAIN: "Phantom or stump pain",
    Indication.ARACHNOIDITIS: "Arachnoiditis",
    Indication.PERIPHERAL_NERVE_INJURY: "Peripheral nerve injury",
    Indication.ANGINA: "Angina",
    Indication.LIMB_ISCHAEMIA: "Limb ischaemia",
    Indication.OTHER: "Other",
}
TREATMENTS: Mapping[TreatmentKind, str] = {
    TreatmentKind.PHYSICAL_THERAPY: "Physical therapy",
    TreatmentKind.EXERCISE: "Exercise and activity changes",
    TreatmentKind.ANTI_INFLAMMATORIES: "Anti-inflammatories",
    TreatmentKind.MUSCLE_RELAXANTS: "Muscle relaxants",
    TreatmentKind.NEUROPATHIC_AGENTS: "Neuropathic agents",
    TreatmentKind.OPIOIDS: "Opioids",
    TreatmentKind.INJECTIONS: "Injections",
    TreatmentKind.RADIOFREQUENCY: "Radiofrequency",
    TreatmentKind.SURGERY: "Surgery",
    TreatmentKind.PSYCHOLOGICAL_THERAPY: "Psychological therapy",
    TreatmentKind.NUTRITION_AND_LIFESTYLE: "Nutrition and lifestyle",
}
LEAD_KINDS: Mapping[StrEnum, str] = {
    LeadKind.PERCUTANEOUS_TEMPORARY: "Percutaneous, temporary",
    LeadKind.PERCUTANEOUS_ANCHORED: "Percutaneous, anchored",
    LeadKind.SURGICAL: "Surgical",
}
MAKERS: Mapping[StrEnum, str] = {
    Maker.ABBOTT: "Abbott",
    Maker.BOSTON_SCIENTIFIC: "Boston Scientific",
    Maker.MEDTRONIC: "Medtronic",
    Maker.NEVRO: "Nevro",
    Maker.SALUDA: "Saluda",
    Maker.BIOTRONIK: "Biotronik",
    Maker.NALU: "Nalu",
    Maker.OTHER: "Other",
}
SEXES: Mapping[StrEnum, str] = {
    Sex.NOT_RECORDED: "Not recorded",
    Sex.FEMALE: "Female",
    Sex.MALE: "Male",
    Sex.OTHER: "Other",
}
YES_NO = (("", "Not documented"), ("yes", "Yes"), ("no", "No"))
PAIN_SCALES = (
    ("pain_average", "Average pain, 0-10 (NRS)"),
    ("pain_vas", "Pain on a 100 mm line (VAS)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One step of the form: a title, one sentence of guidance, its fields."""

    key: str
    title: str
    guidance: str
    fields: tuple[FieldSpec, ...]


def pages(library: Mapping[str, Criteria]) -> tuple[Page, ...]:
    """Return the steps in their order; the criteria offered are those of the library."""
    return (_patient(), _indication(), _candidacy(), _procedure(), _trial(library))


def _choices(names: Mapping[StrEnum, str]) -> tuple[tuple[str, str], ...]:
    return tuple((member.value, name) for member, name in names.items())


def _patient() -> Page:
    return Page(
        key="patient",
        title="Patient",
        guidance="Name and MRN are needed now; everything else may follow later.",
        fields=(
            FieldSpec(name="patient.name", label="Name", hint="Family name, given name"),
            FieldSpec(name="patient.mrn", label="MRN or study number"),
            FieldSpec(name="patient.birth_date", label="Born", kind=FieldKind.DATE),
            FieldSpec(
                name="patient.sex", label="Sex", kind=FieldKind.CHOICE, choices=_choices(SEXES)
            ),
            FieldSpec(
                name="patient.telephones",
                label="Telephones",
                kind=FieldKind.LINES,
                hint="One on each line, the one to try first on top",
            ),
            FieldSpec(name="patient.best_time", label="Best time to call"),
            FieldSpec(name="patient.who_may_answer", label="Who may answer for them"),
            FieldSpec(name="patient.language", label="Language"),
            FieldSpec(name="patient.communication_needs", label="Communication needs"),
        ),
    )


def _indication() -> Page:
    return Page(
        key="indication",
        title="Indication",
        guidance="Why stimulation is tried, and what was tried before.",
        fields=(
            FieldSpec(
                name="indication",
                label="Indication",
                kind=FieldKind.CHOICE,
                choices=(("", "Not documented"), *_choices(INDICATIONS)),
            ),
            FieldSpec(name="candidacy.pain_months", label="Pain for", unit="months"),
            FieldSpec(name="history", label="History", kind=FieldKind.LINES),
            FieldSpec(name="treatments", label="Tried before", kind=FieldKind.TREATMENTS),
        ),
    )


def _candidacy() -> Page:
    return Page(
        key="candidacy",
        title="Candidacy",
        guidance="What payers and colleagues look for. Empty prints as “not documented”.",
        fields=(
            FieldSpec(
                name="candidacy.conservative_care",
                label="Conservative care completed",
                kind=FieldKind.CHOICE,
                choices=YES_NO,
            ),
            FieldSpec(
                name="candidacy.screening_on",
                label="Psychological screening on",
                kind=FieldKind.DATE,
            ),
            FieldSpec(name="candidacy.screening_by", label="Screening by"),
            FieldSpec(name="candidacy.imaging", label="Imaging"),
            FieldSpec(name="candidacy.team_decision", label="Team decision"),
            FieldSpec(
                name="candidacy.education_on", label="Patient education on", kind=FieldKind.DATE
            ),
            FieldSpec(name="candidacy.consent_on", label="Consent on", kind=FieldKind.DATE),
            FieldSpec(
                name="candidacy.anticoagulation_plan",
                label="Anticoagulation plan",
                kind=FieldKind.LINES,
                hint="As the clinic wrote it; the program stores it and computes nothing from it",
            ),
            FieldSpec(name="candidacy.anticoagulant_hold_on", label="Hold on", kind=FieldKind.DATE),
            FieldSpec(
                name="candidacy.anticoagulant_restart_on", label="Restart on", kind=FieldKind.DATE
            ),
        ),
    )


def _procedure() -> Page:
    return Page(
        key="procedure",
        title="Procedure",
        guidance="The placement date is day 0; day 1 is the first day that counts.",
        fields=(
            FieldSpec(name="trial_start", label="Placement date", kind=FieldKind.DATE),
            FieldSpec(name="procedure.operator", label="Operator"),
            FieldSpec(
                name="procedure.lead_kind",
                label="Leads placed",
                kind=FieldKind.CHOICE,
                choices=(("", "Not documented"), *_choices(LEAD_KINDS)),
            ),
            FieldSpec(name="procedure.lead_count", label="Number of leads"),
            FieldSpec(name="procedure.contacts_per_lead", label="Contacts on each"),
            FieldSpec(name="procedure.tip_level", label="Tip level", hint="e.g. T8"),
            FieldSpec(
                name="procedure.maker",
                label="Maker",
                kind=FieldKind.CHOICE,
                choices=(("", "Not documented"), *_choices(MAKERS)),
            ),
            FieldSpec(name="procedure.stimulator_serial", label="External stimulator serial"),
            FieldSpec(name="procedure.antibiotic", label="Antibiotic"),
            FieldSpec(name="procedure.complications", label="Complications", kind=FieldKind.LINES),
        ),
    )


def _trial(library: Mapping[str, Criteria]) -> Page:
    criteria = tuple(
        (item.id, f"{item.title} ({item.id} {item.version})") for item in library.values()
    )
    return Page(
        key="trial",
        title="Trial",
        guidance="Region, pain measure and criteria are fixed with the first recorded trial day.",
        fields=(
            FieldSpec(name="target_region", label="Target region", hint="e.g. low back"),
            FieldSpec(
                name="other_regions",
                label="Other regions",
                kind=FieldKind.LINES,
                hint="One on each line, e.g. left leg",
            ),
            FieldSpec(
                name="pain_measure",
                label="Pain measure",
                kind=FieldKind.CHOICE,
                choices=PAIN_SCALES,
            ),
            FieldSpec(
                name="criteria_id", label="Criteria", kind=FieldKind.CHOICE, choices=criteria
            ),
            FieldSpec(name="planned_days", label="Planned days", unit="days"),
            FieldSpec(
                name="takes_no_opioids",
                label="Takes no opioids",
                kind=FieldKind.CHOICE,
                choices=(("", "Opioids are asked each day"), ("yes", "Yes: every day holds 0 MME")),
            ),
            FieldSpec(name="goal_1", label="Patient's goal 1", hint="e.g. walk to the shop"),
            FieldSpec(name="goal_2", label="Goal 2"),
            FieldSpec(name="goal_3", label="Goal 3"),
            FieldSpec(name="measures_asked", label="Asked each day", kind=FieldKind.MEASURES),
        ),
    )
