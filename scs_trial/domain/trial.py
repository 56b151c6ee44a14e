"""The clinical record of one trial: set-up, procedure, course of the trial, end, decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.diary import EndReason


class Indication(StrEnum):
    """Why stimulation is tried."""

    PSPS_TYPE_2 = "psps_type_2"
    PSPS_TYPE_1 = "psps_type_1"
    NECK_OR_ARM = "neck_or_arm"
    CRPS_1 = "crps_1"
    CRPS_2 = "crps_2"
    PAINFUL_DIABETIC_NEUROPATHY = "painful_diabetic_neuropathy"
    SMALL_FIBRE_NEUROPATHY = "small_fibre_neuropathy"
    POST_HERPETIC_NEURALGIA = "post_herpetic_neuralgia"
    PHANTOM_OR_STUMP_PAIN = "phantom_or_stump_pain"
    ARACHNOIDITIS = "arachnoiditis"
    PERIPHERAL_NERVE_INJURY = "peripheral_nerve_injury"
    ANGINA = "angina"
    LIMB_ISCHAEMIA = "limb_ischaemia"
    OTHER = "other"


class TreatmentKind(StrEnum):
    """Rungs of the prior-treatment ladder."""

    PHYSICAL_THERAPY = "physical_therapy"
    EXERCISE = "exercise"
    ANTI_INFLAMMATORIES = "anti_inflammatories"
    MUSCLE_RELAXANTS = "muscle_relaxants"
    NEUROPATHIC_AGENTS = "neuropathic_agents"
    OPIOIDS = "opioids"
    INJECTIONS = "injections"
    RADIOFREQUENCY = "radiofrequency"
    SURGERY = "surgery"
    PSYCHOLOGICAL_THERAPY = "psychological_therapy"
    NUTRITION_AND_LIFESTYLE = "nutrition_and_lifestyle"


class LeadKind(StrEnum):
    """How the trial leads were placed."""

    PERCUTANEOUS_TEMPORARY = "percutaneous_temporary"
    PERCUTANEOUS_ANCHORED = "percutaneous_anchored"
    SURGICAL = "surgical"


class Maker(StrEnum):
    """Maker of the stimulator."""

    ABBOTT = "abbott"
    BOSTON_SCIENTIFIC = "boston_scientific"
    MEDTRONIC = "medtronic"
    NEVRO = "nevro"
    SALUDA = "saluda"
    BIOTRONIK = "biotronik"
    NALU = "nalu"
    OTHER = "other"


class DecisionKind(StrEnum):
    """What the clinician decided. The program records it and never recommends it."""

    PERMANENT_IMPLANT = "permanent_implant"
    NO_IMPLANT = "no_implant"
    EXTEND = "extend"
    REPEAT = "repeat"
    OTHER_TARGET = "other_target"
    TARGETED_DRUG_DELIVERY = "targeted_drug_delivery"
    UNDECIDED = "undecided"

    @property
    def closes_trial(self) -> bool:
        """False where a decision is still to come: undecided, or the trial goes on."""
        return self not in (DecisionKind.UNDECIDED, DecisionKind.EXTEND)


class PatientWish(StrEnum):
    """Whether the patient wishes to proceed."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorTreatment:
    """One rung of the ladder, with dates as the clinic knows them (a year, a month or a day)."""

    kind: TreatmentKind
    from_when: str = ""
    to_when: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """What was established before the trial. None or empty text means "not documented"."""

    pain_months: int | None = None
    conservative_care_completed: bool | None = None
    screening_on: date | None = None
    screening_by: str = ""
    imaging: str = ""
    team_decision: str = ""
    education_on: date | None = None
    consent_on: date | None = None
    anticoagulation_plan: str = ""
    anticoagulant_hold_on: date | None = None
    anticoagulant_restart_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """Placement of the trial leads; its date is ``Trial.trial_start``."""

    operator: str = ""
    lead_kind: LeadKind | None = None
    lead_count: int | None = None
    contacts_per_lead: int | None = None
    tip_level: str = ""
    maker: Maker | None = None
    stimulator_serial: str = ""
    antibiotic: str = ""
    complications: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One trial of one patient.

    ``trial_start`` is None while the set-up is half done. ``target_region`` is the region of
    series without an item; ``other_regions`` name the items. ``criteria_text`` is the criteria
    file as it was when it was fixed to the trial, so that a later change of the library does not
    change this trial. ``measures_asked`` are catalogue codes; ``other_analgesics`` is one of
    reduced / same / increased or empty. ``lead_removed_at`` is clinic-local (naive).
    """

    id: UUID
    patient_id: UUID
    trial_start: date | None = None
    planned_days: int = 7
    pain_measure: str = "pain_average"
    target_region: str = ""
    other_regions: tuple[str, ...] = ()
    criteria_id: str = "general-50"
    criteria_version: str = ""
    criteria_text: str = ""
    measures_asked: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    takes_no_opioids: bool = False
    indication: Indication | None = None
    history: str = ""
    prior_treatments: tuple[PriorTreatment, ...] = ()
    candidacy: Candidacy = field(default_factory=Candidacy)
    procedure: Procedure = field(default_factory=Procedure)
    trial_ended: date | None = None
    end_reason: EndReason | None = None
    lead_removal_planned_at: datetime | None = None
    lead_removed_at: datetime | None = None
    awaiting_diary: bool = False
    patient_wish: PatientWish = PatientWish.NOT_ASKED
    other_analgesics: str = ""
    version: int = 1
    entered_in_error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramChange:
    """One line of the program ledger. Amplitude carries its unit (mA or V)."""

    id: UUID
    trial_id: UUID
    from_when: datetime
    """Clinic-local date and time (naive)."""
    by: str
    name: str
    waveform: str = ""
    amplitude: Decimal | None = None
    amplitude_unit: str = "mA"
    pulse_width_us: Decimal | None = None
    frequency_hz: Decimal | None = None
    paresthesia: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicationEntry:
    """One opioid of the medication list, amount per 24 h; ``unit`` is mg or mcg/h."""

    id: UUID
    trial_id: UUID
    drug: str
    amount: Decimal
    unit: str = "mg"
    from_day: date
    to_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationAnswer:
    """The clinician's answer to a confirmation that the criteria ask; the latest one counts."""

    trial_id: UUID
    name: str
    answer: bool
    by: UUID
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The clinician's decision; a later one is a new version and the old one stays."""

    id: UUID
    trial_id: UUID
    version: int
    kind: DecisionKind
    reason: str
    decider: str
    decided_at: datetime
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What followed: the implant date, or an outcome 1, 3, 6 or 12 months later."""

    id: UUID
    trial_id: UUID
    month: int
    seen_on: date
    implant_date: date | None = None
    pain: Decimal | None = None
    outcome: str = ""
    by: UUID
    at: datetime
