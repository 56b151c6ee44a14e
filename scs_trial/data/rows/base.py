"""The base of every row class: names of constraints, column types, helpers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Boolean, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from scs_trial.data.types import Day, Exact, Id, Instant, LocalTime, Texts, one_of

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Declares the tables; services and screens never see a row."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  (read by SQLAlchemy)
        UUID: Id,
        Decimal: Exact,
        datetime: Instant,
        date: Day,
        str: Text,
        tuple[str, ...]: Texts,
    }


def flag(name: str, *, nullable: bool = False) -> Mapped[Any]:
    """Return a yes/no column with a CHECK."""
    return mapped_column(Boolean(create_constraint=True, name=name), nullable=nullable)


def state(states: type[StrEnum], name: str, *, nullable: bool = False) -> Mapped[Any]:
    """Return a column that holds one state of an enumeration, with a CHECK."""
    return mapped_column(one_of(states, name), nullable=nullable)


def local_time() -> Mapped[Any]:
    """Return an optional clinic-local time."""
    return mapped_column(LocalTime, nullable=True)


def table(row: type[Base]) -> Table:
    """Return the table of a row class."""
    return cast(Table, row.__table__)
