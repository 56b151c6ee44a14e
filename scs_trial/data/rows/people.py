"""Accounts, settings, facts about the record, half-typed forms."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base


class AccountRow(Base):
    """One person who works with the record; keys lie in the slots beside it."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_name: Mapped[str]
    user_key: Mapped[str]
    """The user name without case and accents' encoding: one account for each."""
    display_name: Mapped[str]
    roles: Mapped[tuple[str, ...]]
    version: Mapped[int]

    __table_args__ = (
        CheckConstraint("version >= 1", "version"),
        Index("uq_account_user_key", "user_key", unique=True),
    )


class ClinicSettingsRow(Base):
    """The clinic's settings, one row; earlier ones stand in the audit trail."""

    __tablename__ = "clinic_settings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payload: Mapped[str]
    version: Mapped[int]

    __table_args__ = (
        CheckConstraint("id = 1", "single"),
        CheckConstraint("version >= 1", "version"),
    )


class CriteriaFileRow(Base):
    """One of the clinic's own criteria files, as text."""

    __tablename__ = "criteria_file"

    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    version: Mapped[int]

    __table_args__ = (CheckConstraint("version >= 1", "version"),)


class RecordInfoRow(Base):
    """A fact about the record itself."""

    __tablename__ = "record_info"

    id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    version: Mapped[int]

    __table_args__ = (CheckConstraint("version >= 1", "version"),)


class DraftRow(Base):
    """A half-typed form; not audited."""

    __tablename__ = "draft"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID | None]
    payload: Mapped[str]
    updated_at: Mapped[datetime]
