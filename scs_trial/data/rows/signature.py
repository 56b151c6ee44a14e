"""Signatures with what was signed, and the amendments of signed trials; only ever added."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base, state
from scs_trial.domain.signature import Meaning


class SignatureRow(Base):
    """One signature; ``content`` is the canonical text, ``page`` the PDF as signed."""

    __tablename__ = "signature"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    check_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("check_in.id"))
    check_in_revision: Mapped[int | None]
    number: Mapped[int]
    meaning: Mapped[Meaning] = state(Meaning, "meaning")
    reason: Mapped[str]
    signer: Mapped[str]
    role: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime]
    local: Mapped[str]
    criteria: Mapped[str]
    content_digest: Mapped[str]
    audit_seq: Mapped[int]
    audit_digest: Mapped[str]
    digest: Mapped[str]
    page_digest: Mapped[str]
    content: Mapped[str]
    page: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint("number >= 1", "number"),
        Index("ix_signature_trial_id", "trial_id", "check_in_id", "number", unique=True),
    )


class AmendmentRow(Base):
    """One reason to change a signed trial."""

    __tablename__ = "amendment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    signature_version: Mapped[int]
    reason: Mapped[str]
    signer: Mapped[str]
    by: Mapped[UUID]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_amendment_trial_id", "trial_id", "at"),)
