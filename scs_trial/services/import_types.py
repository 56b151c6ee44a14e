"""What the import use cases take and give: the dry run, the result, the target of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.exchange.assistant.model import CellFault


class Count(StrEnum):
    """What a dry run and an import count."""

    NEW_PATIENTS = "new patients"
    NEW_TRIALS = "new trials"
    CHANGED_TRIALS = "changed trials"
    NEW = "new days"
    CHANGED = "changed days"
    UNCHANGED = "unchanged days"
    REJECTED = "rejected rows"
    SKIPPED = "skipped rows"


class Fate(StrEnum):
    """What would become of a day of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """A value as the record holds it and as the file says; None: no value."""

    series: Series
    held: Decimal | None
    said: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFate:
    """One day of one patient in the dry run.

    ``changes`` names the values that would differ; for a new day every value, with nothing held.
    ``note_changes`` is true where the note would grow.
    """

    patient: str
    trial_start: date
    day: date
    phase: Phase
    rows: tuple[int, ...]
    fate: Fate
    changes: tuple[ValueChange, ...] = ()
    note_changes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What an import would do; nothing was written.

    Attributes
    ----------
    counts
        Numbers by what they count.
    days
        Every day of the file, in the order of the file.
    rejected
        Every fault with row, column, value and reason: those of the file and those that the record
        gives (a day of a signed trial, a day still to come).
    left_out
        Rows that are not taken for another reason than a fault, by reason.
    needs_skip
        True: there are rejected rows, and the import goes on only with ``skip_faulty``.
    needs_change
        True: days would change, and the import goes on only with ``apply_changes``.
    """

    counts: Mapping[Count, int]
    days: tuple[DayFate, ...]
    rejected: tuple[CellFault, ...]
    left_out: Mapping[str, int]

    @property
    def needs_skip(self) -> bool:
        """True where rows are rejected."""
        return bool(self.rejected)

    @property
    def needs_change(self) -> bool:
        """True where days of the record would get other answers."""
        return self.counts.get(Count.CHANGED, 0) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDone:
    """What was imported; ``import_id`` takes it back."""

    import_id: UUID
    counts: Mapping[Count, int]
