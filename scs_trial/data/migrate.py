"""Bring a record's tables to the form that this program knows, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect

from scs_trial.data import faults
from scs_trial.data.schema import SCHEMA
from scs_trial.data.triggers import create_triggers

STEPS = Path(__file__).parent / "migrations"


def bring_up(writer: Engine, *, target: int = SCHEMA, steps: Path = STEPS) -> bool:
    """Run the missing steps of a record; return whether there were any.

    Parameters
    ----------
    writer
        The record's writing engine.
    target
        Number of the last step to run.
    steps
        Folder that holds ``versions``.

    Raises
    ------
    NewerRecordError
        When the record knows more steps than this program.
    """
    with writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        stored = raw.execute("PRAGMA user_version").fetchone()[0]
        if stored > target:
            raise faults.newer("", stored, known=target)
        if stored < target:
            migrate(raw, connection, target=target, steps=steps)
        return bool(stored < target)


def migrate(raw: Any, connection: Connection, *, target: int = SCHEMA, steps: Path = STEPS) -> None:
    """Run the missing steps. Called on a connection outside any transaction.

    Parameters
    ----------
    raw
        The driver's connection below ``connection``.
    connection
        A connection of the writing engine; its transaction is begun and committed here.
    target
        Number of the last step to run.
    steps
        Folder that holds ``versions``.

    Raises
    ------
    RuntimeError
        When rows were lost or a foreign key points nowhere; nothing is kept then.
    """
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            before = _row_counts(connection)
            _drop_triggers(connection)
            _run_steps(connection, steps, f"{target:04d}")
            create_triggers(connection)
            _check(connection, before)
            connection.exec_driver_sql(f"PRAGMA user_version = {target}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _run_steps(connection: Connection, steps: Path, target: str) -> None:
    from alembic.migration import MigrationContext  # noqa: PLC0415  (only needed to migrate)
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    directory = ScriptDirectory(str(steps))

    def upgrade(revision: Any, _context: MigrationContext) -> Any:
        return directory._upgrade_revs(target, revision)

    context = MigrationContext.configure(connection, opts={"fn": upgrade})
    with Operations.context(context):
        context.run_migrations()


def _drop_triggers(connection: Connection) -> None:
    names: Sequence[str] = (
        connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .scalars()
        .all()
    )
    for name in names:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _row_counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in inspect(connection).get_table_names()
        if name != "alembic_version"
    }


def _check(connection: Connection, before: dict[str, int]) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError("a foreign key points nowhere after the migration")
    after = _row_counts(connection)
    lost = [name for name, rows in before.items() if after.get(name, rows) < rows]
    if lost:
        raise RuntimeError(f"rows were lost in the migration: {', '.join(sorted(lost))}")
