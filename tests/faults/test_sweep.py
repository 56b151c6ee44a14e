"""A disk that fails at any point: nothing is lost, the person is told, the next save works."""

import pytest

from tests.faults import shim, unsafe
from tests.faults.sweep import DEED_NAMES, every, last, spread, sweep

pytestmark = pytest.mark.skipif(bool(shim.unavailable()), reason=shim.unavailable() or "-")


@pytest.mark.parametrize("deed", DEED_NAMES)
def test_that_a_disk_failing_at_some_points_loses_nothing_and_is_said_so(tmp_path, deed):
    outcome = sweep(tmp_path, deed, choose=spread(4, seed=3))
    assert outcome.findings == ()
    assert outcome.holds
    assert outcome.planted == 16


@pytest.mark.parametrize(
    ("deed", "choose", "way"),
    [
        ("open", last(14), "fails once"),  # kept the lock, so that nobody could open the record
        ("migrate", last(6), "fails once"),  # the key file was not written: no clear message
        ("remove an account", last(20), "is full from then on"),  # went on with the old data key
        ("restore", last(24), "fails once"),  # did not say that the backup is in its place
    ],
    ids=["lock", "key file", "data key", "note"],
)
def test_that_what_the_sweep_once_found_stays_mended(tmp_path, deed, choose, way):
    outcome = sweep(tmp_path, deed, choose=choose, ways=[way])
    assert outcome.findings == ()
    if deed == "restore":
        assert any("is in the place of the record" in said for said in outcome.messages)


@pytest.mark.parametrize(
    ("deed", "protection", "choose"),
    [
        ("save", unsafe.TOO_EARLY, spread(4, seed=3)),
        ("save", unsafe.SWALLOWED, last(4)),
        ("remove an account", unsafe.LATE_SLOTS, last(8)),
    ],
    ids=["acknowledged too early", "failed commit passed over", "slots written late"],
)
def test_that_the_sweep_finds_a_program_without_its_protection(tmp_path, deed, protection, choose):
    outcome = sweep(tmp_path, deed, choose=choose, unsafe=protection)
    assert not outcome.holds


def test_that_a_spread_takes_every_part_of_a_deed():
    assert list(spread(9, seed=1)(7)) == list(every(7)) == [1, 2, 3, 4, 5, 6, 7]
    assert list(last(3)(7)) == [5, 6, 7]
    for seed in range(20):
        first, second, third = spread(3, seed=seed)(30)
        assert 1 <= first <= 10 < second <= 20 < third <= 30
