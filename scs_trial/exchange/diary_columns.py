"""The header of the diary CSV: which separator, which columns, in which places.

Source: the evaluation specification, section 9.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scs_trial.domain.measures import Catalogue, Series
from scs_trial.domain.written import region_name
from scs_trial.exchange.diary_cells import shown

REQUIRED = ("patient", "trial_start", "date")
TRIAL_COLUMNS = ("planned_days", "trial_ended", "end_reason", "awaiting_diary", "pain_measure")
DAY_COLUMNS = ("phase", "missed", "stimulation_off", "program", "recorded_at", "note")
CONFIRM_PREFIX = "confirm:"
SEPARATORS = (",", ";", "\t")


class RowFault(NamedTuple):
    """One thing that is wrong with a diary file.

    ``row`` counts as a spreadsheet shows it: the header is row 1. It is 0 when the file as a whole
    is meant. ``column`` is empty when the whole row is meant.
    """

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Return the fault as one line of text."""
        place = [f"row {self.row}"] if self.row else []
        place += [f"column {shown(self.column)}"] if self.column else []
        return f"{', '.join(place)}: {self.reason}" if place else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Places of the columns in a row; an absent optional column has the place -1.

    A reader appends one blank cell to each row, so that -1 reads blank.
    """

    names: tuple[str, ...]
    places: Mapping[str, int]
    series: tuple[tuple[Series, int], ...]
    confirmations: tuple[tuple[str, int], ...]


def find_separator(line: str) -> str:
    """Return the separator under which a header line shows most of the required columns."""

    def score(separator: str) -> tuple[int, int]:
        names = [name.strip() for name in next(csv.reader([line], delimiter=separator), [])]
        return sum(name in names for name in REQUIRED), line.count(separator)

    return max(SEPARATORS, key=score)


def read_header(
    names: Sequence[str], catalogue: Catalogue, *, row: int = 1
) -> tuple[Columns, list[RowFault]]:
    """Return the columns of a header row, and what is wrong with them."""
    faults: list[RowFault] = []
    places: dict[str, int] = {}
    series: dict[Series, int] = {}
    confirmations: dict[str, int] = {}
    clean = [region_name(name) for name in names]
    for place, name in enumerate(clean):
        found = read_series(name, catalogue)
        if name in REQUIRED or name in TRIAL_COLUMNS or name in DAY_COLUMNS:
            known = name in places
            places.setdefault(name, place)
        elif name.startswith(CONFIRM_PREFIX) and name != CONFIRM_PREFIX:
            asked = name.removeprefix(CONFIRM_PREFIX).strip()
            known = asked in confirmations
            confirmations.setdefault(asked, place)
        elif found is not None:
            known = found in series
            series.setdefault(found, place)
        else:
            faults.append(RowFault(row, name, _unknown(name, place)))
            continue
        if known:
            faults.append(RowFault(row, name, "stands twice"))
    faults += [RowFault(row, name, "is missing") for name in REQUIRED if name not in places]
    for name in (*REQUIRED, *TRIAL_COLUMNS, *DAY_COLUMNS):
        places.setdefault(name, -1)
    columns = Columns(
        names=tuple(clean),
        places=places,
        series=tuple(series.items()),
        confirmations=tuple(confirmations.items()),
    )
    return columns, faults


def read_series(name: str, catalogue: Catalogue) -> Series | None:
    """Return the series that a name such as ``pain_average[left leg]`` means, or None."""
    code, bracket, rest = name.partition("[")
    measure = catalogue.get(code)
    if measure is None:
        return None
    if not bracket:
        return Series(code)
    item = region_name(rest.removesuffix("]"))
    if not measure.per_region or not rest.endswith("]") or not item:
        return None
    return Series(code, item)


def _unknown(name: str, place: int) -> str:
    if not name:
        return f"the {_ordinal(place + 1)} column has no name"
    code, bracket, _ = name.partition("[")
    if bracket and code:
        return "is an unknown column (only pain measures have regions: pain_average[left leg])"
    return "is an unknown column"


def _ordinal(number: int) -> str:
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
