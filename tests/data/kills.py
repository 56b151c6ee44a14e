"""Kill a saving process at random moments and look whether anything said to be saved is lost."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.data import build, children
from tests.records import RECORD_NAME, make_session

MOST_SAVES = 7
LONGEST_MOMENT_SECONDS = 0.03
DAYS_OF_A_LIFE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a record under kills."""

    kills: int
    acknowledged: int
    lost: int
    half: int
    sound: bool


def record_with_trial(folder: Path) -> tuple[Path, UUID]:
    """Make a closed record with one trial."""
    session = make_session(folder)
    patient = build.patient()
    trial = build.trial(patient.id)
    with session.writing() as work:
        work.patients.save(patient)
        work.trials.save(trial)
        work.commit()
    session.records.close()
    return folder / RECORD_NAME, trial.id


def kill_while_saving(folder: Path, *, kills: int, seed: int, too_early: bool = False) -> Outcome:
    """Kill a process that saves check-ins, again and again, on one record."""
    path, trial_id = record_with_trial(folder)
    chance = random.Random(seed)
    said: set[UUID] = set()
    for number in range(kills):
        process, ours = children.start(
            children.save_for_ever, path, trial_id, number * DAYS_OF_A_LIFE, too_early
        )
        said |= _until_killed(process, ours, chance)
    return _judge(path, trial_id, said, kills=kills)


def kill_while_creating(path: Path, *, after_seconds: float) -> None:
    """Kill a process at a moment of the creation of a record, or after it."""
    process, ours = children.start(children.create_and_wait, path)
    assert ours.recv() == "begins"
    ours.poll(after_seconds)
    process.kill()
    process.join()
    ours.close()


def _until_killed(process: Any, ours: Connection, chance: random.Random) -> set[UUID]:
    """Wait for some saves and a random moment more, kill, and return what was said."""
    assert ours.recv() == "ready"
    said = {ours.recv() for _ in range(chance.randrange(MOST_SAVES))}
    end = time.monotonic() + chance.uniform(0, LONGEST_MOMENT_SECONDS)
    while (left := end - time.monotonic()) > 0 and ours.poll(left):
        said.add(ours.recv())
    process.kill()
    process.join()
    said |= set(children.drain(ours))  # said before the kill, read after it
    return said


def _judge(path: Path, trial_id: UUID, said: set[UUID], *, kills: int) -> Outcome:
    records = children.opened(path).records
    records.check()
    with records.reading() as work:
        stored = {held.id: held for held in work.check_ins.of_trial(trial_id)}
    wanted = build.check_in(trial_id)
    half = [
        held
        for held in stored.values()
        if (held.values, held.safety) != (wanted.values, wanted.safety)
    ]
    sound = records.verify_chain().holds
    records.close()
    return Outcome(
        kills=kills,
        acknowledged=len(said),
        lost=len(said - stored.keys()),
        half=len(half),
        sound=sound,
    )
