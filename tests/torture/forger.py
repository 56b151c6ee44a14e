"""What somebody with the data key and bare SQL does to a record, chosen by chance."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Boolean, Connection, Enum, LargeBinary

from scs_trial.data import engine, types
from scs_trial.data.audit import NO_DIGEST, digest
from scs_trial.data.faults import UnauditedChangeError
from scs_trial.data.rows import METADATA
from scs_trial.data.rows.audit import AuditRow
from scs_trial.data.rows.base import table

AUDIT = table(AuditRow)
FREE = {"draft", "patient_name_part"}
"""Tables without clinical facts; `tests.data.test_audit` keeps this list."""
DERIVED = {
    "patient": {"name_key", "mrn_key", "changed_seq"},
    "trial": {"decided", "in_work", "over_on"},
    "account": {"user_key"},
    "confirmation": {"seq"},
}
"""Search keys and marks for lists, made from other columns of the record."""
KINDS = ("edit", "edit", "edit", "delete", "add", "re-chain", "forge", "cut")


_SPELT = (
    (types.Id, "feedfeed-0000-4000-8000-000000000000", "feedfeed-0000-4000-8000-000000000001"),
    (types.Exact, "7", "6"),
    (types.Instant, "2026-01-01T00:00:00.000000Z", "2026-01-02T00:00:00.000000Z"),
    (types.LocalTime, "2026-01-01T00:00:00", "2026-01-02T00:00:00"),
    (types.Day, "2026-01-01", "2026-01-02"),
    (types.Texts, '["forged"]', '["forged too"]'),
)
"""Two values of each kind, as the record spells them."""


class Forger:
    """Changes one copy of a record.

    Parameters
    ----------
    path, key
        The copy, closed, and its data key.
    chance
        Chooses what is done.
    """

    def __init__(self, path: Path, key: bytes, chance: random.Random) -> None:
        self._path, self._key, self._chance = path, key, chance

    def attempt(self) -> tuple[str, bool]:
        """Do one thing; return what it was, and whether the triggers refused it."""
        around = self._chance.random() < 0.75
        kind = self._chance.choice(KINDS)
        engines = engine.make_engines(self._path, self._key)
        try:
            with engines.writer.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA foreign_keys = OFF")
                raw.execute("PRAGMA ignore_check_constraints = ON")
                with connection.begin():
                    what = self._do(connection, kind, around=around)
        except UnauditedChangeError:
            return kind, True
        finally:
            engines.dispose()
        return f"{kind} {what}{' around the triggers' if around else ''}", False

    def _do(self, connection: Connection, kind: str, *, around: bool) -> str:
        guards = _rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in guards if around else ():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        what = str(getattr(self, f"_{kind.replace('-', '_')}")(connection))
        for _, statement in guards if around else ():
            connection.exec_driver_sql(statement)
        return what

    def _edit(self, connection: Connection, only: str = "", *, spared: tuple[str, ...] = ()) -> str:
        name = only or self._chance.choice(_filled(connection))
        place = self._place(connection, name)
        left_out = {*DERIVED.get(name, ()), *spared}
        columns = [column for column in _columns(name) if column not in left_out]
        column = self._chance.choice(columns)
        (before,) = _rows(connection, f'SELECT "{column}" FROM "{name}" WHERE {place}')[0]
        connection.exec_driver_sql(
            f'UPDATE "{name}" SET "{column}" = ? WHERE {place}',
            (self._other(connection, name, column, before),),
        )
        return f"{name}.{column}"

    def _delete(self, connection: Connection) -> str:
        name = self._chance.choice(_filled(connection))
        connection.exec_driver_sql(f'DELETE FROM "{name}" WHERE {self._place(connection, name)}')
        return name

    def _add(self, connection: Connection) -> str:
        """Copy a row under another id."""
        with_id = [
            name for name in _filled(connection) if METADATA.tables[name].c.get("id") is not None
        ]
        name = self._chance.choice(with_id)
        columns = _columns(name)
        held = dict(
            zip(
                columns,
                _rows(connection, f'SELECT * FROM "{name}" WHERE {self._place(connection, name)}')[
                    0
                ],
                strict=True,
            )
        )
        held["id"] = 10**6 if isinstance(held["id"], int) else str(uuid4())
        for own in ("mrn", "mrn_key", "user_key", "user_name"):
            if own in held:
                held[own] = "another"
        for number in ("revision", "number", "day", "about_day"):
            if number in held:
                held[number] = "2031-01-01" if "day" in number else 10**6
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{name}" VALUES ({marks})', tuple(held.values()))
        return name

    def _re_chain(self, connection: Connection) -> str:
        what = self._edit(connection, "audit", spared=("prev", "digest"))
        chain_anew(connection)
        return what

    def _forge(self, connection: Connection) -> str:
        """Change a patient and what the trail tells of it, and chain the trail anew."""
        connection.exec_driver_sql("UPDATE patient SET language = 'Elvish', version = version")
        for seq, new in _rows(
            connection, "SELECT seq, new FROM audit WHERE entity = 'patient' AND new IS NOT NULL"
        ):
            forged = new.replace('"language":"', '"language":"Elvish", "was":"')
            connection.exec_driver_sql("UPDATE audit SET new = ? WHERE seq = ?", (forged, seq))
        chain_anew(connection)
        return "patient"

    def _cut(self, connection: Connection) -> str:
        (last,) = _rows(connection, "SELECT max(seq) FROM audit")[0]
        seq = self._chance.randint(2, last)
        connection.exec_driver_sql(f"DELETE FROM audit WHERE seq >= {seq}")
        return f"audit from {seq}"

    def _place(self, connection: Connection, name: str) -> str:
        """Return a condition that one row of a table meets."""
        keys = [column.name for column in METADATA.tables[name].primary_key]
        rows = _rows(connection, f'SELECT {", ".join(keys)} FROM "{name}"')
        chosen = self._chance.choice(rows)
        return " AND ".join(
            f"{key} = {_quoted(value)}" for key, value in zip(keys, chosen, strict=True)
        )

    def _other(self, connection: Connection, name: str, column: str, before: Any) -> Any:
        """Return another value: one of another row when there is one, else one like it."""
        held = [
            value for (value,) in _rows(connection, f'SELECT DISTINCT "{column}" FROM "{name}"')
        ]
        others = [value for value in held if value != before]
        if others and self._chance.random() < 0.5:
            return self._chance.choice(others)
        return _like(METADATA.tables[name].columns[column].type, before)


def _like(kind: Any, before: Any) -> Any:
    """Return another value that the column's type takes for one of its own."""
    if isinstance(kind, Boolean):
        return 1 - (before or 0)
    if isinstance(kind, Enum):
        return next(value for value in kind.enums if value != before)
    if isinstance(before, int):
        return before + 1
    if isinstance(kind, LargeBinary):
        return bytes(before or b"") + b"\0"
    for ours, value, another in _SPELT:
        if isinstance(kind, ours):
            return value if before != value else another
    return f"{before or ''}x"


def chain_anew(connection: Connection) -> None:
    """Give every row of the trail the digest that a whole chain would have."""
    prev = NO_DIGEST
    for row in connection.execute(AUDIT.select().order_by(AUDIT.c.seq)).all():
        held = row._asdict() | {"prev": prev}
        prev = digest(held)
        connection.execute(
            AUDIT.update().where(AUDIT.c.seq == held["seq"]).values(prev=held["prev"], digest=prev)
        )


def _rows(connection: Connection, statement: str) -> list[Any]:
    return list(connection.exec_driver_sql(statement).all())


def _filled(connection: Connection) -> list[str]:
    names = sorted(METADATA.tables.keys() - FREE)
    return [name for name in names if _rows(connection, f'SELECT 1 FROM "{name}" LIMIT 1')]


def _columns(name: str) -> list[str]:
    return [column.name for column in METADATA.tables[name].columns]


def _quoted(value: Any) -> str:
    return str(value) if isinstance(value, int) else f"'{value}'"
