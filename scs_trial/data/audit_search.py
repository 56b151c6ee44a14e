"""Search the audit trail, and compare it with the rows that it tells of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, case, func, or_, select

from scs_trial.data.rows.audit import AuditRow
from scs_trial.data.rows.base import table
from scs_trial.data.triggers import ADDED_ONLY, REVISION_PARTS, VERSIONED
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
    """Yield the newest change of each row that the trail tells of; of a check-in every revision."""
    revision = case((_T.c.entity == "check_in", _T.c.entity_version), else_=0)
    newest = (
        select(func.max(_T.c.seq))
        .where(_T.c.entity_version.is_not(None))
        .group_by(_T.c.entity, _T.c.entity_id, revision)
    )
    for row in connection.execute(select(_T).where(_T.c.seq.in_(newest)).order_by(_T.c.seq)):
        yield row._asdict()


def unaudited(connection: Connection) -> tuple[str, ...]:
    """Return the tables that hold a row, or lack one, otherwise than the trail knows.

    A row must stand in the version that its newest change made; a check-in must lie where its
    current revision says, and each revision must have its change and all its parts.
    """
    asked = [(name, _untold(name, "version")) for name in VERSIONED]
    asked += [(name, _untold(name, "1")) for name in ADDED_ONLY]
    asked += [("check_in", _MISPLACED), ("check_in_revision", _UNTOLD_REVISION)]
    asked += [("check_in_revision", _parts(name, of)) for name, of in REVISION_PARTS.items()]
    return tuple(
        dict.fromkeys(
            name
            for name, statement in asked
            if connection.exec_driver_sql(f"SELECT EXISTS ({statement})").scalar()
        )
    )


_MISPLACED = """
    SELECT 1 FROM check_in AS c LEFT JOIN check_in_revision AS r
    ON r.check_in_id = c.id AND r.revision = c.version
    WHERE r.id IS NULL OR r.trial_id <> c.trial_id OR r.day <> c.day OR r.phase <> c.phase
    OR r.entered_in_error <> c.entered_in_error
"""
_UNTOLD_REVISION = """
    SELECT 1 FROM check_in_revision AS r LEFT JOIN audit AS a
    ON a.entity = 'check_in' AND a.entity_id = r.check_in_id AND a.entity_version = r.revision
    WHERE a.seq IS NULL
"""


def _untold(name: str, version: str) -> str:
    """Return a query for rows that stand otherwise than the trail tells, or that are gone."""
    told = (
        f"SELECT entity_id, max(entity_version) AS version FROM audit WHERE entity = '{name}'"
        " AND entity_version IS NOT NULL GROUP BY entity_id"
    )
    held = f'SELECT CAST(id AS TEXT) AS id, {version} AS version FROM "{name}"'
    return (
        f"SELECT 1 FROM ({told}) AS a FULL JOIN ({held}) AS t ON t.id = a.entity_id"
        " WHERE t.id IS NULL OR a.entity_id IS NULL OR t.version <> a.version"
    )


def _parts(name: str, count: str) -> str:
    return (
        f"SELECT 1 FROM check_in_revision AS r LEFT JOIN (SELECT revision_id, count(*) AS n"
        f" FROM {name} GROUP BY revision_id) AS p ON p.revision_id = r.id"
        f" WHERE r.{count} <> coalesce(p.n, 0)"
    )
