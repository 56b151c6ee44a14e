"""Synthetic records of up to 100,000 patients, and diary files; made once, then kept.

``python -m tests.benchmarks.generator clinic.scs --ended 100000 --running 200`` writes a record
whose account is ``bench`` (password: PASSWORD). Nobody in it exists. Each patient has one trial of
three baseline and seven trial days; the ended ones were decided on and lie at least 60 days back.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

import platformdirs

from scs_trial.assemble import first_settings, shipped_library
from scs_trial.clock import FixedClock
from scs_trial.data import convert
from scs_trial.data.keys import SHIPPED_COST, Cost
from scs_trial.data.open import create_record
from scs_trial.data.options import Options
from scs_trial.data.schema import SCHEMA
from scs_trial.data.search_keys import name_parts
from scs_trial.domain.check_in import CheckIn, HowObtained
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.trial import Decision, DecisionKind, Trial
from tests.benchmarks.bulk import Bulk, bulk_writer
from tests.benchmarks.known import ACCOUNT, NOW, PASSWORD

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
FORM = 1
"""Raise it when what is generated changes, so that kept files are made anew."""
BASELINE_DAYS = 3
TRIAL_DAYS = 7
_PAIN, _SLEEP, _ACTIVITY = Series("pain_average"), Series("sleep_quality"), Series("activity_score")
_ONSETS = ("B", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V", "W", "Br", "Kl")
_MIDDLES = ("an", "er", "il", "om", "ur", "at", "en", "ist", "ol", "und", "ard", "eck", "ing")
_ENDS = ("a", "er", "mann", "sen", "ova", "stein", "berg", "ini", "ez", "son", "ski", "eau")
_FIRST = ("Ada", "Ben", "Cleo", "Dora", "Emil", "Finn", "Greta", "Hugo", "Ida", "Jan", "Kim", "Lea")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a record holds."""

    ended: int
    running: int = 0
    cost: Cost = CHEAP

    @property
    def name(self) -> str:
        shipped = "-shipped-cost" if self.cost == SHIPPED_COST else ""
        return f"{self.ended}-ended-{self.running}-running{shipped}"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A record that was made: its path and its data key."""

    path: Path
    key: bytes


def make_record(path: Path, plan: Plan, *, seed: int = 1) -> Made:
    """Write a record; the account is `ACCOUNT`, the password `PASSWORD`."""
    options = Options(clock=FixedClock(NOW), cost=plan.cost, workstation="bench")
    created = create_record(
        path, ACCOUNT, PASSWORD, settings=first_settings("Europe/Berlin"), options=options
    )
    key = created.records.keys.data_key
    created.records.close()
    with bulk_writer(path, key, ACCOUNT, at=NOW - timedelta(days=1)) as bulk:
        maker = _Maker(bulk, random.Random(seed))
        for number in range(plan.ended):
            maker.patient(number, running=False)
        for number in range(plan.ended, plan.ended + plan.running):
            maker.patient(number, running=True)
    return Made(path=path, key=key)


class _Maker:
    def __init__(self, bulk: Bulk, chance: random.Random) -> None:
        self._bulk = bulk
        self._chance = chance
        self._revision = 0
        self._criteria = shipped_library().criteria["general-50"]
        self._criteria_text = shipped_library().texts["general-50"]

    def patient(self, number: int, *, running: bool) -> None:
        """Add a patient with a trial and its check-ins."""
        chance = self._chance
        patient = Patient(
            id=self._id(),
            name=_name(chance),
            mrn=f"SYN{number:07}",
            birth_date=date(1930, 1, 1) + timedelta(days=chance.randrange(25_000)),
            sex=chance.choice((Sex.FEMALE, Sex.MALE)),
            telephones=(f"000 {number:07}",),
        )
        seq = self._bulk.audit("patient", patient.id, patient_id=patient.id, new=patient)
        self._bulk.add("patient", convert.patient_values(patient, changed_seq=seq))
        for part in name_parts(patient.name):
            self._bulk.add("patient_name_part", {"patient_id": patient.id, "part": part})
        self._trial(patient, running=running)

    def _trial(self, patient: Patient, *, running: bool) -> None:
        today = NOW.date()
        back = self._chance.randrange(1, 7) if running else self._chance.randrange(70, 3_650)
        start = today - timedelta(days=back)
        ended = None if running else start + timedelta(days=TRIAL_DAYS)
        trial = Trial(
            id=self._id(),
            patient_id=patient.id,
            trial_start=start,
            target_region="low back and legs",
            criteria_version=self._criteria.version,
            criteria_text=self._criteria_text,
            measures_asked=("pain_average", "sleep_quality", "activity_score"),
            trial_ended=ended,
            end_reason=None if running else EndReason.PLANNED,
            lead_removed_at=ended and datetime.combine(ended, time(14)),
        )
        self._bulk.audit("trial", trial.id, patient_id=patient.id, new=trial)
        self._bulk.add("trial", convert.trial_values(trial, decided=not running))
        asked = back - self._chance.randrange(1, 3)  # of every second one, yesterday is still due
        for days in range(-BASELINE_DAYS, min(TRIAL_DAYS, asked) + 1):
            if days:
                self._check_in(patient, trial, start + timedelta(days=days), days < 0)
        if not running:
            self._decision(patient, trial, ended)

    def _check_in(self, patient: Patient, trial: Trial, day: date, baseline: bool) -> None:
        chance = self._chance
        check_in = CheckIn(
            id=self._id(),
            trial_id=trial.id,
            day=day,
            phase=Phase.BASELINE if baseline else Phase.TRIAL,
            values={
                _PAIN: Decimal(chance.randrange(6, 10) if baseline else chance.randrange(1, 7)),
                _SLEEP: Decimal(chance.randrange(2, 9)),
                _ACTIVITY: Decimal(chance.randrange(2, 9)),
            },
            how_obtained=HowObtained.PHONE,
            identity_confirmed=True,
            recorded_at=datetime(day.year, day.month, day.day, 17, tzinfo=UTC),
            recorded_by=ACCOUNT.id,
        )
        self._revision += 1
        self._bulk.audit("check_in", check_in.id, patient_id=patient.id, new=check_in)
        self._bulk.add("check_in", convert.check_in_values(check_in))
        revision = convert.revision_values(check_in) | {"id": self._revision}
        self._bulk.add("check_in_revision", revision)
        for score in convert.score_values(check_in, self._revision):
            self._bulk.add("score", score)

    def _decision(self, patient: Patient, trial: Trial, ended: date) -> None:
        decision = Decision(
            id=self._id(),
            trial_id=trial.id,
            version=1,
            kind=self._chance.choice((DecisionKind.PERMANENT_IMPLANT, DecisionKind.NO_IMPLANT)),
            reason="synthetic",
            decider="Bench, Synthetic",
            decided_at=datetime(ended.year, ended.month, ended.day, 15, tzinfo=UTC),
            by=ACCOUNT.id,
        )
        self._bulk.audit("decision", decision.id, patient_id=patient.id, new=decision)
        self._bulk.add("decision", convert.decision_values(decision))

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)


def _name(chance: random.Random) -> str:
    family = chance.choice(_ONSETS) + chance.choice(_MIDDLES) + chance.choice(_MIDDLES)
    return f"{family}{chance.choice(_ENDS)}, {chance.choice(_FIRST)}"


def diary_rows(trials: int, *, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a diary file, the header first; ten rows for each trial."""
    chance = random.Random(seed)
    yield ("patient", "trial_start", "trial_ended", "date", "phase", "pain_average")
    for number in range(trials):
        start = date(2025, 1, 1) + timedelta(days=chance.randrange(300))
        ended = (start + timedelta(days=TRIAL_DAYS)).isoformat()
        for days in range(-BASELINE_DAYS, TRIAL_DAYS + 1):
            if days:
                pain = chance.randrange(12, 20) if days < 0 else chance.randrange(2, 14)
                phase = "baseline" if days < 0 else "trial"
                day = (start + timedelta(days=days)).isoformat()
                value = f"{Decimal(pain) / 2}"
                yield f"SYN{number:07}", start.isoformat(), ended, day, phase, value


