"""Column types: what a value looks like in the record. Exact, sortable as text, portable."""

# ruff: noqa: ARG002  (the signature is that of TypeDecorator)

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Enum, String, Text
from sqlalchemy.types import TypeDecorator

from scs_trial.domain.canonical import instant_text


class Id(TypeDecorator[UUID]):
    """A UUID in its 36-character form, so that the audit trail names rows as people do."""

    impl = String(36)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> str | None:
        """Return the text to store."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> UUID | None:
        """Return the UUID."""
        return None if value is None else _uuid(value)


class Exact(TypeDecorator[Decimal]):
    """A finite decimal exactly as it was written (``5.0`` stays ``5.0``)."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Return the text to store; refuse what is no exact number."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise TypeError("a score is a finite Decimal")
        return str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Return the decimal."""
        return None if value is None else Decimal(value)


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC with microseconds, of fixed width so that text sorts by time."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text to store."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the aware instant in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class LocalTime(TypeDecorator[datetime]):
    """A clinic-local date and time without a zone (a planned removal, a program change)."""

    impl = String(26)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text to store."""
        if value is not None and value.tzinfo is not None:
            raise TypeError("a clinic-local time has no zone")
        return None if value is None else value.isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the naive date and time."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A civil date as ISO text."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return the text to store; a date with a time is a mistake."""
        if isinstance(value, datetime):
            raise TypeError("a day has no time")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Return the date."""
        return None if value is None else date.fromisoformat(value)


class Texts(TypeDecorator[tuple[str, ...]]):
    """A short ordered list of texts, as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Return the JSON text to store."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Return the texts."""
        if value == "[]":  # most lists of most rows
            return ()
        return None if value is None else tuple(json.loads(value))


@lru_cache(maxsize=4096)
def _uuid(text: str) -> UUID:
    """Read a UUID; the same few stand in most rows of a reading."""
    return UUID(text)


def one_of(states: type[StrEnum], name: str) -> Enum:
    """Return a column type that holds a state by its value, with a CHECK of that name."""
    return Enum(
        states,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=_values,
    )


def _values(states: Any) -> list[str]:
    return [state.value for state in states]
