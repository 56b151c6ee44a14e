"""Check-ins: the day they stand for, their revisions, the scores and answers of each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scs_trial.data.rows.base import Base, flag, state
from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.diary import Phase


class CheckInRow(Base):
    """Where a check-in stands now; ``version`` is its current revision."""

    __tablename__ = "check_in"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID] = mapped_column(ForeignKey("trial.id"))
    day: Mapped[date]
    phase: Mapped[Phase] = state(Phase, "phase")
    version: Mapped[int]
    entered_in_error: Mapped[bool] = flag("entered_in_error")

    __table_args__ = (
        CheckConstraint("version >= 1", "version"),
        CheckConstraint("length(day) = 10", "day"),
        Index(
            "uq_check_in_trial_id_day_phase",
            "trial_id",
            "day",
            "phase",
            unique=True,
            sqlite_where=text("entered_in_error = 0"),
        ),
    )


class CheckInRevisionRow(Base):
    """One revision of a check-in, never changed afterwards."""

    __tablename__ = "check_in_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_in_id: Mapped[UUID] = mapped_column(ForeignKey("check_in.id"))
    revision: Mapped[int]
    trial_id: Mapped[UUID]
    day: Mapped[date]
    phase: Mapped[Phase] = state(Phase, "phase")
    missed: Mapped[bool] = flag("missed")
    stimulation_off: Mapped[bool] = flag("stimulation_off")
    program: Mapped[str | None]
    how_obtained: Mapped[HowObtained | None] = state(HowObtained, "how_obtained", nullable=True)
    identity_confirmed: Mapped[bool] = flag("identity_confirmed")
    wording_version: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime | None]
    helped: Mapped[str]
    triggered: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime | None]
    recorded_by: Mapped[UUID | None]
    revised_at: Mapped[datetime | None]
    revised_by: Mapped[UUID | None]
    reason: Mapped[str]
    entered_in_error: Mapped[bool] = flag("entered_in_error")
    scores: Mapped[int]
    """How many scores belong to it: none can be added later."""
    safety_answers: Mapped[int]

    __table_args__ = (
        CheckConstraint("revision >= 1", "revision"),
        CheckConstraint("scores >= 0 AND safety_answers >= 0", "parts"),
        UniqueConstraint("check_in_id", "revision"),
    )


class ScoreRow(Base):
    """One value of a revision; the target region has an empty item."""

    __tablename__ = "score"

    revision_id: Mapped[int] = mapped_column(ForeignKey("check_in_revision.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Decimal]

    __table_args__ = (
        CheckConstraint("length(value) BETWEEN 1 AND 60", "value"),
        {"sqlite_with_rowid": False},
    )


class SafetyAnswerRow(Base):
    """One safety question of a revision; a NULL answer was not asked."""

    __tablename__ = "safety_answer"

    revision_id: Mapped[int] = mapped_column(ForeignKey("check_in_revision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str]
    answer: Mapped[bool | None] = flag("answer", nullable=True)

    __table_args__ = ({"sqlite_with_rowid": False},)
