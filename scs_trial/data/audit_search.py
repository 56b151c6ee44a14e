"""Search the audit trail, and compare it with the rows that it tells of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, or_, select

from scs_trial.data.rows.audit import AuditRow
from scs_trial.data.rows.base import table
from scs_trial.data.triggers import ADDED_ONLY, VERSIONED
from scs_trial.services.audit_port import AuditQuery

_T = table(AuditRow)


def search(connection: Connection, query: AuditQuery) -> Iterator[Mapping[str, Any]]:
    """Yield the rows found, newest first."""
    statement = select(_T).order_by(_T.c.seq.desc())
    if query.patients is not None:
        statement = statement.where(_T.c.patient_id.in_(query.patients))
    if query.actor.strip():
        statement = statement.where(_T.c.actor.icontains(query.actor.strip(), autoescape=True))
    if query.action.strip():
        words = query.action.strip()
        columns = (_T.c.action, _T.c.entity)
        statement = statement.where(or_(*(c.icontains(words, autoescape=True) for c in columns)))
    if query.since is not None:
        statement = statement.where(_T.c.at >= query.since)
    if query.until is not None:
        statement = statement.where(_T.c.at < query.until)
    if query.limit is not None:
        statement = statement.limit(query.limit)
    for row in connection.execute(statement):
        yield row._asdict()


def digest_at(connection: Connection, seq: int) -> str | None:
    """Return the digest of a row of the trail, None where there is no such row."""
    found: str | None = connection.execute(select(_T.c.digest).where(_T.c.seq == seq)).scalar()
    return found


def latest_changes(connection: Connection) -> Iterator[Mapping[str, Any]]:
    """Yield the newest change of each row that the trail tells of."""
    newest = (
        select(func.max(_T.c.seq))
        .where(_T.c.entity_version.is_not(None))
        .group_by(_T.c.entity, _T.c.entity_id)
    )
    for row in connection.execute(select(_T).where(_T.c.seq.in_(newest)).order_by(_T.c.seq)):
        yield row._asdict()


def unaudited(connection: Connection) -> tuple[str, ...]:
    """Return the tables that hold a row of which the trail knows nothing."""
    found = []
    for name in (*VERSIONED, *ADDED_ONLY):
        statement = (
            f'SELECT EXISTS (SELECT 1 FROM "{name}" AS t WHERE NOT EXISTS (SELECT 1 FROM audit'
            " WHERE entity = ? AND entity_id = t.id AND entity_version IS NOT NULL))"
        )
        if connection.exec_driver_sql(statement, (name,)).scalar():
            found.append(name)
    return tuple(found)
