"""What the services need of the record's signatures; a part of ``ports``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from scs_trial.domain.signature import Amendment, Signature, SignedDocument


class Signatures(Protocol):
    """Signatures and amendments; only ever added."""

    def add(self, signature: Signature, document: SignedDocument) -> None:
        """Add a signature with what was signed."""
        ...

    def of_trials(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Signature]]:
        """Return every signature by trial, oldest first; trials without one are left out."""
        ...

    def all(self) -> Sequence[Signature]:
        """Return every signature of the record, oldest first."""
        ...

    def document(self, signature_id: UUID) -> SignedDocument:
        """Return what was stored with a signature; raise ``NotFoundError``."""
        ...

    def add_amendment(self, amendment: Amendment) -> None:
        """Add the reason of an amendment."""
        ...

    def amendments(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Amendment]]:
        """Return every amendment by trial, oldest first; trials without one are left out."""
        ...
