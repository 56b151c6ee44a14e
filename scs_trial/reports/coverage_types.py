"""The coverage checklist as text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Documented(StrEnum):
    """Whether the record holds what is asked."""

    YES = "documented"
    PARTLY = "partly"
    NO = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One point: what is asked, what the record holds, what is missing (empty for nothing)."""

    asked: str
    held: str
    missing: str
    state: Documented


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The checklist with the rule's name, its source, and how well and when it was checked."""

    criteria: str
    rule: str
    source: str
    evidence: str
    summary: str
    rows: tuple[CoverageRow, ...]
