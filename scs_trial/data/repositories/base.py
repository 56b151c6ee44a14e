"""What repositories share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Select,
    Update,
    bindparam,
    insert,
    select,
    update,
)

from scs_trial.data.audit import AuditTrail
from scs_trial.data.prepared import Statement, prepared
from scs_trial.data.rows.base import Base, table
from scs_trial.errors import NotFoundError

T = TypeVar("T")
CHUNK = 500
"""Ids in one query."""


class ByTrial:
    """A list by trial, as a statement for one trial and one for several.

    Parameters
    ----------
    statement
        Selects the rows.
    trial_id
        The column to narrow them by.
    order
        Columns that give the order within a trial.
    """

    def __init__(
        self, statement: Select[Any], trial_id: ColumnElement[Any], *order: ColumnElement[Any]
    ) -> None:
        self.of_one = statement.where(trial_id == bindparam("trial_id")).order_by(*order)
        several = trial_id.in_(bindparam("ids", expanding=True))
        self.of_many = statement.where(several).order_by(trial_id, *order)


class Repository:
    """Reads and writes on one connection; every change goes through the trail first.

    Parameters
    ----------
    connection
        The unit of work's connection, in its transaction.
    trail
        The trail of the same transaction.
    """

    def __init__(self, connection: Connection, trail: AuditTrail) -> None:
        self._connection = connection
        self._trail = trail

    def _one(self, statement: Statement, **values: Any) -> Mapping[str, Any] | None:
        rows = prepared(statement).rows(self._connection, values)
        return rows[0] if rows else None

    def _all(self, statement: Statement, **values: Any) -> Sequence[Mapping[str, Any]]:
        return prepared(statement).rows(self._connection, values)

    def _note_leaving(
        self, entity: str, entity_id: UUID, *, old: UUID | None, new: UUID, reason: str
    ) -> None:
        """Tell the trail of the patient whom something leaves; its change follows at once."""
        if old is not None and old != new:
            self._trail.note(
                "moved away",
                entity=entity,
                entity_id=str(entity_id),
                patient_id=old,
                reason=reason,
            )

    def _of_trials(self, pair: ByTrial, trial_ids: list[UUID]) -> Sequence[Mapping[str, Any]]:
        """Run the cheaper statement of a pair for one trial, the other for several."""
        if len(trial_ids) == 1:
            return self._all(pair.of_one, trial_id=trial_ids[0])
        return self._all(pair.of_many, ids=trial_ids)

    def _write(self, statement: Statement, values: Mapping[str, Any]) -> int:
        return prepared(statement).write(self._connection, values)

    def _write_all(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        prepared(statement).write_all(self._connection, rows)


@cache
def by_id(row: type[Base]) -> Select[Any]:
    """Return the statement that reads a row by its id."""
    held = table(row)
    return select(held).where(held.c.id == bindparam("id"))


@cache
def adding(row: type[Base]) -> Insert:
    """Return the statement that inserts a row."""
    return insert(table(row))


@cache
def changing(row: type[Base]) -> Update:
    """Return the statement that changes the row whose id is ``row_id``."""
    held = table(row)
    return update(held).where(held.c.id == bindparam("row_id"))


def gone(what: str) -> NotFoundError:
    """Return what to raise when an id is not in the record."""
    return NotFoundError(f"The {what} is not in this record.")


def chunks(ids: Iterable[T]) -> Iterator[list[T]]:
    """Yield distinct ids in groups that fit one query."""
    distinct = iter(dict.fromkeys(ids))
    while group := list(islice(distinct, CHUNK)):
        yield group
