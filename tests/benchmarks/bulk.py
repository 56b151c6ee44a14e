"""Rows straight into an encrypted record, thousands a second, with the audit chain that they need.

Entities are spelled by the shipped conversion, the trail by the shipped canonical form and digest;
only the way into the file is short: prepared statements on one connection, and the guards of the
tables put back at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import sqlite

from scs_trial.data import engine
from scs_trial.data.audit import digest
from scs_trial.data.rows import METADATA
from scs_trial.data.triggers import trigger_statements
from scs_trial.domain.canonical import canonical
from scs_trial.domain.clinic import Account
from scs_trial.services.ports import AuditHead

_DIALECT = sqlite.dialect()
_BATCH = 5_000
PARENTS_FIRST = [table.name for table in METADATA.sorted_tables]
_QUICK = {"journal_mode": "OFF", "synchronous": "OFF", "cache_size": "-1048576"}


class Shape:
    """One table: its statement, and how each value is stored."""

    def __init__(self, name: str) -> None:
        columns = METADATA.tables[name].columns
        self.names = tuple(column.name for column in columns)
        self._store = tuple(
            column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT) for column in columns
        )
        listed, marks = ", ".join(self.names), ", ".join("?" * len(self.names))
        self.insert = f"INSERT INTO {name} ({listed}) VALUES ({marks})"

    def stored(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the values of a row as the file holds them."""
        return tuple(
            values[name] if store is None else store(values[name])
            for name, store in zip(self.names, self._store, strict=True)
        )


class Bulk:
    """Collects rows and writes them in batches."""

    def __init__(self, raw: Any, account: Account, at: datetime, head: AuditHead) -> None:
        self._raw = raw
        self._account = account
        self._at = at
        self._head = head
        self._shapes: dict[str, Shape] = {}
        self._waiting: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._count = 0

    def add(self, table: str, values: Mapping[str, Any]) -> None:
        """Take one row."""
        shape = self._shapes.get(table) or self._shapes.setdefault(table, Shape(table))
        self._waiting[table].append(shape.stored(values))
        self._count += 1
        if self._count >= _BATCH:
            self.flush()

    def audit(self, entity: str, entity_id: UUID, *, patient_id: UUID, new: object) -> int:
        """Take the audit row of an insertion; return its number."""
        row = {
            "seq": self._head.seq + 1,
            "at": self._at,
            "actor": self._account.user_name,
            "actor_id": self._account.id,
            "workstation": "bench",
            "action": "insert",
            "entity": entity,
            "entity_id": str(entity_id),
            "entity_version": 1,
            "patient_id": patient_id,
            "reason": "",
            "old": None,
            "new": canonical(new),
            "prev": self._head.digest,
        }
        row["digest"] = digest(row)
        self._head = AuditHead(seq=row["seq"], digest=row["digest"])
        self.add("audit", row)
        return self._head.seq

    def flush(self) -> None:
        """Write what is waiting."""
        for table in PARENTS_FIRST:
            if rows := self._waiting.get(table):
                self._raw.executemany(self._shapes[table].insert, rows)
        self._waiting.clear()
        self._count = 0


@contextmanager
def bulk_writer(path, key: bytes, account: Account, *, at: datetime) -> Iterable[Bulk]:
    """Give a writer on a record that nobody else has open; a failure spoils the file."""
    raw = engine.connect(path, key)
    try:
        for name, value in _QUICK.items():
            raw.execute(f"PRAGMA {name} = {value}").fetchall()
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        head = raw.execute("SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        raw.execute("BEGIN")
        for (name,) in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        bulk = Bulk(raw, account, at, AuditHead(seq=head[0], digest=head[1]))
        yield bulk
        bulk.flush()
        for statement in trigger_statements(_columns(raw)):
            raw.execute(statement)
        raw.execute("COMMIT")
        raw.execute("ANALYZE")
        raw.execute("PRAGMA journal_mode = WAL").fetchall()
    finally:
        raw.close()


def _columns(raw: Any) -> dict[str, list[str]]:
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for table, column in raw.execute(
        "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' ORDER BY t.name, c.cid"
    ):
        columns[table].append(column)
    return columns
