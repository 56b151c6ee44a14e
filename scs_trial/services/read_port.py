"""A copy for reading in another room, as the services see it; a part of ``ports``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What somebody did on a copy: opened a patient, printed a page, locked the screen.

    ``at`` is when it was done, ``as_of`` of when the copy was; both aware, in UTC.
    """

    at: datetime
    as_of: datetime
    actor_id: UUID
    actor: str
    workstation: str
    action: str
    entity: str
    entity_id: str
    patient_id: UUID | None = None
    reason: str = ""
    new: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBatch:
    """What one log-in on a copy has left in the shared folder, as far as it was not taken over.

    ``lines`` counts all lines of the file up to now; ``spoiled`` those of the new ones that were
    changed, moved or are another record's.
    """

    name: str
    lines: int
    entries: tuple[ReadEntry, ...]
    spoiled: int = 0


class ReadCopy(Protocol):
    """An open copy for reading."""

    @property
    def as_of(self) -> datetime:
        """When it was made."""
        ...

    @property
    def noted_here(self) -> bool:
        """Whether the folder took no note of a reading, so that it is kept on this computer."""
        ...

    def newest(self) -> datetime:
        """Return when the newest copy was made; raise ``UserError`` when the folder is away."""
        ...

    def renew(self) -> bool:
        """Read the newest copy from now on; False when it is the one that is open.

        Raises ``UserError``; the copy of before stays open then.
        """
        ...
