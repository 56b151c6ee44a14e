"""Every promise in the order of the design's table."""

from __future__ import annotations

from tests.torture import (
    backups,
    damage,
    days,
    drafts,
    history,
    interleavings,
    kills,
    rights,
    thief,
    writers,
)
from tests.torture.promise import Promise

PROMISES: tuple[Promise, ...] = (
    kills.PROMISE,
    drafts.PROMISE,
    damage.PROMISE,
    backups.PROMISE,
    interleavings.PROMISE,
    writers.PROMISE,
    history.PROMISE,
    thief.PROMISE,
    rights.PROMISE,
    days.PROMISE,
)
