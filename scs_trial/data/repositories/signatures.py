"""Signatures and amendments: only ever added, each with its audit row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from scs_trial.data.repositories.base import Repository, adding, chunks, gone
from scs_trial.data.repositories.owners import owner_of_trial
from scs_trial.data.rows.base import table
from scs_trial.data.rows.signature import AmendmentRow, SignatureRow
from scs_trial.domain.signature import Amendment, Signature, SignedDocument

Held = Mapping[str, Any]
_S = table(SignatureRow)
_A = table(AmendmentRow)
_SIGNATURE = tuple(field.name for field in fields(Signature) if field.name != "version")
_AMENDMENT = tuple(field.name for field in fields(Amendment))
_LISTED = select(*(_S.c[name] for name in (*_SIGNATURE, "number")))
_OF_TRIALS = _LISTED.where(_S.c.trial_id.in_(bindparam("ids", expanding=True))).order_by(
    _S.c.trial_id, _S.c.at, _S.c.number
)
_ALL = _LISTED.order_by(_S.c.at, _S.c.id)
_DOCUMENT = select(_S.c.content, _S.c.page).where(_S.c.id == bindparam("id"))
_AMENDMENTS = (
    select(_A)
    .where(_A.c.trial_id.in_(bindparam("ids", expanding=True)))
    .order_by(_A.c.trial_id, _A.c.at)
)


class SignatureRepository(Repository):
    """Signatures with what was signed."""

    def add(self, signature: Signature, document: SignedDocument) -> None:
        """Add a signature; its audit row holds everything but content and page."""
        owner = owner_of_trial(self._connection, signature.trial_id)
        self._trail.change(
            "signature",
            signature.id,
            version=1,
            patient_id=owner,
            reason=signature.reason,
            new=signature,
        )
        values = {name: getattr(signature, name) for name in _SIGNATURE}
        values |= {
            "number": signature.version,
            "content": document.content,
            "page": document.page,
        }
        self._write(adding(SignatureRow), values)

    def of_trials(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Signature]]:
        """Return every signature by trial, oldest first."""
        found: dict[UUID, list[Signature]] = {}
        for group in chunks(trial_ids):
            for held in self._all(_OF_TRIALS, ids=group):
                found.setdefault(held["trial_id"], []).append(_signature(held))
        return {trial_id: tuple(held) for trial_id, held in found.items()}

    def all(self) -> Sequence[Signature]:
        """Return every signature of the record, oldest first."""
        return tuple(_signature(held) for held in self._all(_ALL))

    def document(self, signature_id: UUID) -> SignedDocument:
        """Return what was stored with a signature; raise ``NotFoundError``."""
        held = self._one(_DOCUMENT, id=signature_id)
        if held is None:
            raise gone("signature")
        return SignedDocument(content=held["content"], page=held["page"])

    def add_amendment(self, amendment: Amendment) -> None:
        """Add the reason of an amendment."""
        owner = owner_of_trial(self._connection, amendment.trial_id)
        self._trail.change(
            "amendment",
            amendment.id,
            version=1,
            patient_id=owner,
            reason=amendment.reason,
            new=amendment,
        )
        self._write(adding(AmendmentRow), {name: getattr(amendment, name) for name in _AMENDMENT})

    def amendments(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Amendment]]:
        """Return every amendment by trial, oldest first."""
        found: dict[UUID, list[Amendment]] = {}
        for group in chunks(trial_ids):
            for held in self._all(_AMENDMENTS, ids=group):
                entity = Amendment(**{name: held[name] for name in _AMENDMENT})
                found.setdefault(entity.trial_id, []).append(entity)
        return {trial_id: tuple(held) for trial_id, held in found.items()}


def _signature(held: Held) -> Signature:
    return Signature(version=held["number"], **{name: held[name] for name in _SIGNATURE})
