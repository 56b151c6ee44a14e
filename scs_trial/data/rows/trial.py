"""Trials, with candidacy and procedure as columns of the same row."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base, flag, local_time, state
from scs_trial.domain.diary import EndReason
from scs_trial.domain.trial import Indication, LeadKind, Maker, PatientWish


class TrialRow(Base):
    """One trial. ``decided``, ``in_work`` and ``over_on`` are derived, for the lists."""

    __tablename__ = "trial"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"))
    trial_start: Mapped[date | None]
    planned_days: Mapped[int]
    pain_measure: Mapped[str]
    target_region: Mapped[str]
    other_regions: Mapped[tuple[str, ...]]
    criteria_id: Mapped[str]
    criteria_version: Mapped[str]
    criteria_text: Mapped[str]
    measures_asked: Mapped[tuple[str, ...]]
    goals: Mapped[tuple[str, ...]]
    takes_no_opioids: Mapped[bool] = flag("takes_no_opioids")
    indication: Mapped[Indication | None] = state(Indication, "indication", nullable=True)
    history: Mapped[str]
    prior_treatments: Mapped[str]
    """JSON array of objects: kind, from_when, to_when, result."""
    candidacy_pain_months: Mapped[int | None]
    candidacy_conservative_care_completed: Mapped[bool | None] = flag(
        "conservative_care_completed", nullable=True
    )
    candidacy_screening_on: Mapped[date | None]
    candidacy_screening_by: Mapped[str]
    candidacy_imaging: Mapped[str]
    candidacy_team_decision: Mapped[str]
    candidacy_education_on: Mapped[date | None]
    candidacy_consent_on: Mapped[date | None]
    candidacy_anticoagulation_plan: Mapped[str]
    candidacy_anticoagulant_hold_on: Mapped[date | None]
    candidacy_anticoagulant_restart_on: Mapped[date | None]
    procedure_operator: Mapped[str]
    procedure_lead_kind: Mapped[LeadKind | None] = state(LeadKind, "lead_kind", nullable=True)
    procedure_lead_count: Mapped[int | None]
    procedure_contacts_per_lead: Mapped[int | None]
    procedure_tip_level: Mapped[str]
    procedure_maker: Mapped[Maker | None] = state(Maker, "maker", nullable=True)
    procedure_stimulator_serial: Mapped[str]
    procedure_antibiotic: Mapped[str]
    procedure_complications: Mapped[str]
    trial_ended: Mapped[date | None]
    end_reason: Mapped[EndReason | None] = state(EndReason, "end_reason", nullable=True)
    lead_removal_planned_at: Mapped[datetime | None] = local_time()
    lead_removed_at: Mapped[datetime | None] = local_time()
    awaiting_diary: Mapped[bool] = flag("awaiting_diary")
    patient_wish: Mapped[PatientWish] = state(PatientWish, "patient_wish")
    other_analgesics: Mapped[str]
    version: Mapped[int]
    entered_in_error: Mapped[bool] = flag("entered_in_error")
    decided: Mapped[bool] = flag("decided")
    """The latest decision closes the trial (it is neither open nor an extension)."""
    in_work: Mapped[bool] = flag("in_work")
    over_on: Mapped[date | None]
    """The later of the end and the lead's removal."""

    __table_args__ = (
        CheckConstraint("version >= 1", "version"),
        CheckConstraint("planned_days >= 1", "planned_days"),
        CheckConstraint("trial_start IS NULL OR length(trial_start) = 10", "trial_start"),
        Index("ix_trial_patient_id", "patient_id", "trial_start"),
        Index("ix_trial_in_work", "trial_start", sqlite_where=text("in_work = 1")),
        Index("ix_trial_over_on", "over_on", sqlite_where=text("entered_in_error = 0")),
    )
