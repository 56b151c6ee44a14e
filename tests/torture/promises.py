"""Every promise in the order of the design's table."""

from __future__ import annotations

from tests.torture import (
    damage,
    days,
    history,
    interleavings,
    kills,
    rights,
    writers,
)
from tests.torture.promise import Promise

PROMISES: tuple[Promise, ...] = (
    kills.PROMISE,
    damage.PROMISE,
    interleavings.PROMISE,
    writers.PROMISE,
    history.PROMISE,
    rights.PROMISE,
    days.PROMISE,
)
