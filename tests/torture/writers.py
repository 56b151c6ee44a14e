"""Four processes write one file."""

from __future__ import annotations

from pathlib import Path

from scs_trial.data.unit_of_work import SqlUnitOfWork
from scs_trial.errors import UserError
from tests.data import children
from tests.data.kills import record_with_trial
from tests.torture.promise import Promise, Reached, counted

PROCESSES = 4


def write_at_once(folder: Path, *, each: int, work=None) -> tuple[int, int, bool]:
    """Return how many writes were acknowledged, how many of those are stored, and if all fits."""
    path, trial_id = record_with_trial(folder)
    started = [
        children.start(work or children.save_many, path, trial_id, range(n * each, (n + 1) * each))
        for n in range(PROCESSES)
    ]
    said = {check_in_id for _, ours in started for check_in_id in children.drain(ours)}
    for process, _ in started:
        process.join()
    records = children.opened(path).records
    records.check()
    with records.reading() as work_:
        stored = {held.id for held in work_.check_ins.of_trial(trial_id)}
    sound = records.verify_chain().holds
    records.close()
    return len(said), len(said & stored), sound


def save_deferred(say: children.Say, path: Path, trial_id, numbers: range) -> None:
    """Save as `children.save_many` does, but without taking the write lock first."""
    begin = SqlUnitOfWork.__enter__

    def enter(self):
        begin(self)
        if self._writer is not None:
            raw = self._connection.connection.driver_connection
            raw.execute("ROLLBACK")
            raw.execute("BEGIN DEFERRED")
        return self

    SqlUnitOfWork.__enter__ = enter
    opened = children.opened(path, exclusive=False)
    for number in numbers:
        try:
            say(children.save_check_in(opened, trial_id, number))
        except UserError:
            continue
    opened.records.close()


def run(size: int, seed: int, folder: Path) -> Reached:
    """Let each of four processes write ``size`` times."""
    said, stored, sound = write_at_once(folder, each=size)
    wanted = PROCESSES * size
    return counted(wanted, "writes", failed=wanted - said, lost=said - stored, unsound=not sound)


PROMISE = Promise(
    name="writers",
    words="four processes on one file",
    figure="4 x 300 writes, 0 failures",
    full=300,
    short=10,
    run=run,
)
