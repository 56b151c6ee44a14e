"""Clinical entities with every field filled, for round trips."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from scs_trial.domain.check_in import CheckIn, HowObtained, SafetyAnswer, SafetyCheck
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.domain.trial import (
    Candidacy,
    Indication,
    LeadKind,
    Maker,
    PatientWish,
    PriorTreatment,
    Procedure,
    TreatmentKind,
    Trial,
)
from scs_trial.services.ports import Draft

AT = datetime(2026, 3, 9, 7, 15, 30, 123456, tzinfo=UTC)


def patient(**changes: Any) -> Patient:
    """Return a patient with every field filled."""
    full = Patient(
        id=uuid4(),
        name="Zoë Ängström-O'Neill",
        mrn=f"104 882 {uuid4().hex[:6]}",
        birth_date=date(1961, 4, 30),
        sex=Sex.FEMALE,
        telephones=("+49 30 1234", "+49 170 99"),
        best_time="after 17:00",
        who_may_answer="daughter",
        language="Greek",
        communication_needs="hard of hearing",
    )
    return replace(full, **changes)


def trial(patient_id: UUID, **changes: Any) -> Trial:
    """Return a trial with every field filled."""
    full = Trial(
        id=uuid4(),
        patient_id=patient_id,
        trial_start=date(2026, 3, 2),
        planned_days=10,
        target_region="low back",
        other_regions=("left leg", "right leg"),
        criteria_version="1",
        criteria_text='id = "general-50"\n',
        measures_asked=("pain_average", "mme"),
        goals=("walk the dog",),
        takes_no_opioids=True,
        indication=Indication.PSPS_TYPE_2,
        history="two operations",
        prior_treatments=(
            PriorTreatment(kind=TreatmentKind.OPIOIDS, from_when="2019", result="little"),
            PriorTreatment(kind=TreatmentKind.SURGERY, from_when="2020-05", to_when="2020-06"),
        ),
        candidacy=Candidacy(
            pain_months=60,
            conservative_care_completed=True,
            screening_on=date(2026, 1, 8),
            screening_by="Dr. Pavlou",
            imaging="MRI",
            team_decision="yes",
            education_on=date(2026, 1, 9),
            consent_on=date(2026, 2, 9),
            anticoagulation_plan="hold",
            anticoagulant_hold_on=date(2026, 2, 25),
            anticoagulant_restart_on=date(2026, 3, 14),
        ),
        procedure=Procedure(
            operator="Dr. Lang",
            lead_kind=LeadKind.PERCUTANEOUS_TEMPORARY,
            lead_count=2,
            contacts_per_lead=8,
            tip_level="T8",
            maker=Maker.NEVRO,
            stimulator_serial="S-1",
            antibiotic="cefazolin",
            complications="none",
        ),
        lead_removal_planned_at=datetime.fromisoformat("2026-03-12T09:00"),
        patient_wish=PatientWish.UNSURE,
        other_analgesics="same",
    )
    return replace(full, **changes)


def ended(held: Trial, on: date, **changes: Any) -> Trial:
    """Return the trial as ended."""
    removed = datetime.combine(on, time(10, 30))
    full = replace(held, trial_ended=on, end_reason=EndReason.PLANNED, lead_removed_at=removed)
    return replace(full, **changes)


def check_in(trial_id: UUID, **changes: Any) -> CheckIn:
    """Return a check-in with every field filled."""
    full = CheckIn(
        id=uuid4(),
        trial_id=trial_id,
        day=date(2026, 3, 5),
        phase=Phase.TRIAL,
        values={
            Series("pain_average"): Decimal("6.859999999999999"),
            Series("pain_average", "left leg"): Decimal("5.0"),
            Series("walking_minutes"): Decimal("0"),
        },
        stimulation_off=True,
        program="P2",
        how_obtained=HowObtained.PHONE,
        identity_confirmed=True,
        safety=SafetyCheck(
            answers=(
                SafetyAnswer(item_id="weakness", answer=False),
                SafetyAnswer(item_id="fever", answer=True),
                SafetyAnswer(item_id="rash", answer=None),
            ),
            wording_version="2026-01",
            asked_by="anna",
            asked_at=AT,
        ),
        helped="heat",
        triggered="stairs",
        note="slept badly",
        recorded_at=AT,
        recorded_by=uuid4(),
    )
    return replace(full, **changes)


def event(patient_id: UUID, trial_id: UUID | None, **changes: Any) -> SafetyEvent:
    """Return a safety event with every field filled but for its resolution."""
    full = SafetyEvent(
        id=uuid4(),
        patient_id=patient_id,
        trial_id=trial_id,
        reported_at=AT,
        reported_by=uuid4(),
        urgency=Urgency.URGENT,
        finding="fever",
        description="38.4 since the morning",
        item_id="fever",
        check_in_day=date(2026, 3, 5),
        instruction="call the clinician",
        number="1234",
        told_who="Dr. Lang",
        told_at=AT,
        acknowledged_by="Dr. Lang",
        acknowledged_at=AT,
    )
    return replace(full, **changes)


def draft(account_id: UUID, **changes: Any) -> Draft:
    """Return a draft."""
    full = Draft(
        account_id=account_id, key="check_in:1", patient_id=None, payload="{}", updated_at=AT
    )
    return replace(full, **changes)
