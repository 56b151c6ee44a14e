"""Triggers that keep the history: nothing clinical changes without its own audit row.

An audit row is written before the change that it describes. Each guard compares the newest audit
row with the row about to change: the same entity, the same id, the version that the change makes.
So a change without an audit row is refused, and so is a change of several rows at once, whoever
makes it. Migrations drop all triggers and `create_triggers` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

GUARD_MARK = "audit guard:"
"""Begins the message of every refusal; `data.faults` knows it."""

VERSIONED = (
    "account",
    "clinic_settings",
    "criteria_file",
    "record_info",
    "patient",
    "trial",
    "check_in",
    "safety_event",
    "medication",
    "import_run",
    "import_profile",
)
"""Tables whose rows change by versions; the entity in the audit trail has the same name."""

ADDED_ONLY = (
    "call",
    "program_change",
    "confirmation",
    "decision",
    "follow_up",
    "signature",
    "amendment",
)
"""Tables whose rows never change."""

REVISION_PARTS = {"score": "scores", "safety_answer": "safety_answers"}
"""Tables of what belongs to a revision, with the column that says how many there are."""

DERIVED = {"trial": ("decided", "in_work")}
"""Columns that may follow another row's change without a version of their own."""

Rule = tuple[str, str, str]
"""Table, event, and the condition under which the event passes (none: never)."""

_AUDITED = (
    "EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit)"
    " AND entity = '{entity}' AND entity_id = {id} AND entity_version = {version})"
)
_REVISION_AUDITED = (
    "EXISTS (SELECT 1 FROM check_in_revision AS r JOIN audit AS a"
    " ON a.seq = (SELECT max(seq) FROM audit) WHERE r.id = NEW.revision_id"
    " AND a.entity = 'check_in' AND a.entity_id = r.check_in_id AND a.entity_version = r.revision"
    " AND r.{count} > (SELECT count(*) FROM {table} WHERE revision_id = NEW.revision_id))"
)


def trigger_statements(columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the CREATE TRIGGER statements for the tables that are there.

    Parameters
    ----------
    columns
        Column names by table, as they are in the record.
    """
    for table, event, unless in _rules(columns):
        yield _refuse(table, event, unless)


def create_triggers(connection: Connection) -> None:
    """Write every trigger anew."""
    for statement in trigger_statements(_columns(connection)):
        connection.exec_driver_sql(statement)


def guards_off(connection: Connection) -> tuple[str, ...]:
    """Return the tables with a trigger missing, changed or added."""
    stored = connection.exec_driver_sql(
        "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    )
    found = {sql: name for name, sql in stored}
    wanted = {
        _refuse(table, event, unless): table
        for table, event, unless in _rules(_columns(connection))
    }
    off = {*(wanted[sql] for sql in wanted.keys() - found.keys())}
    off |= {found[sql] for sql in found.keys() - wanted.keys()}
    return tuple(sorted(off))


def _columns(connection: Connection) -> dict[str, list[str]]:
    rows = connection.exec_driver_sql(
        "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' ORDER BY t.name, c.cid"
    )
    columns: dict[str, list[str]] = {}
    for table, column in rows:
        columns.setdefault(table, []).append(column)
    return columns


def _rules(columns: Mapping[str, Sequence[str]]) -> Iterator[Rule]:
    for rule in (*_on_audit(), *_on_versions(columns), *_on_additions()):
        if rule[0] in columns:
            yield rule


def _on_audit() -> Iterator[Rule]:
    first = "NEW.seq = 1 AND NOT EXISTS (SELECT 1 FROM audit)"
    next_one = (
        "EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit)"
        " AND NEW.seq = seq + 1 AND NEW.prev = digest)"
    )
    yield "audit", "insert", f"({first}) OR {next_one}"
    yield from _never_again("audit")


def _on_versions(columns: Mapping[str, Sequence[str]]) -> Iterator[Rule]:
    for table in VERSIONED:
        audited = _AUDITED.format(entity=table, id="NEW.id", version="NEW.version")
        yield table, "insert", f"NEW.version = 1 AND {audited}"
        kept = [name for name in columns.get(table, ()) if name not in DERIVED.get(table, ())]
        step = f"NEW.id = OLD.id AND NEW.version = OLD.version + 1 AND {audited}"
        yield table, f"update OF {', '.join(kept)}", step
        yield table, "delete", ""


def _on_additions() -> Iterator[Rule]:
    for table in ADDED_ONLY:
        yield table, "insert", _AUDITED.format(entity=table, id="NEW.id", version="1")
        yield from _never_again(table)
    revision = _AUDITED.format(entity="check_in", id="NEW.check_in_id", version="NEW.revision")
    yield "check_in_revision", "insert", revision
    yield from _never_again("check_in_revision")
    for table, count in REVISION_PARTS.items():
        yield table, "insert", _REVISION_AUDITED.format(table=table, count=count)
        yield from _never_again(table)


def _never_again(table: str) -> Iterator[Rule]:
    yield table, "update", ""
    yield table, "delete", ""


def _refuse(table: str, event: str, unless: str) -> str:
    verb = event.split(" ", maxsplit=1)[0]
    condition = f" WHEN NOT ({unless})" if unless else ""
    message = f"{GUARD_MARK} {verb} of {table} refused"
    return (
        f"CREATE TRIGGER tr_{table}_{verb} BEFORE {event.replace(verb, verb.upper(), 1)}"
        f" ON {table}{condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
