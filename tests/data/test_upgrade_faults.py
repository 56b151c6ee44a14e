"""Whatever fails while a stored record is brought up: it is as it was, and the message says so.

``SCS_TRIAL_UPGRADE_FAULTS=0`` fails at every single statement; otherwise at so many, spread evenly.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2

from scs_trial.data import backup, engine, upgrade
from scs_trial.data.open import open_record
from scs_trial.data.schema import SCHEMA
from scs_trial.data.upgrade import UpgradeFailedError
from tests.data import stored
from tests.records import NOW, PASSWORD, options

OLDER = [schema for schema in stored.SCHEMAS if schema < SCHEMA]
SOME = int(os.environ.get("SCS_TRIAL_UPGRADE_FAULTS", "7"))
AS_IT_WAS, IN_PLACE = "It is as it was.", "The backup of before is in its place"


@dataclass(slots=True)
class Faults:
    """Counts the statements of an upgrade; the one with a number fails."""

    fails_at: int | None = None
    statements: list[str] = field(default_factory=list)

    def listen(self, engines: engine.Engines) -> None:
        event.listen(engines.writer, "before_cursor_execute", self._before)
        event.listen(engines.writer, "commit", self._commit)

    def _before(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._meet(statement)

    def _commit(self, _connection: Any) -> None:
        self._meet("COMMIT")

    def _meet(self, statement: str) -> None:
        self.statements.append(statement)
        if len(self.statements) - 1 == self.fails_at:
            raise dbapi2.OperationalError("disk I/O error")


def bring_up(path: Path, key: bytes, faults: Faults, *, refused: str = "") -> None:
    """Bring a record up by the shipped upgrade; one pragma may be refused by the database."""
    engines = engine.make_engines(path, key)
    faults.listen(engines)
    if refused:
        event.listen(engines.writer, "connect", lambda raw, _: refuse(raw, refused))
    try:
        upgrade.bring_up(path, key, engines, at=NOW)
    finally:
        engines.dispose()


def refuse(raw: Any, pragma: str) -> None:
    """Let the database refuse a pragma, in the middle of what the driver does by itself."""

    def authorize(action: int, first: str | None, *_: Any) -> int:
        is_it = action == dbapi2.SQLITE_PRAGMA and first == pragma
        return int(dbapi2.SQLITE_DENY if is_it else dbapi2.SQLITE_OK)

    raw.set_authorizer(authorize)


def numbers(count: int) -> list[int]:
    """Return which statements fail: all, or some with the first and the last."""
    if SOME == 0 or count <= SOME:
        return list(range(count))
    return sorted({round(step * (count - 1) / (SOME - 1)) for step in range(SOME)})


@pytest.mark.parametrize("schema", OLDER)
def test_that_a_fault_at_any_statement_leaves_every_byte_of_the_record(
    tmp_path: Path, schema: int
) -> None:
    counted = Faults()
    (tmp_path / "count").mkdir()
    path = stored.put(schema, tmp_path / "count")
    key = stored.data_key(path)
    bring_up(path, key, counted)
    assert counted.statements[-1] == "COMMIT"
    assert len(counted.statements) > 100
    for number in numbers(len(counted.statements)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = stored.put(schema, folder)
        before = path.read_bytes()
        faults = Faults(fails_at=number)
        with pytest.raises(UpgradeFailedError, match="report the reference") as caught:
            bring_up(path, key, faults)
        assert AS_IT_WAS in str(caught.value), counted.statements[number]
        assert path.read_bytes() == before, counted.statements[number]
        assert not list(folder.glob("*-kept-*"))
        (made,) = backup.folder_of(path).glob("*.scs")
        assert stored.rows(made, key) == stored.rows(path, key)
    bring_up(path, key, Faults())  # and the next attempt works
    assert engine.stored_version(path, key) == SCHEMA


@pytest.mark.parametrize("schema", OLDER)
@pytest.mark.parametrize(
    ("pragma", "said"),
    [
        ("foreign_keys", AS_IT_WAS),  # before the steps
        ("wal_checkpoint", IN_PLACE),  # after their commit
        ("cipher_integrity_check", IN_PLACE),  # the full check at the end
    ],
)
def test_that_a_fault_around_the_steps_gives_the_older_record_back(
    tmp_path: Path, schema: int, pragma: str, said: str
) -> None:
    path = stored.put(schema, tmp_path)
    key, before = stored.data_key(path), path.read_bytes()
    rows = stored.rows(path, key)
    with pytest.raises(UpgradeFailedError, match="report the reference") as caught:
        bring_up(path, key, Faults(), refused=pragma)
    assert said in str(caught.value)
    assert engine.stored_version(path, key) == schema
    assert stored.rows(path, key) == rows
    assert (path.read_bytes() == before) == (said == AS_IT_WAS)
    assert bool(list(tmp_path.glob("*-kept-*"))) == (said == IN_PLACE)
    bring_up(path, key, Faults())
    assert stored.columns_of(rows, stored.rows(path, key)) == rows


@pytest.mark.parametrize("schema", OLDER)
def test_that_without_a_backup_no_step_is_begun(tmp_path: Path, schema: int) -> None:
    path = stored.put(schema, tmp_path)
    backup.folder_of(path).write_text("in the way of the folder")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(UpgradeFailedError, match="Nothing was changed"):
        open_record(path, "anna", PASSWORD, options=options())
    left = {f.name: f.read_bytes() for f in tmp_path.iterdir() if not f.name.endswith(".lock")}
    assert left == before
