"""A diary file into an encrypted record, against a bulk insert of the rows that it becomes."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

from scs_trial.data import engine
from scs_trial.exchange.diary_csv import read_diary
from scs_trial.services.import_diary import DiaryToImport, Imported, import_diaries
from scs_trial.services.session import Session
from tests.benchmarks.bulk import PARENTS_FIRST
from tests.benchmarks.generator import Made, Plan, cache_folder, kept_diary, kept_record
from tests.benchmarks.known import session_with_key
from tests.benchmarks.measure import Bench, Cost, timed

_TRIALS = 10_000
_EMPTY = Plan(ended=0)


def _copy(folder: Path, made: Made) -> Made:
    for path in made.path.parent.glob(f"{made.path.name}*"):
        shutil.copyfile(path, folder / path.name)
    return Made(path=folder / made.path.name, key=made.key)


def _fresh() -> tuple[Path, Made]:
    folder = Path(tempfile.mkdtemp(prefix="scs-trial-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder, _copy(folder, kept_record(_EMPTY))


def _import(session: Session, path: Path) -> None:
    with path.open("rb") as stream:
        found = read_diary(stream, catalogue=session.catalogue)
    result = import_diaries(
        session,
        [DiaryToImport(patient=one.patient, diary=one.diary) for one in found.trials],
        source=hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    assert result.count(Imported.NEW_CHECK_INS) == found.rows


def _ours() -> Cost:
    diary = kept_diary(_TRIALS)
    folder, made = _fresh()
    session = session_with_key(made.path, made.key)
    try:
        return timed(lambda: _import(session, diary))
    finally:
        session.records.close()
        shutil.rmtree(folder)


@cache
def _rows() -> dict[str, list[tuple[object, ...]]]:
    """Return every row that the import adds, by table; it is imported once for that."""
    kept = cache_folder() / f"imported-{_TRIALS}"
    if not (kept / "done").exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        made = _copy(kept, kept_record(_EMPTY))
        session = session_with_key(made.path, made.key)
        _import(session, kept_diary(_TRIALS))
        session.records.close()
        (kept / "done").touch()
    key = kept_record(_EMPTY).key
    before, after = (
        engine.connect(path, key) for path in (kept_record(_EMPTY).path, kept / "clinic.scs")
    )
    rows = {}
    for table in PARENTS_FIRST:
        there = set(before.execute(f"SELECT * FROM {table}"))
        rows[table] = [row for row in after.execute(f"SELECT * FROM {table}") if row not in there]
    before.close()
    after.close()
    return rows


def _floor() -> Cost:
    rows = _rows()
    folder, made = _fresh()
    raw = engine.connect(made.path, made.key)
    names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        raw.execute(f"DROP TRIGGER {name}")

    def insert() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            if found:
                marks = ", ".join("?" * len(found[0]))
                raw.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
        raw.execute("COMMIT")

    try:
        return timed(insert)
    finally:
        raw.close()
        shutil.rmtree(folder)


BENCHES = [
    Bench(
        row="11",
        work="import that diary into an encrypted record, audited",
        against="a bulk insert of the same rows, one transaction, no guards",
        target=4,
        ours=_ours,
        floor=_floor,
        warm_up=False,
    )
]
