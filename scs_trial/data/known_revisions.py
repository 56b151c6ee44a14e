"""Check-ins as they were read, by the number of their revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scs_trial.domain.check_in import CheckIn

_MOST = 8192
"""Revisions that are kept: several hundred running trials, some megabytes."""


class KnownRevisions:
    """What readers of one open record have read of its check-ins.

    A committed revision never changes and is never deleted (triggers see to it), so that what was
    read of it once stays true while the record is open. Only snapshots may be kept: a revision
    that is rolled back gives its number to another one.
    """

    def __init__(self) -> None:
        self._kept: dict[int, CheckIn] = {}

    def among(self, numbers: Iterable[int]) -> dict[int, CheckIn]:
        """Return those of these revisions that are known."""
        kept = self._kept
        return {number: kept[number] for number in numbers if number in kept}

    def keep(self, read: Mapping[int, CheckIn]) -> None:
        """Know these revisions from now on; the oldest knowledge goes when there is too much."""
        if len(self._kept) + len(read) > _MOST:
            self._kept = {}
        self._kept |= read
