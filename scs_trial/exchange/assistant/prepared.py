"""What a file holds for the record once every question is answered, and what the record knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.exchange.assistant.model import Answers, CellFault


class LeftOut(StrEnum):
    """Why rows with content are not imported although nothing is wrong with them."""

    PERIOD = "outside the period"
    KEEP = "of another group"
    PHASE = "of a phase that is left out"
    ITEM = "of an item that is ignored"
    EMPTY = "without an answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedDay:
    """The answers of one day and phase of one patient, with the rows of the file they come from.

    Values are exact decimals on the record's own scale; a missing score has no key.
    """

    day: date
    phase: Phase
    values: Mapping[Series, Decimal]
    rows: tuple[int, ...]
    note: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedTrial:
    """One trial of one patient. ``patient`` is the number (MRN or study number) that knows it."""

    patient: str
    trial_start: date
    pain_measure: str
    days: tuple[PreparedDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that a file holds for the record.

    Attributes
    ----------
    source_name, digest
        Name of the file without its folder, SHA-256 of its bytes.
    trials
        Trials in the order of the file, without the rows that have a fault.
    faults
        Every fault, by row; with faults, ``trials`` are to be used only when the person chose to
        skip the faulty rows.
    faulty_rows
        Rows that would be skipped.
    rows
        Rows with content below the header.
    left_out
        How many rows are not taken, by reason; these are no faults.
    answers
        Answers in force, for the import record.
    profile
        Name of the site profile that was used, or empty.
    """

    source_name: str
    digest: str
    trials: tuple[PreparedTrial, ...]
    faults: tuple[CellFault, ...]
    faulty_rows: tuple[int, ...]
    rows: int
    left_out: Mapping[LeftOut, int]
    answers: Answers
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the engine may know of the record: nothing, for a first look.

    Attributes
    ----------
    today
        The clinic's date; a later day is a fault at its cell. None: unknown.
    trial_starts
        Placement dates of the patients' trials in the record, by patient number.
    """

    today: date | None = None
    trial_starts: Mapping[str, tuple[date, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Answers that a site keeps for files with the same header.

    ``fingerprint`` names the header (`fingerprint.fingerprint`). Patient, placement date and period
    belong to one file and are never kept.
    """

    name: str
    fingerprint: str
    answers: Answers
