"""Power cuts, I/O errors and full disks at single points, between the services and the system."""

from __future__ import annotations

from pathlib import Path

from tests.faults import shim
from tests.faults.power_cut import replay_power_cuts
from tests.faults.sweep import DEED_NAMES, every, spread, sweep
from tests.torture.promise import Promise, Reached

EVERY = 0
"""As a size: every point."""


def cut_power(size: int, seed: int, folder: Path) -> Reached:
    """Replay ``size`` power cuts."""
    if missing := shim.unavailable():
        return Reached(text=f"not measured: {missing}", held=False)
    seen = replay_power_cuts(folder, replays=size, seed=seed)
    return Reached(
        text=f"{seen.replays:,} replays over {seen.operations:,} operations"
        f" ({seen.acknowledged:,} acknowledged): {seen.lost} lost, {seen.half} half,"
        f" {seen.unsound} unsound" + _first(seen.findings),
        held=seen.replays > 0 and seen.acknowledged > 0 and seen.holds,
    )


def fail_points(size: int, seed: int, folder: Path) -> Reached:
    """Fail every point of every deed, or ``size`` points of each, in every way."""
    if missing := shim.unavailable():
        return Reached(text=f"not measured: {missing}", held=False)
    choose = every if size == EVERY else spread(size, seed=seed)
    seen = []
    for number, deed in enumerate(DEED_NAMES):
        place = folder / str(number)
        place.mkdir()
        seen.append(sweep(place, deed, choose=choose))
    figures = {
        name: sum(getattr(one, name) for one in seen)
        for name in ("lost", "half", "unsound", "unclear", "stuck")
    }
    said = ", ".join(f"{number} {name}" for name, number in figures.items())
    return Reached(
        text=f"{sum(one.planted for one in seen):,} faults at"
        f" {'every' if size == EVERY else 'some'} of {sum(one.points for one in seen):,} points of"
        f" {', '.join(one.deed for one in seen)}: {said}"
        + _first(tuple(finding for one in seen for finding in one.findings)),
        held=all(one.holds and one.planted for one in seen),
    )


def _first(findings: tuple[str, ...]) -> str:
    return "".join(f"; {finding}" for finding in findings[:3])


POWER = Promise(
    name="power",
    words="... power cuts (replay of unsynced writes dropped or torn)",
    figure="1,000 replays, 0 lost",
    full=1000,
    short=50,
    run=cut_power,
)
POINTS = Promise(
    name="disk",
    words="... an I/O error or a full disk at any single point of save, sign, backup, migrate,"
    " rekey",
    figure="every point: 0 lost, a clear message, the next save works",
    full=EVERY,
    short=1,
    run=fail_points,
)
