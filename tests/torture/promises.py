"""Every promise in the order of the design's table."""

from __future__ import annotations

from tests.torture import (
    backups,
    damage,
    days,
    disk,
    drafts,
    exact,
    history,
    hostile,
    interleavings,
    kills,
    rights,
    thief,
    writers,
)
from tests.torture.promise import Promise

PROMISES: tuple[Promise, ...] = (
    kills.PROMISE,
    disk.POWER,
    disk.POINTS,
    drafts.PROMISE,
    damage.PROMISE,
    backups.PROMISE,
    interleavings.PROMISE,
    writers.PROMISE,
    history.PROMISE,
    thief.PROMISE,
    rights.PROMISE,
    hostile.PROMISE,
    days.PROMISE,
    exact.PROMISE,
)
