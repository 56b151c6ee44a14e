"""What an import did to the record: enough to say what came from where, and to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class MadeKind(StrEnum):
    """What an import can make or change."""

    PATIENT = "patient"
    TRIAL = "trial"
    CHECK_IN = "check_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One thing that an import made or changed.

    ``version`` is the one that the import left (of a check-in: its revision). ``before`` is None
    for what is new, the version before the import otherwise; ``changed`` then holds the former
    texts of a trial's changed fields.
    """

    kind: MadeKind
    id: UUID
    version: int
    before: int | None = None
    changed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRow:
    """A faulty row that the person chose to leave out; without the cell's text."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One import through the assistant.

    Attributes
    ----------
    source_name, digest
        The file without its folder, SHA-256 of its bytes.
    at, by
        When (UTC) and by which account.
    profile
        Site profile that answered, or empty.
    answers
        Every answer in force: how the file was read and what its columns mean.
    counts
        Numbers by what they count, as the dry run showed them.
    skipped
        Faulty rows that were left out by choice.
    made
        What was made and changed, in the order of making.
    version
        1 as imported, 2 once it is undone.
    undone_at, undone_by, undone_reason
        The undoing; None and empty while the import stands.
    """

    id: UUID
    source_name: str
    digest: str
    at: datetime
    by: UUID
    profile: str
    answers: Mapping[str, str]
    counts: Mapping[str, int]
    skipped: tuple[SkippedRow, ...]
    made: tuple[Made, ...]
    version: int = 1
    undone_at: datetime | None = None
    undone_by: UUID | None = None
    undone_reason: str = ""

    @property
    def undone(self) -> bool:
        """True once it was taken back."""
        return self.undone_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProfile:
    """Answers that a site keeps for files with the same header; ``name`` is its key."""

    name: str
    fingerprint: str
    answers: Mapping[str, str]
    version: int = 1
    retired: bool = False
