"""Plot and table are one thing: their days stand exactly under each other.

Source: the product description, "Course sheet": day centres agree within one device pixel for 1 to
28 days, at scale 1, 1.5 and 2, after every resize.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scs_trial.ui.plots.geometry import MAX_VISIBLE_DAYS, Widths, fit

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
def test_that_days_stand_under_each_other_at_every_scale(scale):
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.plots.alignment_probe"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["ratio"] == float(scale)
    assert found["days"] > 28 * 5
    assert found["scene"] <= 1.0
    assert found["picture"] <= 1.0


@pytest.mark.parametrize("total", range(29))
@pytest.mark.parametrize("available", [0, 300, 520, 707, 1003, 2000])
def test_that_the_columns_fill_whole_pixels_and_never_overlap(total, available):
    geometry = fit(available, total, first=total, widths=Widths())
    edges = [geometry.day_edges(i) for i in range(geometry.first, geometry.first + geometry.count)]
    assert all(right - left == geometry.day for left, right in edges)
    assert edges[0][0] == geometry.baseline
    assert edges[-1][1] == geometry.plot_width
    assert geometry.count <= MAX_VISIBLE_DAYS
    assert geometry.first + geometry.count <= max(total, 1)
    assert geometry.width <= max(available, 130 + 70 + 48 + 66 + 34)


def test_that_more_than_nine_days_scroll_and_nine_do_not():
    assert not fit(1200, 9, first=0, widths=Widths()).scrolls
    many = fit(1200, 28, first=20, widths=Widths())
    assert many.scrolls
    assert (many.first, many.count) == (19, 9)


def test_that_a_place_is_told_by_the_day_it_is_over():
    geometry = fit(707, 7, first=0, widths=Widths())
    assert geometry.index_at(3) is None
    for index in range(7):
        assert geometry.index_at(geometry.day_centre(index)) == index
    assert geometry.index_at(geometry.plot_width) is None
