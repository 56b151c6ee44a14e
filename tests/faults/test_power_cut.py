"""Power cuts at random points of a day's work: what was acknowledged is there, nothing is half."""

import pytest

from tests.faults import shim, unsafe
from tests.faults.power_cut import replay_power_cuts

pytestmark = pytest.mark.skipif(bool(shim.unavailable()), reason=shim.unavailable() or "-")


def test_that_power_cuts_lose_nothing_that_was_acknowledged(tmp_path):
    outcome = replay_power_cuts(tmp_path, replays=500, seed=20261122)
    assert outcome.findings == ()
    assert outcome.holds
    assert outcome.acknowledged > 500 * 10


@pytest.mark.parametrize("protection", [unsafe.NO_WAITING, unsafe.TOO_EARLY, unsafe.NO_NAMES])
def test_that_the_replay_finds_a_program_without_its_protection(tmp_path, protection):
    outcome = replay_power_cuts(tmp_path, replays=60, seed=1, unsafe=protection)
    assert not outcome.holds
    assert outcome.lost > 0 or protection == unsafe.NO_NAMES
