"""The evaluation: a whole diary against pandas; one trial of 28 days against 7."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from importlib.util import find_spec

from scs_trial.assemble import shipped_catalogue, shipped_library
from scs_trial.domain.diary import Diary, DiaryDay, Phase
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.measures import Series
from tests.benchmarks.generator import kept_diary
from tests.benchmarks.measure import Bench, Cost, NotMeasuredError, run_child, timed
from tests.benchmarks.scripts import PANDAS

_START = date(2026, 3, 1)
_PAIN = Series("pain_average")
_TIMES = 50
_TRIALS = 10_000


def _diary(days: int) -> Diary:
    """Return a trial with every second day open, the costly case."""
    baseline = [
        DiaryDay(
            day=_START - timedelta(days=n), phase=Phase.BASELINE, values={_PAIN: Decimal(7 + n % 2)}
        )
        for n in range(1, 8)
    ]
    trial = [
        DiaryDay(
            day=_START + timedelta(days=n), phase=Phase.TRIAL, values={_PAIN: Decimal(3 + n % 3)}
        )
        for n in range(1, days + 1, 2)
    ]
    return Diary(trial_start=_START, planned_days=days, days=(*baseline, *trial))


def _cost(days: int) -> Cost:
    diary, criteria = _diary(days), shipped_library().criteria["general-50"]
    return timed(lambda: evaluate(diary, criteria, shipped_catalogue()), times=_TIMES)


def _program() -> Cost:
    diary = str(kept_diary(_TRIALS))
    command = [sys.executable, "-m", "scs_trial.cli", "evaluate", diary, "--format", "json"]
    return run_child(command, says=False)


def _pandas() -> Cost:
    if find_spec("pandas") is None:
        raise NotMeasuredError("pandas is not installed; make bench installs it")
    return run_child([sys.executable, "-c", PANDAS, str(kept_diary(_TRIALS))], says=False)


BENCHES = [
    Bench(
        row="10",
        work="evaluate a diary of 100,000 rows, whole process",
        against="a pandas script: means, percent, the 50 % flag",
        target=2,
        ours=_program,
        floor=_pandas,
    ),
    Bench(
        row="14",
        work="evaluation of one trial of 28 days",
        against="the same of 7 days",
        target=6,
        ours=lambda: _cost(28),
        floor=lambda: _cost(7),
    ),
]
