"""The published vectors: diaries, criteria and the results that the specification prescribes.

Source and licence (CC0): ``tests/fixtures/expected/evaluation_vectors/SOURCE.txt``. Numbers agree
within 1e-6, everything else exactly. The shipped copy always runs; the reference itself runs too
where it is at hand.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scs_trial.domain.criteria_file import read_criteria
from scs_trial.domain.evaluation import evaluate
from scs_trial.exchange.diary_csv import read_diary
from scs_trial.exchange.result_json import result_json
from tests.domain.generate import CATALOGUE
from tests.reference import FIXTURES, reference

CASES = range(1, 7)
TOLERANCE = 1e-6


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    """Name every place where two JSON values differ."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        if ours.keys() != theirs.keys():
            yield f"{path}: keys {sorted(ours)} instead of {sorted(theirs)}"
        for key in ours.keys() & theirs.keys():
            yield from differences(ours[key], theirs[key], f"{path}.{key}")
    elif isinstance(theirs, list) and isinstance(ours, list):
        if len(ours) != len(theirs):
            yield f"{path}: {ours} instead of {theirs}"
        for index, (left, right) in enumerate(zip(ours, theirs, strict=False)):
            yield from differences(left, right, f"{path}[{index}]")
    elif type(ours) in (int, float) and type(theirs) in (int, float):
        if abs(ours - theirs) > TOLERANCE:
            yield f"{path}: {ours} instead of {theirs}"
    elif type(ours) is not type(theirs) or ours != theirs:
        yield f"{path}: {ours!r} instead of {theirs!r}"


def check(folder: Path, case: int) -> None:
    reading = read_criteria(
        folder.joinpath(f"case{case}.toml").read_text(encoding="utf-8"),
        file_name=f"case{case}.toml",
        catalogue=CATALOGUE,
    )
    assert reading.criteria is not None, reading.faults
    content = folder.joinpath(f"case{case}.csv").read_bytes()
    read = read_diary(io.BytesIO(content), catalogue=CATALOGUE)
    assert not read.faults
    ours = [
        result_json(patient, diary.trial_start, evaluate(diary, reading.criteria, CATALOGUE))
        for patient, diary in read.trials
    ]
    written = json.loads(json.dumps(ours))
    theirs = json.loads(folder.joinpath(f"case{case}.json").read_text(encoding="utf-8"))
    assert len(theirs) == 40
    assert list(differences(written, theirs)) == []


@pytest.mark.parametrize("case", CASES)
def test_that_the_shipped_vectors_are_matched(case: int) -> None:
    check(FIXTURES / "expected" / "evaluation_vectors", case)


@pytest.mark.parametrize("case", CASES)
def test_that_the_reference_vectors_are_matched(case: int) -> None:
    check(reference("evaluation_vectors"), case)


def test_that_the_comparison_sees_a_difference() -> None:
    theirs = [{"value": 1.0, "status": "met", "needed": None, "possible": ["met"]}]
    for ours in (
        [{"value": 1.00001, "status": "met", "needed": None, "possible": ["met"]}],
        [{"value": 1.0, "status": "not_met", "needed": None, "possible": ["met"]}],
        [{"value": 1.0, "status": "met", "needed": 0, "possible": ["met"]}],
        [{"value": True, "status": "met", "needed": None, "possible": ["met"]}],
        [{"value": 1.0, "status": "met", "needed": None, "possible": []}],
        [{"value": 1.0, "status": "met", "needed": None}],
    ):
        assert list(differences(ours, theirs))
