"""The append-only audit trail."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base


class AuditRow(Base):
    """One row of the trail; ``digest`` covers every other column and the digest before."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID]
    workstation: Mapped[str]
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[str]
    entity_version: Mapped[int | None]
    """The version that the change makes; a row that is no change has none."""
    patient_id: Mapped[UUID | None]
    reason: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    prev: Mapped[str]
    digest: Mapped[str]

    __table_args__ = (
        CheckConstraint("seq >= 1", "seq"),
        CheckConstraint("length(digest) = 64 AND length(prev) = 64", "digest"),
        Index("ix_audit_patient_id", "patient_id", "seq"),
    )
