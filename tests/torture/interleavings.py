"""Two users never overwrite each other: generated interleavings of reading and saving.

Each of two or three people, on a connection of their own to one encrypted file, reads a row,
changes it and saves it, in an order that chance makes; whoever is refused reads again and saves
again. Nothing is lost when every change that was acknowledged was made upon the change before it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from scs_trial.clock import FixedClock
from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import ConflictError
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.record_check_in import RecordCheckIn, correct_check_in, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.services.session import Session
from tests.data import children
from tests.records import NOW, make_session, session_on
from tests.torture.promise import Promise, Reached

PEOPLE = 3
CHANGES_OF_EACH = 2
PAIN = Series("pain_average")
KINDS = ("check-in", "patient", "trial")


@dataclass(slots=True)
class Row:
    """A row that several people change: how to read it, and how to save a number into it."""

    read: Callable[[Session], Any]
    save: Callable[[Session, Any, int], Any]
    number: Callable[[Any], int]


@dataclass(slots=True)
class Outcome:
    """What became of the changes."""

    interleavings: int = 0
    saved: int = 0
    refused: int = 0
    lost: int = 0
    kinds: set[str] = field(default_factory=set)


def interleave(folder: Path, *, times: int, seed: int) -> Outcome:
    """Try ``times`` generated interleavings; a fresh row for each ten of them."""
    chance, outcome = random.Random(seed), Outcome()
    first = make_session(folder)
    first.records.close()
    people = [_person(folder / "clinic.scs") for _ in range(PEOPLE)]
    rows: dict[str, Row] = {}
    for number in range(times):
        if number % 10 == 0:
            rows = _rows(people[0])
        kind = chance.choice(KINDS)
        _one(rows[kind], people[: chance.randint(2, PEOPLE)], chance, outcome)
        outcome.kinds.add(kind)
        outcome.interleavings += 1
    for person in people:
        person.records.close()
    return outcome


def _person(path: Path) -> Session:
    opened = children.opened(path, exclusive=False)
    return session_on(opened.records, opened.account, clock=FixedClock(NOW))


def _one(row: Row, people: list[Session], chance: random.Random, outcome: Outcome) -> None:
    """Let everybody make some changes; each must stand upon all that were made before it."""
    left = dict.fromkeys(range(len(people)), CHANGES_OF_EACH)
    seen: dict[int, Any] = {}
    standing = row.number(row.read(people[0]))
    while left:
        place = chance.choice(sorted(left))
        if place not in seen:
            seen[place] = row.read(people[place])
            continue
        read = seen.pop(place)
        number = chance.randrange(1, 10**6)
        try:
            row.save(people[place], read, number)
        except ConflictError:
            outcome.refused += 1
            continue
        outcome.saved += 1
        outcome.lost += row.number(read) != standing  # it wrote over what it had not read
        standing = number
        left[place] -= 1
        if not left[place]:
            del left[place]
    outcome.lost += row.number(row.read(people[0])) != standing


def _rows(session: Session) -> dict[str, Row]:
    patient = save_patient(session, Patient(id=uuid4(), name="Two, Users", mrn=uuid4().hex[:8]))
    start = NOW.date() - timedelta(days=3)
    trial = save_trial(session, Trial(id=uuid4(), patient_id=patient.id, trial_start=start))
    command = RecordCheckIn(
        id=uuid4(),
        trial_id=trial.id,
        day=start + timedelta(days=1),
        phase=Phase.TRIAL,
        values={PAIN: Decimal(4)},
        how_obtained=HowObtained.PHONE,
        note="0",
    )
    record_check_in(session, command)
    return {
        "check-in": _check_in_row(command),
        "patient": _patient_row(patient),
        "trial": _trial_row(trial),
    }


def _check_in_row(command: RecordCheckIn) -> Row:
    def read(session: Session):
        with session.reading() as work:
            return work.check_ins.get(command.id)

    def save(session: Session, held, number: int):
        changed = replace(command, note=str(number))
        return correct_check_in(session, changed, revision=held.revision, reason="misheard")

    return Row(read, save, lambda held: int(held.note))


def _patient_row(patient: Patient) -> Row:
    def read(session: Session):
        with session.reading() as work:
            return work.patients.get(patient.id)

    def save(session: Session, held, number: int):
        return save_patient(session, replace(held, best_time=str(number)))

    return Row(read, save, lambda held: int(held.best_time or 0))


def _trial_row(trial: Trial) -> Row:
    def read(session: Session):
        with session.reading() as work:
            return work.trials.get(trial.id)

    def save(session: Session, held, number: int):
        return save_trial(session, replace(held, history=str(number)))

    return Row(read, save, lambda held: int(held.history or 0))


def run(size: int, seed: int, folder: Path) -> Reached:
    """Try ``size`` interleavings."""
    seen = interleave(folder, times=size, seed=seed)
    return Reached(
        text=f"{seen.interleavings:,} interleavings of {', '.join(sorted(seen.kinds))} on SQLCipher"
        f" ({seen.saved:,} saved, {seen.refused:,} refused): {seen.lost} lost updates."
        " PostgreSQL: not in this build",
        held=seen.interleavings > 0 and seen.refused > 0 and not seen.lost,
    )


PROMISE = Promise(
    name="two_users",
    words="two users never overwrite each other",
    figure="10,000 generated interleavings on both engines, 0 lost updates",
    full=10_000,
    short=40,
    run=run,
)
