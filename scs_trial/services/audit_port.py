"""How the audit trail is searched and checked; a part of ``ports``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

NEWEST = 500
"""Rows that one search gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """What is searched for; everything that is given must hold.

    ``patients`` are ids; an empty tuple finds nothing, None asks for none in particular. ``actor``
    and ``action`` are parts of the words, in any case. ``since`` and ``until`` are aware instants,
    the second one excluded.
    """

    patients: tuple[UUID, ...] | None = None
    actor: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainState:
    """What a check of the chain found; ``broken_at`` is the first bad row or None."""

    rows: int
    broken_at: int | None
    guards_off: tuple[str, ...]
    """Tables whose triggers are not those of this program."""
