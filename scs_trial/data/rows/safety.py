"""Safety events."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base, flag, state
from scs_trial.domain.safety import Urgency

OPEN = "resolved_at IS NULL AND entered_in_error = 0"


class SafetyEventRow(Base):
    """A finding and what was done about it."""

    __tablename__ = "safety_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"))
    trial_id: Mapped[UUID | None] = mapped_column(ForeignKey("trial.id"))
    reported_at: Mapped[datetime]
    reported_by: Mapped[UUID]
    urgency: Mapped[Urgency] = state(Urgency, "urgency")
    finding: Mapped[str]
    description: Mapped[str]
    item_id: Mapped[str | None]
    check_in_day: Mapped[date | None]
    instruction: Mapped[str]
    number: Mapped[str]
    told_who: Mapped[str]
    told_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str]
    acknowledged_at: Mapped[datetime | None]
    resolved_by: Mapped[str]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str]
    version: Mapped[int]
    entered_in_error: Mapped[bool] = flag("entered_in_error")

    __table_args__ = (
        CheckConstraint("version >= 1", "version"),
        Index("ix_safety_event_patient_id", "patient_id", "reported_at"),
        Index("ix_safety_event_trial_id", "trial_id"),
        Index("ix_safety_event_open", "reported_at", sqlite_where=text(OPEN)),
    )
