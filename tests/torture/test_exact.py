"""What the row of the exact parts says comes from measurements, and from nothing else."""

from __future__ import annotations

import json
import os

import pytest

from tests.torture import exact

META = "mutants/scs_trial/services/authorize.py.meta"


@pytest.fixture
def kept(tmp_path):
    """Write what mutmut would have left behind about the authorization."""

    def write(*codes, age=0):
        path = tmp_path / META
        path.parent.mkdir(parents=True, exist_ok=True)
        held = {str(number): code for number, code in enumerate(codes)}
        path.write_text(json.dumps({"exit_code_by_key": held}), encoding="utf-8")
        at = path.stat().st_mtime - age
        os.utime(path, (at, at))
        return exact.mutation_score("authorization", tmp_path)

    return write


def test_that_killed_and_surviving_mutants_make_the_score(kept):
    assert kept(1, 1, 36, 0, 33) == (3, 5)


@pytest.mark.parametrize("codes", [(), (1, None), (1, 2)])
def test_that_a_run_that_did_not_end_is_no_score(kept, codes):
    assert kept(*codes) is None


def test_that_a_run_before_the_last_change_is_no_score(kept):
    assert kept(1, age=10**9) is None


def test_that_no_run_is_no_score(tmp_path):
    assert exact.mutation_score("authorization", tmp_path) is None


def test_that_every_part_names_modules_that_are_there():
    for part, patterns in exact.PARTS.items():
        assert len(exact.sources(part)) >= len(patterns)


@pytest.mark.parametrize(
    ("covered", "score", "held"),
    [
        ((10, 10), (90, 100), True),
        ((9, 10), (90, 100), False),
        ((10, 10), (84, 100), False),
        ((10, 10), None, False),
    ],
)
def test_that_the_row_is_reached_by_both_figures_alone(
    tmp_path, monkeypatch, *, covered, score, held
):
    monkeypatch.setattr(
        exact, "branch_coverage", lambda folder: dict.fromkeys(exact.PARTS, covered)
    )
    monkeypatch.setattr(exact, "mutation_score", lambda part: score)
    reached = exact.run(1, 1, tmp_path)
    assert reached.held is held
    assert ("run make mutation" in reached.text) is (score is None)
