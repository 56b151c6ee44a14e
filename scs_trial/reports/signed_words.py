"""What a page says of its signature."""

from __future__ import annotations

from scs_trial.domain.signature import Signature, of_check_in
from scs_trial.reports.labels import count_words, time_words
from scs_trial.services.review_types import TrialReview

_SHOWN = 16


def signed_state(review: TrialReview) -> str:
    """Return whether the trial is signed; "final" only where it is, and the trial is over.

    A record that changed since says so, whatever was signed before.
    """
    signature, trial = review.signature, review.trial
    if signature is None:
        return "not signed"
    version = f"signed version {signature.version}"
    if review.changed_since:
        return f"{version}, changed since"
    if review.amendment is not None:
        return f"{version}, being amended"
    over = trial.trial_ended is not None and not trial.awaiting_diary
    return f"{'final, ' if over else ''}{version}"


def signature_lines(review: TrialReview) -> tuple[str, ...]:
    """Return who signed what and when, the newest last, and how many check-ins were reviewed."""
    lines = [_line(held) for held in review.signatures if held.check_in_id is None]
    if review.amendment is not None:
        amendment = review.amendment
        lines.append(f"Being amended by {amendment.signer}: “{amendment.reason}”.")
    if lines and review.changed_since:
        lines.append("The record changed since it was signed.")
    live = [held for held in review.check_ins if not held.entered_in_error]
    signed = [(held, of_check_in(review.signatures, held.id)) for held in live]
    reviewed = sum(by is not None and by.check_in_revision == held.revision for held, by in signed)
    if reviewed:
        lines.append(f"{count_words(reviewed, 'check-in')} of {len(live)} signed as reviewed.")
    return tuple(lines)


def _line(signature: Signature) -> str:
    local = signature.local_time
    reason = f" “{signature.reason}”" if signature.reason else ""
    digits = " ".join(signature.digest[at : at + 4] for at in range(0, _SHOWN, 4))
    return (
        f"Signed electronically, version {signature.version}, {signature.meaning.value}{reason}: "
        f"{signature.signer}, {signature.role}, {time_words(local)} {local:%z}; "
        f"signature {digits}."
    )
