"""What the services need of the imports that the record remembers; a part of ``ports``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from scs_trial.domain.imports import ImportProfile, ImportRun


class Imports(Protocol):
    """Imports through the assistant, and the site's profiles."""

    def get(self, import_id: UUID) -> ImportRun:
        """Return the import; raise ``NotFoundError``."""
        ...

    def all(self) -> Sequence[ImportRun]:
        """Return every import, newest first."""
        ...

    def save(self, run: ImportRun, *, reason: str = "") -> ImportRun:
        """Insert, or store the undoing of one; return it with its new version."""
        ...

    def profiles(self) -> Sequence[ImportProfile]:
        """Return every profile by name, the retired ones too."""
        ...

    def save_profile(self, profile: ImportProfile, *, reason: str = "") -> ImportProfile:
        """Insert or replace by name; return the profile with its new version."""
        ...
