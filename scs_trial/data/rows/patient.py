"""Patients and the search keys of their names."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base, flag, state
from scs_trial.domain.patient import Sex

LIVE = "entered_in_error = 0 AND merged_into IS NULL"


class PatientRow(Base):
    """One person. ``name_key``, ``mrn_key`` and ``changed_seq`` are derived."""

    __tablename__ = "patient"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    mrn: Mapped[str]
    birth_date: Mapped[date | None]
    sex: Mapped[Sex] = state(Sex, "sex")
    telephones: Mapped[tuple[str, ...]]
    best_time: Mapped[str]
    who_may_answer: Mapped[str]
    language: Mapped[str]
    communication_needs: Mapped[str]
    version: Mapped[int]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("patient.id"))
    entered_in_error: Mapped[bool] = flag("entered_in_error")
    name_key: Mapped[str]
    mrn_key: Mapped[str]
    changed_seq: Mapped[int]
    """The audit row of the last change: orders the recent patients."""

    __table_args__ = (
        CheckConstraint("version >= 1", "version"),
        CheckConstraint("merged_into <> id", "not_merged_into_itself"),
        Index("uq_patient_mrn", "mrn", unique=True, sqlite_where=text(f"{LIVE} AND mrn <> ''")),
        Index("ix_patient_mrn_key", "mrn_key", sqlite_where=text(LIVE)),
        Index("ix_patient_birth_date", "birth_date", sqlite_where=text(LIVE)),
        Index("ix_patient_changed_seq", "changed_seq", sqlite_where=text(LIVE)),
        Index(  # without the rows that a search for live patients would walk
            "ix_patient_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")
        ),
    )


class PatientNamePartRow(Base):
    """One part of a live patient's name without case and accents: found by its prefix."""

    __tablename__ = "patient_name_part"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patient.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (
        Index("ix_patient_name_part_part", "part", "patient_id"),
        {"sqlite_with_rowid": False},
    )
