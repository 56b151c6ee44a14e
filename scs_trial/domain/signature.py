"""Electronic signatures: who signed what, with which meaning, and when a signed record changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from scs_trial.domain.canonical import canonical


class Meaning(StrEnum):
    """What the signer states by signing."""

    REVIEWED = "reviewed"
    APPROVED = "approved"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature of a trial with its decision, or of one check-in.

    ``content_digest`` is the SHA-256 of the canonical text of what was signed; ``digest`` that of
    the statement: the content's digest, the criteria, the meaning, who, when and the head of the
    audit trail. ``page_digest`` is the SHA-256 of the page as signed; empty for a check-in.
    """

    id: UUID
    trial_id: UUID
    check_in_id: UUID | None = None
    """None for the signature of the trial and its decision."""
    check_in_revision: int | None = None
    version: int
    meaning: Meaning
    reason: str = ""
    signer: str
    role: str
    by: UUID
    at: datetime
    local: str
    """Clinic-local time with its offset, ISO 8601 to the second."""
    criteria: str
    """Id and version of the criteria."""
    content_digest: str
    audit_seq: int
    audit_digest: str
    digest: str = ""
    page_digest: str = ""

    @property
    def local_time(self) -> datetime:
        """The clinic-local time of the signature, aware."""
        return datetime.fromisoformat(self.local)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDocument:
    """What a signature stands for, as it was stored: the canonical text and the page (PDF)."""

    content: str
    page: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A clinician's reason to change a signed trial; it lasts until the trial is signed again."""

    id: UUID
    trial_id: UUID
    signature_version: int
    reason: str
    signer: str
    by: UUID
    at: datetime


_NOT_STATED = frozenset({"digest", "page_digest"})


def statement(signature: Signature) -> str:
    """Return the canonical text of what is signed, but for the page that shows it."""
    stated = {
        field.name: getattr(signature, field.name)
        for field in fields(signature)
        if field.name not in _NOT_STATED
    }
    return canonical(stated)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(signature: Signature) -> Signature:
    """Return the signature with the digest of its statement."""
    return replace(signature, digest=sha256(statement(signature)))


def faults_of(signature: Signature, document: SignedDocument) -> tuple[str, ...]:
    """Return what does not fit between a signature and what was stored with it."""
    page = hashlib.sha256(document.page).hexdigest() if document.page else ""
    checks = (
        ("the signed content", sha256(document.content) == signature.content_digest),
        ("the statement", sha256(statement(signature)) == signature.digest),
        ("the signed page", page == signature.page_digest),
    )
    return tuple(what for what, fits in checks if not fits)


def of_trial(signatures: Sequence[Signature]) -> Signature | None:
    """Return the latest signature of the trial itself, or None."""
    own = [held for held in signatures if held.check_in_id is None]
    return max(own, key=lambda held: held.version, default=None)


def of_check_in(signatures: Sequence[Signature], check_in_id: UUID) -> Signature | None:
    """Return the latest signature of a check-in, or None."""
    own = [held for held in signatures if held.check_in_id == check_in_id]
    return max(own, key=lambda held: held.version, default=None)


def open_amendment(
    signatures: Sequence[Signature], amendments: Sequence[Amendment]
) -> Amendment | None:
    """Return the amendment under way: of the latest signature, not signed again yet."""
    last = of_trial(signatures)
    if last is None:
        return None
    own = [held for held in amendments if held.signature_version == last.version]
    return max(own, key=lambda held: held.at, default=None)
