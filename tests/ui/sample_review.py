"""Workspace snapshots made by hand from the sample diary (synthetic), without a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.course_builder import build_course
from scs_trial.domain.criteria import Criteria
from scs_trial.domain.describe import describe
from scs_trial.domain.diary import Diary
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.domain.trial import Indication, MedicationEntry, Procedure, Trial
from scs_trial.domain.verdict_text import make_verdict
from scs_trial.services.ports import AuditHead
from scs_trial.services.review_trial import TimelineEntry, TrialReview, Workspace
from tests.domain import sample_diary as sample

PATIENT = Patient(
    id=UUID(int=5),
    name="Okafor, Grace",
    mrn="104 882",
    birth_date=date(1968, 3, 14),
    sex=Sex.FEMALE,
    telephones=("+1 555 0142",),
)
TRIAL = Trial(
    id=UUID(int=6),
    patient_id=PATIENT.id,
    trial_start=sample.START,
    target_region="low back",
    other_regions=("left leg",),
    criteria_id="relief-and-stable",
    measures_asked=sample.ASKED,
    indication=Indication.PSPS_TYPE_2,
    procedure=Procedure(operator="Dr B. Stone", lead_count=2, contacts_per_lead=8, tip_level="T8"),
    lead_removal_planned_at=datetime(2026, 11, 23, 9, 30),  # noqa: DTZ001  (clinic-local)
)
NURSE = UUID(int=7)


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001  (clinic-local)


TIMELINE = (
    TimelineEntry(at=_at(21, 9, 41), kind="call", text="Calling about day 5", who="RN Alvarez"),
    TimelineEntry(
        at=_at(20, 9, 30), kind="check_in", text="Day 4 recorded by phone, safety asked and clear"
    ),
    TimelineEntry(
        at=_at(18, 10, 15),
        kind="program",
        text="Program changed to P2 burst by device rep, tonic gave leg coverage only",
    ),
)


def emergency(**changes: object) -> SafetyEvent:
    """Return an open emergency."""
    event = SafetyEvent(
        id=UUID(int=31),
        patient_id=PATIENT.id,
        trial_id=TRIAL.id,
        reported_at=datetime(2026, 11, 21, 8, 45, tzinfo=UTC),
        reported_by=NURSE,
        urgency=Urgency.EMERGENCY,
        finding="New leg weakness, numbness or trouble walking",
        description="Left foot drags since this morning.",
        instruction="Clinician now, imaging pathway; hours matter. Keep the patient on the line.",
        number="+1 555 0100",
    )
    return replace(event, **changes)  # type: ignore[arg-type]


def review(
    given: Diary | None = None,
    *,
    trial: Trial = TRIAL,
    patient: Patient = PATIENT,
    criteria: Criteria | None = None,
    course_settings: dict[str, object] | None = None,
    **changes: object,
) -> TrialReview:
    """Return the review of a diary, as the services would make it."""
    diary = sample.diary() if given is None else given
    rule = criteria or sample.criteria(trial.criteria_id)
    evaluation = evaluate(diary, rule, sample.CATALOGUE)
    settings = sample.settings(
        target_region=trial.target_region,
        other_regions=trial.other_regions,
        asked_day=None,
        **(course_settings or {}),
    )
    made = TrialReview(
        patient=patient,
        trial=trial,
        diary=diary,
        evaluation=evaluation,
        verdict=make_verdict(
            evaluation, catalogue=sample.CATALOGUE, target_region=trial.target_region
        ),
        course=build_course(diary, evaluation, sample.CATALOGUE, settings=settings),
        check_ins=(),
        programs=sample.ledger(),
        medication=(
            MedicationEntry(
                id=UUID(int=41),
                trial_id=trial.id,
                drug="Oxycodone",
                amount=Decimal(30),
                from_day=date(2026, 11, 1),
                to_day=date(2026, 11, 16),
            ),
        ),
        confirmations=(),
        decisions=(),
        follow_ups=(),
        events=(),
        calls=(),
        timeline=TIMELINE,
        rule_text=describe(rule, sample.CATALOGUE),
        account_names={NURSE: "RN Alvarez"},
        settings=ClinicSettings(zone="Europe/Berlin"),
        audit_head=AuditHead(seq=0, digest=""),
        demo=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def workspace(shown: TrialReview | None = None, **changes: object) -> Workspace:
    """Return the workspace of a patient with one trial."""
    open_review = review() if shown is None else shown
    made = Workspace(
        patient=open_review.patient,
        trials=(open_review.trial,),
        review=open_review,
        open_red_flags=(),
        similar=(),
        today=sample.TODAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]
