"""Look into a sealed file with its key: is every page, key and link as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from scs_trial.data import engine, faults
from scs_trial.data.audit import NO_DIGEST, verify_chain
from scs_trial.data.schema import SCHEMA
from scs_trial.services.ports import AuditHead

_SCHEMA_WITH_AUDIT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a sealed file holds."""

    schema: int
    record_id: str
    head: AuditHead
    rows: Mapping[str, int]


def look(path: Path, key: bytes) -> Contents:
    """Open a sealed file, check all of it, and count its rows. Not a byte of it changes.

    Checked are the structure, every page's authentication code, the foreign keys and the chain of
    the audit trail with its guards (of a record of the present form).

    Raises
    ------
    DamagedRecordError
        When anything does not hold.
    """
    engines = engine.make_sealed_engines(path, key)
    try:
        with engines.reader.connect() as connection:
            engine.check_pages(connection)
            return _contents(connection)
    except dbapi2.Error as error:
        raise faults.said(error) from None
    finally:
        engines.dispose()


def _contents(connection: Connection) -> Contents:
    schema = int(_one(connection, "PRAGMA user_version"))
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = {
        name: int(_one(connection, f'SELECT count(*) FROM "{name}"'))
        for name in sorted(tables.scalars())
    }
    if schema == SCHEMA:
        report = verify_chain(connection)
        if not report.holds:
            raise faults.DamagedRecordError(*faults.BROKEN_TRAIL)
        head = report.head
    else:
        head = _older_head(connection, schema)
    return Contents(schema=schema, record_id=_record_id(connection, rows), head=head, rows=rows)


def _older_head(connection: Connection, schema: int) -> AuditHead:
    last = None
    if schema >= _SCHEMA_WITH_AUDIT:
        last = connection.exec_driver_sql(
            "SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1"
        ).first()
    return AuditHead(seq=0, digest=NO_DIGEST) if last is None else AuditHead(**last._asdict())


def _record_id(connection: Connection, rows: Mapping[str, int]) -> str:
    if "record_info" not in rows:
        return ""
    held = connection.exec_driver_sql("SELECT value FROM record_info WHERE id = 'record_id'")
    return str(held.scalar() or "")


def _one(connection: Connection, statement: str) -> Any:
    return connection.exec_driver_sql(statement).scalar_one()
