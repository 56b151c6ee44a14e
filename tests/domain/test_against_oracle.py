"""The evaluation against a second program that tries every completion (see ``oracle``).

``python -m tests.domain.test_against_oracle 20000`` runs as many trials by hand, a second
number starts further on.
"""

from __future__ import annotations

import os
import sys
from random import Random

import pytest

from scs_trial.domain.evaluation import evaluate
from tests.domain.exact import exact
from tests.domain.generate import CATALOGUE, case
from tests.domain.oracle import Oracle

CHUNKS = 8
TRIALS_IN_CHUNK = int(os.environ.get("SCS_TRIAL_ORACLE_TRIALS", "400")) // CHUNKS


def check(seed: int) -> None:
    diary, criteria = case(Random(seed))
    ours = exact(evaluate(diary, criteria, CATALOGUE))
    theirs = Oracle(diary, criteria, CATALOGUE).result()
    for key, expected in theirs.items():
        assert ours[key] == expected, (seed, key)
    assert ours == theirs


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_that_random_trials_agree_with_trying_every_completion(chunk: int) -> None:
    for number in range(TRIALS_IN_CHUNK):
        check(chunk * 1_000_000 + number)


if __name__ == "__main__":
    total, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for done in range(total):
        check(5_000_000 + first + done)
        if (done + 1) % 1000 == 0:
            print(f"{done + 1} trials agree", flush=True)
