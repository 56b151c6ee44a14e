"""The cast of the demo as data. The file is ours and shipped, so a slip in it is a defect."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from scs_trial import paths
from scs_trial.demo.values import Listed, read_series

_THURSDAY_BEFORE_SUNDAY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One made-up patient with one trial. ``told`` is the rest of the entry in the file."""

    shows: str
    placed: date | None
    first_answered: date
    """Date of the first baseline value, or the day before placement."""
    baseline: Listed
    trial: Listed
    derived: Sequence[str]
    told: Mapping[str, Any]

    @property
    def anchor(self) -> date:
        """Return the date from which baseline days are counted back."""
        return self.first_answered + timedelta(days=self.baseline_days)

    @property
    def baseline_days(self) -> int:
        """Return how many baseline days the story lists."""
        return max((len(days) for days in self.baseline.values()), default=1)

    def day(self, number: int) -> date:
        """Return the date of a trial day."""
        assert self.placed is not None  # only stories with a trial name trial days
        return self.placed + timedelta(days=number)


def read_cast(today: date) -> list[Story]:
    """Return the cast with its dates."""
    text = paths.resources("demo", "cast.toml").read_text(encoding="utf-8")
    cast = tomllib.loads(text, parse_float=Decimal)
    return [_story(entry, cast["derived"], today) for entry in cast["patient"]]


def _story(entry: Mapping[str, Any], derived: Sequence[str], today: date) -> Story:
    placed = _placed(entry["placed"], today)
    baseline, trial = _listed(entry.get("baseline", {})), _listed(entry.get("trial", {}))
    days = max((len(values) for values in baseline.values()), default=1)
    return Story(
        shows=entry["shows"],
        placed=placed,
        first_answered=(placed or today) - timedelta(days=days),
        baseline=baseline,
        trial=trial,
        derived=derived,
        told=entry,
    )


def _placed(said: int | str, today: date) -> date | None:
    if said == "weekend":
        sunday = today - timedelta(days=today.isoweekday())
        return sunday - timedelta(days=_THURSDAY_BEFORE_SUNDAY)
    return today + timedelta(days=said) if isinstance(said, int) else None


def _listed(table: Mapping[str, Sequence[Any]]) -> Listed:
    return {
        read_series(name): [None if value == "" else Decimal(value) for value in values]
        for name, values in table.items()
    }
