"""Signatures and meanings in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from scs_trial.domain.signature import Meaning, Signature, of_trial
from scs_trial.services.review_types import TrialReview
from scs_trial.ui.workspace.words import moment_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("signing", text)


def meanings(*, amends: bool) -> list[tuple[str, str]]:
    """Return (key, words) of what a signer may state now."""
    if amends:
        return [(Meaning.AMENDED.value, _tr("Amended: I changed the signed record and approve it"))]
    return [
        (Meaning.REVIEWED.value, _tr("Reviewed: I have read the record and the result")),
        (Meaning.APPROVED.value, _tr("Approved: I approve the record and the decision")),
    ]


def signature_words(signature: Signature) -> str:
    """Return one signature, e.g. "Signed by Dr B. Stone 23 Nov 2026 10:11, version 1"."""
    local = signature.local_time.replace(tzinfo=None)
    return _tr("Signed by {who} {when}, version {n}").format(
        who=signature.signer, when=moment_text(local, "d MMM yyyy HH:mm"), n=signature.version
    )


def state_words(review: TrialReview) -> str:
    """Return the latest signature of a trial and what became of it; empty where none is."""
    signature = review.signature
    if signature is None:
        return _elsewhere(review)
    words = [signature_words(signature)]
    if review.changed_since:
        words.append(_tr("changed since"))
    if review.amendment is not None:
        words.append(_tr("being amended: {0}").format(review.amendment.reason))
    return " · ".join(words)


def _elsewhere(review: TrialReview) -> str:
    """Return the latest signature that came with a case file; it signs nothing here."""
    signature = of_trial(review.signed_elsewhere)
    if signature is None:
        return ""
    local = signature.local_time.replace(tzinfo=None)
    return _tr("Signed elsewhere by {who} {when}, version {n}; not signed in this record").format(
        who=signature.signer, when=moment_text(local, "d MMM yyyy HH:mm"), n=signature.version
    )


def amends(review: TrialReview) -> bool:
    """Return whether the next signature is one of an amendment."""
    open_now = review.changed_since or review.amendment is not None
    return review.signature is not None and open_now
