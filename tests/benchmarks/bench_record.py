"""The open record: a patient, the start page, the search, a save; against SQL by hand."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from functools import cache
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

from scs_trial.domain.check_in import HowObtained, SafetyAnswer, SafetyCheck
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.services.record_check_in import RecordCheckIn, record_check_in
from scs_trial.services.register_patient import find_patients
from scs_trial.services.review_trial import open_workspace
from scs_trial.services.session import Session
from scs_trial.services.today import today_list
from tests.benchmarks import floors
from tests.benchmarks.generator import Made, Plan, kept_record
from tests.benchmarks.known import NOW, session_with_key
from tests.benchmarks.measure import Bench, Cost, timed

HUNDRED = Plan(ended=100)
TEN_THOUSAND = Plan(ended=10_000)
HUNDRED_THOUSAND = Plan(ended=100_000, running=200)
RUNNING_ALONE = Plan(ended=0, running=200)
_OPENED = 20
_KEYSTROKES = ("b", "be", "ber", "bera", "k", "kl", "klin", "ada", "stei", "hu", "hugo", "werist")
_open = ExitStack()
atexit.register(_open.close)


def session_on(made: Made) -> Session:
    """Return a session on a record that is opened with its key, without a password."""
    session = session_with_key(made.path, made.key)
    _open.callback(session.records.close)
    return session


@cache
def _session(plan: Plan) -> Session:
    return session_on(kept_record(plan))


@cache
def _raw(plan: Plan) -> object:
    return _open.enter_context(floors.connection(kept_record(plan)))


@cache
def _patients(plan: Plan) -> Iterator[UUID]:
    """Return patients of ended trials in an order without meaning, again and again."""
    found = _raw(plan).execute(
        "SELECT patient_id FROM trial WHERE in_work = 0 ORDER BY id LIMIT 2000"
    )
    ids = [UUID(row[0]) for row in found]
    random.Random(2).shuffle(ids)
    return cycle(ids)


def _open_ours(plan: Plan) -> Cost:
    session, patients = _session(plan), _patients(plan)
    return timed(lambda: open_workspace(session, next(patients)), times=_OPENED)


def _open_floor(plan: Plan) -> Cost:
    raw, patients = _raw(plan), _patients(plan)
    return timed(lambda: floors.open_patient(raw, str(next(patients))), times=_OPENED)


def _today_ours(plan: Plan) -> Cost:
    session = _session(plan)
    return timed(lambda: today_list(session), times=3)


def _today_floor(plan: Plan) -> Cost:
    raw = _raw(plan)
    return timed(lambda: floors.today(raw), times=3)


def _each_keystroke(work: Callable[[str], object]) -> Cost:
    def type_all() -> None:
        for text in _KEYSTROKES:
            work(text)

    cost = timed(type_all, times=5)
    return Cost(wall=cost.wall / len(_KEYSTROKES), cpu=cost.cpu / len(_KEYSTROKES))


def _search_ours() -> Cost:
    session = _session(HUNDRED_THOUSAND)
    return _each_keystroke(lambda text: find_patients(session, text, limit=8))


def _search_floor() -> Cost:
    raw = _raw(HUNDRED_THOUSAND)
    return _each_keystroke(lambda text: floors.search(raw, text))


@cache
def _copy(number: int) -> Made:
    """Return a copy of the record of running trials, to be written into."""
    made = kept_record(RUNNING_ALONE)
    folder = Path(tempfile.mkdtemp(prefix="scs-trial-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path in made.path.parent.glob(f"{made.path.name}*"):
        shutil.copyfile(path, folder / path.name)
    return Made(path=folder / made.path.name, key=made.key)


@cache
def _saving(number: int) -> tuple[Session, object, Iterator[tuple[str, str]], tuple[str, ...]]:
    made = _copy(number)
    raw, session = _open.enter_context(floors.connection(made)), session_on(made)
    trials = raw.execute("SELECT patient_id, id FROM trial WHERE in_work = 1 ORDER BY id")
    items = tuple(item.id for item in session.settings().safety.items)
    return session, raw, iter(trials.fetchall()), items


def _save_ours() -> Cost:
    session, _, trials, items = _saving(1)
    safety = SafetyCheck(
        answers=tuple(SafetyAnswer(item_id=item, answer=False) for item in items),
        wording_version="1",
        asked_by="bench",
        asked_at=NOW,
    )

    def save() -> None:
        _, trial = next(trials)
        command = RecordCheckIn(
            id=uuid4(),
            trial_id=UUID(trial),
            day=NOW.date(),
            phase=Phase.TRIAL,
            values={Series("pain_average"): Decimal(3), Series("sleep_quality"): Decimal(6)},
            how_obtained=HowObtained.PHONE,
            identity_confirmed=True,
            safety=safety,
        )
        record_check_in(session, command)

    return timed(save, times=_OPENED)


def _save_floor() -> Cost:
    _, raw, trials, items = _saving(2)

    def save() -> None:
        patient, trial = next(trials)
        day = NOW.date().isoformat()
        floors.save(raw, patient=patient, trial=trial, day=day, answers=items)

    return timed(save, times=_OPENED)


BENCHES = [
    Bench(
        row="5",
        work="open a patient, audited, among 10,000 trials",
        against="the same rows and the audit row by hand-written SQL",
        target=2.5,
        ours=lambda: _open_ours(TEN_THOUSAND),
        floor=lambda: _open_floor(TEN_THOUSAND),
    ),
    Bench(
        row="6",
        work="open a patient among 100,000",
        against="the same among 100",
        target=1.2,
        ours=lambda: _open_ours(HUNDRED_THOUSAND),
        floor=lambda: _open_ours(HUNDRED),
    ),
    Bench(
        row="7",
        work="Today, 200 running among 100,000 ended trials",
        against="the same rows by hand-written SQL",
        target=3,
        ours=lambda: _today_ours(HUNDRED_THOUSAND),
        floor=lambda: _today_floor(HUNDRED_THOUSAND),
    ),
    Bench(
        row="7b",
        work="Today, 200 running among 100,000 ended trials",
        against="the same with no ended ones",
        target=1.2,
        ours=lambda: _today_ours(HUNDRED_THOUSAND),
        floor=lambda: _today_ours(RUNNING_ALONE),
    ),
    Bench(
        row="8",
        work="search as you type, each keystroke, 100,000 patients",
        against="the same rows by hand-written indexed SQL",
        target=2,
        ours=_search_ours,
        floor=_search_floor,
    ),
    Bench(
        row="9",
        work="save a check-in, durable, audited",
        against="the same inserts by hand-written SQL, FULL",
        target=2,
        ours=_save_ours,
        floor=_save_floor,
    ),
]
