"""Real diaries, evaluated from the command line, agree with values computed outside the product.

The data's own 0-10 VAS is taken as ``pain_average`` for this test only.
"""

import json
import subprocess
import sys

import pytest

from tests.real_diaries import NO_FOLLOW_UP, expected, write_diary_csv
from tests.reference import FIXTURES, ROOT

ONE_DAY = FIXTURES / "criteria" / "half-one-day.toml"


def evaluated(path) -> list[dict]:
    command = [sys.executable, "-m", "scs_trial", "evaluate", path, "--criteria", ONE_DAY]
    done = subprocess.run(
        [*map(str, command), "--format", "json"], capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def assert_agrees(results: list[dict]) -> None:
    """Compare baseline, mean, relief, last three days and the 50 % flag for everybody."""
    rows = expected()
    assert [result["patient"] for result in results] == [row["patient"] for row in rows]
    for result, row in zip(results, rows, strict=True):
        if not row["followup_days"] or row["followup_days"] == "0":
            assert result["status"] == "not_assessable"
            continue
        primary = result["primary"]
        assert primary["baseline"] == pytest.approx(float(row["baseline_mean"]), abs=1e-6)
        assert primary["trial"] == pytest.approx(float(row["followup_mean"]), abs=1e-6)
        assert primary["value"] == pytest.approx(float(row["relief_diary_pct"]), abs=1e-6)
        assert (result["status"] == "met") == (row["ge50_diary"] == "1")


def test_that_real_diaries_give_the_relief_computed_outside_the_product(tmp_path):
    path = tmp_path / "diaries.csv"
    write_diary_csv(path)
    results = evaluated(path)
    assert_agrees(results)
    statuses = [result["status"] for result in results]
    assert statuses.count("not_assessable") == NO_FOLLOW_UP
    assert statuses.count("met") == 37
    assert len(statuses) - NO_FOLLOW_UP == 110
