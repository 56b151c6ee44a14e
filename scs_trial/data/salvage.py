"""Mend a copy of a damaged record: indexes anew, or row by row into a new file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from scs_trial.data import engine, faults, seal
from scs_trial.data.triggers import ADDED_ONLY, REVISION_PARTS, VERSIONED

_LATER = ("index", "trigger")
_UNAUDITED = frozenset({"draft"})


def reindex(damaged: Path, key: bytes, target: Path) -> None:
    """Copy a record with its log and build every index of the copy anew.

    Raises
    ------
    sqlcipher3.dbapi2.Error, OSError
        When that can't be done.
    """
    for ending in ("", "-wal"):
        source = damaged.with_name(damaged.name + ending)
        if source.exists():
            seal.copy_private(source, target.with_name(target.name + ending))
    raw = engine.connect(target, key)
    try:
        raw.execute("REINDEX")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


def rows(damaged: Path, key: bytes, target: Path) -> None:
    """Read every row that can be read, without any index, into a new record.

    Raises
    ------
    DamagedRecordError
        Rows of a table other than the half-typed forms could not be read; the new record holds
        the others.
    sqlcipher3.dbapi2.Error, OSError
        When not even the list of tables can be read.
    """
    work = target.with_name(f"{target.name}.work")
    seal.copy_private(damaged, work)
    log = damaged.with_name(f"{damaged.name}-wal")
    if log.exists():
        seal.copy_private(log, work.with_name(f"{work.name}-wal"))
    into = _empty_file(target, key)
    try:
        broken = _copy_all(_Source(work, key), into)
    finally:
        into.close()
    if broken - _UNAUDITED:
        raise faults.DamagedRecordError(*faults.DAMAGED)


def check_complete(path: Path, key: bytes) -> None:
    """Refuse a mended file that lacks a row which its audit trail or a revision names.

    Raises
    ------
    DamagedRecordError
        When something is missing.
    """
    raw = engine.connect(path, key, sealed=True)
    try:
        missing = sum(raw.execute(query).fetchone()[0] for query in _missing_queries())
    finally:
        raw.close()
    if missing:
        raise faults.DamagedRecordError(*faults.DAMAGED)


def _missing_queries() -> list[str]:
    audited = [
        f"SELECT count(*) FROM audit AS a WHERE a.entity = '{table}' AND a.entity_version ="
        f" (SELECT max(b.entity_version) FROM audit AS b WHERE b.entity = a.entity"
        f" AND b.entity_id = a.entity_id) AND NOT EXISTS (SELECT 1 FROM {table} AS t"
        f" WHERE CAST(t.id AS TEXT) = a.entity_id{version})"
        for tables, version in ((VERSIONED, " AND t.version = a.entity_version"), (ADDED_ONLY, ""))
        for table in tables
    ]
    revisions = (
        "SELECT count(*) FROM audit AS a WHERE a.entity = 'check_in' AND NOT EXISTS (SELECT 1 FROM"
        " check_in_revision AS r WHERE r.check_in_id = a.entity_id"
        " AND r.revision = a.entity_version) AND a.entity_version IS NOT NULL"
    )
    parts = [
        f"SELECT count(*) FROM check_in_revision AS r WHERE r.{column} <>"
        f" (SELECT count(*) FROM {table} AS p WHERE p.revision_id = r.id)"
        for table, column in REVISION_PARTS.items()
    ]
    return [*audited, revisions, *parts]


def _empty_file(target: Path, key: bytes) -> Any:
    engine.create_file(target, key)
    into = engine.connect(target, key)
    into.execute("DROP TABLE alembic_version")
    return into


class _Source:
    """A damaged file; each query has a connection of its own.

    After one page that fails its authentication code, a connection reads nothing more.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query until one can't be read."""
        raw = engine.connect(self._path, self._key)
        try:
            yield from raw.execute(query)
        finally:
            raw.close()


def _copy_all(source: _Source, into: Any) -> frozenset[str]:
    """Copy every table; return those that could not be read to the end."""
    schema = list(
        source.rows(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE"
            " 'sqlite_%' ORDER BY rowid"
        )
    )
    ((version,),) = source.rows("PRAGMA user_version")
    into.execute("PRAGMA foreign_keys = OFF")
    into.execute("BEGIN IMMEDIATE")
    tables = [(name, sql) for kind, name, sql in schema if kind == "table"]
    for _, sql in tables:
        into.execute(sql)
    broken = {name for name, _ in tables if not _copy_table(source, into, name)}
    for kind, _, sql in schema:
        if kind in _LATER:
            into.execute(sql)
    into.execute(f"PRAGMA user_version = {version}")
    into.execute("COMMIT")
    into.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return frozenset(broken)


def _copy_table(source: _Source, into: Any, table: str) -> bool:
    """Copy rows from the front, then from the end if a page is broken; tell if none was."""
    order, plain = _order_of(into, table)
    for direction in ("ASC", "DESC"):
        ordered = ", ".join(f"{column} {direction}" for column in order)
        query = f'SELECT * FROM "{table}"{plain} ORDER BY {ordered}'
        if _copy_rows(source.rows(query), into, table):
            return direction == "ASC"
    return False


def _copy_rows(found: Iterator[tuple[Any, ...]], into: Any, table: str) -> bool:
    """Copy rows until one can't be read; tell whether all could."""
    try:
        for row in found:
            marks = ", ".join("?" for _ in row)
            into.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', row)
    except dbapi2.Error:
        return False
    return True


def _order_of(into: Any, table: str) -> tuple[list[str], str]:
    """Return the columns by which the table itself is kept, and how to leave its indexes alone."""
    kinds = into.execute("PRAGMA table_list").fetchall()
    if not any(row[1] == table and row[4] for row in kinds):
        return ["rowid"], " NOT INDEXED"
    info = into.execute(f'PRAGMA table_info("{table}")').fetchall()
    return [f'"{row[1]}"' for row in sorted(info, key=lambda row: row[5]) if row[5]], ""
