"""Imports through the assistant, and the answers that a site keeps."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base, flag


class ImportRunRow(Base):
    """One import; ``payload`` holds answers, counts, skipped rows and what was made, as JSON."""

    __tablename__ = "import_run"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source_name: Mapped[str]
    digest: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[UUID]
    profile: Mapped[str]
    payload: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None]
    undone_reason: Mapped[str]
    version: Mapped[int]

    __table_args__ = (
        CheckConstraint("version >= 1", "version"),
        Index("ix_import_run_at", "at"),
    )


class ImportProfileRow(Base):
    """Answers for files with one header; ``answers`` is JSON."""

    __tablename__ = "import_profile"

    id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    answers: Mapped[str]
    retired: Mapped[bool] = flag("retired")
    version: Mapped[int]

    __table_args__ = (CheckConstraint("version >= 1", "version"),)
