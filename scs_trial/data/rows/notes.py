"""What belongs to a trial and is only ever added."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base, flag, state
from scs_trial.data.types import LocalTime
from scs_trial.domain.check_in import CallOutcome
from scs_trial.domain.trial import DecisionKind


class CallRow(Base):
    """One call attempt."""

    __tablename__ = "call"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    about_day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[UUID]
    outcome: Mapped[CallOutcome] = state(CallOutcome, "outcome")
    call_back_at: Mapped[datetime | None]
    note: Mapped[str]

    __table_args__ = (Index("ix_call_trial_id", "trial_id", "at"),)


class ProgramChangeRow(Base):
    """One line of the program ledger."""

    __tablename__ = "program_change"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    from_when: Mapped[datetime] = mapped_column(LocalTime)
    by: Mapped[str]
    name: Mapped[str]
    waveform: Mapped[str]
    amplitude: Mapped[Decimal | None]
    amplitude_unit: Mapped[str]
    pulse_width_us: Mapped[Decimal | None]
    frequency_hz: Mapped[Decimal | None]
    paresthesia: Mapped[bool | None] = flag("paresthesia", nullable=True)
    reason: Mapped[str]

    __table_args__ = (Index("ix_program_change_trial_id", "trial_id", "from_when"),)


class MedicationRow(Base):
    """One opioid of the medication list; ending it is its next version."""

    __tablename__ = "medication"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    drug: Mapped[str]
    amount: Mapped[Decimal]
    unit: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    note: Mapped[str]
    version: Mapped[int]

    __table_args__ = (
        CheckConstraint("version >= 1", "version"),
        Index("ix_medication_trial_id", "trial_id", "from_day"),
    )


class ConfirmationRow(Base):
    """One answer to a confirmation; the latest of each name counts."""

    __tablename__ = "confirmation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    name: Mapped[str]
    answer: Mapped[bool] = flag("answer")
    by: Mapped[UUID]
    at: Mapped[datetime]
    note: Mapped[str]
    seq: Mapped[int]
    """The audit row: orders answers of the same instant."""

    __table_args__ = (Index("ix_confirmation_trial_id", "trial_id", "seq"),)


class DecisionRow(Base):
    """One version of the clinician's decision."""

    __tablename__ = "decision"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    number: Mapped[int]
    kind: Mapped[DecisionKind] = state(DecisionKind, "kind")
    reason: Mapped[str]
    decider: Mapped[str]
    decided_at: Mapped[datetime]
    by: Mapped[UUID]

    __table_args__ = (
        CheckConstraint("number >= 1", "number"),
        UniqueConstraint("trial_id", "number"),
    )


class FollowUpRow(Base):
    """What followed the trial."""

    __tablename__ = "follow_up"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    month: Mapped[int]
    seen_on: Mapped[date]
    implant_date: Mapped[date | None]
    pain: Mapped[Decimal | None]
    outcome: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("month >= 0", "month"),
        Index("ix_follow_up_trial_id", "trial_id", "at"),
    )