def write_diary(path: Path, trials: int) -> Path:
    """Write such a file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(diary_rows(trials))
    return path


def cache_folder() -> Path:
    """Return where what was made is kept; another schema or form starts anew."""
    named = os.environ.get("SCS_TRIAL_BENCH_CACHE")
    base = Path(named) if named else platformdirs.user_cache_path("scs-trial-bench")
    folder = base / f"schema-{SCHEMA}-{FORM}"
    if base.is_dir():
        for other in base.glob("schema-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def kept_record(plan: Plan) -> Made:
    """Return a record of that plan; it is made when there is none yet."""
    folder = cache_folder() / plan.name
    path, key = folder / "clinic.scs", folder / "key"
    if not key.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        print(f"making a record: {plan.name} ...", file=sys.stderr, flush=True)
        key.write_bytes(make_record(path, plan).key)  # written last: the record is whole
    return Made(path=path, key=key.read_bytes())


@cache
def kept_diary(trials: int) -> Path:
    """Return a diary file; it is made when there is none yet."""
    path = cache_folder() / f"diary-{trials}.csv"
    if not path.exists():
        write_diary(path.with_suffix(".part"), trials).replace(path)
    return path


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generator")
    parser.add_argument("file", type=Path, help="record (.scs) or diary (.csv) to write")
    parser.add_argument("--ended", type=int, default=1_000, help="patients of ended trials")
    parser.add_argument("--running", type=int, default=200, help="patients of running trials")
    chosen = parser.parse_args(words)
    if chosen.file.suffix == ".csv":
        write_diary(chosen.file, chosen.ended + chosen.running)
    else:
        make_record(chosen.file, Plan(ended=chosen.ended, running=chosen.running))
        print(f"account {ACCOUNT.user_name}, password: {PASSWORD}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
