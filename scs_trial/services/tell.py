"""How far long work is: told step by step, and stopped there by whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Tell = Callable[[int, int], None]
"""Told how many of how many are done; may raise to stop, and nothing stays of what was begun."""


def untold(done: int, total: int) -> None:
    """Tell nobody."""
    del done, total


class Steps:
    """Counts what is done and tells of it.

    Parameters
    ----------
    tell
        Who is told.
    total
        How many steps there are.
    """

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._done, self._total = tell, 0, total

    def each(self, things: Iterable[T]) -> Iterator[T]:
        """Yield things, and tell of each before it is worked on."""
        for thing in things:
            self._tell(self._done, self._total)
            self._done += 1
            yield thing
