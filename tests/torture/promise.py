"""A promise of the record: its words, the figure to reach, and the harness that measures it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a harness saw."""

    text: str
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One row of the table of promises.

    ``run(size, seed, folder)`` measures in an empty folder; ``full`` is the size that the figure
    asks for, ``short`` one that takes seconds.
    """

    name: str
    words: str
    figure: str
    full: int
    short: int
    run: Callable[[int, int, Path], Reached]


def counted(done: int, what: str, **faults: int) -> Reached:
    """Return "n what: 0 lost, 0 half"; it holds when something was done and nothing went wrong."""
    said = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in faults.items())
    held = done > 0 and not any(faults.values())
    return Reached(text=f"{done:,} {what}: {said}", held=held)
