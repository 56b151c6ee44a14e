"""A thief of the disk reads nothing: marked texts of every field are looked for on it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scs_trial.clock import FixedClock
from scs_trial.data import seal
from scs_trial.data.backup import BackupFolder, Plan, folder_of
from scs_trial.domain.backups import BackupReason
from scs_trial.services.register_patient import find_patients
from tests.records import RECORD_NAME, make_record, reopened, session_on
from tests.story.canary_flow import marked
from tests.story.full_record import fill
from tests.story.test_no_leaks import holds_mark, import_a_diary, leaks, own_place, work_for_a_day
from tests.torture.promise import Promise, Reached

FEWEST = 50
TODAY = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


def disk_of_a_clinic(folder: Path) -> tuple[int, list[str]]:
    """Fill a record, back it up and copy it; return how many marks, and where one can be read.

    The record stays open meanwhile, so that its log is searched too.
    """
    made = make_record(folder, clock=FixedClock(TODAY))
    session = session_on(made.records, made.account, clock=FixedClock(TODAY))
    kinds: set[str] = set()
    fill(session, lambda kind: kinds.add(kind) or marked(kind))
    back_up(folder / RECORD_NAME, made.records.keys.data_key)
    seal.seal(folder / RECORD_NAME, made.records.keys.data_key, folder / "copy.scs")
    assert (folder / f"{RECORD_NAME}-wal").stat().st_size > 0
    assert find_patients(session, marked("name"))  # the marks are there to be found
    found = leaks(folder)
    made.records.close()
    return len(kinds), found + leaks(folder)


def back_up(path: Path, key: bytes) -> None:
    plan = Plan(at=TODAY, reason=BackupReason.CHANGED, zone=ZoneInfo("UTC"))
    BackupFolder(folder_of(path), stem=path.stem).make(path, key, plan)


def day_of_the_program(folder: Path) -> tuple[int, list[str]]:
    """Run the program for a day of work, its window included; look while it is open, too."""
    own = own_place(folder)
    said, errors = work_for_a_day(own, folder)
    kinds = int(said[0].split()[1]) + len(("typed note", "csv"))
    found = ["output"] if holds_mark((said[1] + errors).encode()) else []
    if import_a_diary(own, folder).returncode:
        found.append("the import failed")
    record = folder / "record" / RECORD_NAME
    session = reopened(record, FixedClock(TODAY))
    back_up(record, session.records.keys.data_key)
    session.records.close()
    return kinds, found + leaks(folder)


def run(size: int, seed: int, folder: Path) -> Reached:
    """Search a clinic's disk, and with size 2 also the disk under the whole program."""
    (folder / "clinic").mkdir()
    marks, found = disk_of_a_clinic(folder / "clinic")
    where = "record, log, backup, copy, keys, drafts"
    if size > 1:
        (folder / "day").mkdir()
        more, leaked = day_of_the_program(folder / "day")
        marks, found = max(marks, more), found + leaked
        where += ", temporary files, logs, settings, output of a day of work"
    return Reached(
        text=f"{len(found)} of {marks} canaries read in {where}"
        + "".join(f"; {place}" for place in found[:5]),
        held=marks >= FEWEST - (size == 1) and not found,
    )


PROMISE = Promise(
    name="thief",
    words="disk thief reads nothing",
    figure="0 of 50 canaries in record, WAL, backups, drafts, keys, temporary files, logs",
    full=2,
    short=1,
    run=run,
)
