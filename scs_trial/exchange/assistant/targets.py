"""What becomes of a column: the text of an answer to ``role:COLUMN``, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.exchange.diary_columns import read_series


class Role(StrEnum):
    """What a column can be. The value is the answer to ``role:COLUMN``."""

    PATIENT = "patient"
    TRIAL_START = "trial_start"
    DATE = "date"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    DAY_NUMBER = "day_number"
    PHASE = "phase"
    RECORDED_AT = "recorded_at"
    ITEM = "item"
    VALUE = "value"
    KEEP = "keep"
    NOTE = "note"
    IGNORE = "ignore"
    MEASURE = "measure"
    """Written as the series itself, e.g. ``pain_average[left leg]``."""


WORDS = {
    Role.PATIENT: "patient number",
    Role.TRIAL_START: "placement date",
    Role.DATE: "date",
    Role.YEAR: "year of the date",
    Role.MONTH: "month of the date",
    Role.DAY: "day of the month",
    Role.DAY_NUMBER: "day number",
    Role.PHASE: "phase (baseline or trial)",
    Role.RECORDED_AT: "time of entry",
    Role.ITEM: "name of what the row measures",
    Role.VALUE: "value of what the row measures",
    Role.KEEP: "group: only rows of one group are taken",
    Role.NOTE: "note",
    Role.IGNORE: "left out",
}
"""Every role but a measure, as a person reads it."""

ONCE = frozenset(
    {
        Role.PATIENT,
        Role.TRIAL_START,
        Role.DATE,
        Role.YEAR,
        Role.MONTH,
        Role.DAY,
        Role.DAY_NUMBER,
        Role.PHASE,
        Role.RECORDED_AT,
        Role.ITEM,
        Role.VALUE,
    }
)
"""Roles that one column of a file can have."""

_AT = re.compile(r"(?P<series>.+)@(?P<phase>baseline|trial):(?P<day>[0-9]{1,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A role; for a measure its series, and in a wide file the phase and day number too.

    Texts: ``patient``, ``pain_average``, ``pain_average[left leg]``, ``steps@trial:3`` (a wide
    file: this column holds the steps of trial day 3).
    """

    role: Role
    series: Series | None = None
    phase: Phase | None = None
    day_number: int | None = None

    def __str__(self) -> str:
        """Return the text that `read_target` reads."""
        if self.series is None:
            return str(self.role)
        at = f"@{self.phase}:{self.day_number}" if self.phase is not None else ""
        return f"{self.series}{at}"


IGNORED = Target(role=Role.IGNORE)


def read_target(text: str, catalogue: Catalogue) -> Target | None:
    """Return what an answer to ``role:COLUMN`` means; None where it means nothing."""
    text = text.strip()
    if text in tuple(Role) and text != Role.MEASURE:
        return Target(role=Role(text))
    found = _AT.fullmatch(text)
    series = read_series(found["series"] if found else text, catalogue)
    if series is None:
        return None
    if found is None:
        return Target(role=Role.MEASURE, series=series)
    return Target(
        role=Role.MEASURE,
        series=series,
        phase=Phase(found["phase"]),
        day_number=int(found["day"]),
    )


def target_words(target: Target, catalogue: Catalogue) -> str:
    """Return a target as a person reads it."""
    if target.series is None:
        return WORDS[target.role]
    title = catalogue[target.series.code].title
    region = f" ({target.series.item})" if target.series.item else ""
    at = f", {target.phase} day {target.day_number}" if target.phase is not None else ""
    return f"{title}{region}{at}"
