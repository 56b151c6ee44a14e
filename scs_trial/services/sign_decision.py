"""Sign a trial with its decision, sign check-ins as reviewed, amend what is signed.

Nothing is signed without the password of that moment: it is checked first, whatever was unlocked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256 as sha256_of
from uuid import UUID, uuid4

from scs_trial.domain.clinic import Role
from scs_trial.domain.signature import (
    Amendment,
    Meaning,
    Signature,
    SignedDocument,
    of_check_in,
    of_trial,
    open_amendment,
    sealed,
    sha256,
)
from scs_trial.errors import ConflictError, FieldError, UserError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.build_review import build_review
from scs_trial.services.live import signed_trial
from scs_trial.services.local_time import zone_of
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
from scs_trial.services.signed_content import check_in_content, criteria_words, signed_content
from scs_trial.services.validation import require_reason

PasswordCheck = Callable[[str, str], None]
"""User name and password in; raises ``UserError`` unless it is the account's (`Door`)."""
SetPage = Callable[[TrialReview], bytes]
"""Sets the page of a signed trial as a PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignDecision:
    """What the signer states. ``content_digest`` is what the screen showed: nothing else is signed.

    ``reason`` is needed for an amendment; without one that of the open amendment counts.
    """

    trial_id: UUID
    meaning: Meaning
    content_digest: str
    password: str = field(repr=False)
    reason: str = ""


@allowed(Action.SIGN)
def sign_decision(
    session: Session, command: SignDecision, *, check: PasswordCheck, set_page: SetPage
) -> Signature:
    """Sign the trial with its decision; slow, so it runs off the window's thread.

    Raises
    ------
    UserError
        A wrong password (noted in the audit trail); nothing is signed.
    FieldError
        The trial runs, has no decision, or the meaning does not fit.
    ConflictError
        The record is not what the signer has read.
    """
    _check_password(session, command.password, check, about=command.trial_id)
    review = _review(session, command.trial_id)
    content = _unchanged(review, command.content_digest)
    reason = _reason(review, command)
    signature = _new(session, review, content, meaning=command.meaning, reason=reason)
    page = set_page(
        replace(review, signatures=(*review.signatures, signature), changed_since=False)
    )
    signature = replace(signature, page_digest=sha256_of(page).hexdigest())
    with session.writing() as work:
        now = build_review(session, work, review.patient, work.trials.get(command.trial_id))
        _unchanged(now, command.content_digest)
        if now.signatures != review.signatures:
            raise _changed()
        work.signatures.add(signature, SignedDocument(content=content, page=page))
        work.commit()
    return signature


@allowed(Action.SIGN)
def sign_check_ins(
    session: Session,
    trial_id: UUID,
    check_ins: Sequence[tuple[UUID, int]],
    *,
    password: str,
    check: PasswordCheck,
) -> Sequence[Signature]:
    """Sign check-ins as reviewed; each pair is an id and the revision that was read.

    One that was signed before and changed since is signed as amended.

    Raises
    ------
    UserError
        A wrong password; nothing is signed.
    ConflictError
        Somebody corrected a check-in in the meantime.
    """
    _check_password(session, password, check, about=trial_id)
    with session.writing() as work:
        trial = work.trials.get(trial_id)
        review = build_review(session, work, work.patients.get(trial.patient_id), trial)
        standing = {held.id: held.revision for held in review.check_ins}
        if any(standing.get(one) != revision for one, revision in check_ins):
            raise _changed()
        made = []
        for check_in_id, revision in check_ins:
            content = check_in_content(review, check_in_id)
            before = of_check_in(review.signatures, check_in_id)
            if before is not None and before.check_in_revision == revision:
                continue
            signature = _new(
                session,
                review,
                content,
                meaning=Meaning.REVIEWED if before is None else Meaning.AMENDED,
                check_in=(check_in_id, revision),
            )
            work.signatures.add(signature, SignedDocument(content=content, page=b""))
            made.append(signature)
        work.commit()
    return tuple(made)


@allowed(Action.AMEND)
def amend_trial(session: Session, trial_id: UUID, *, reason: str) -> Amendment:
    """Open a signed trial to changes, with a reason, until it is signed again.

    Raises
    ------
    FieldError
        No reason.
    ConflictError
        The trial is not signed, or is being amended already.
    """
    reason = require_reason(reason)
    with session.writing() as work:
        signatures, amendments = signed_trial(work, trial_id)
        last = of_trial(signatures)
        if last is None:
            raise ConflictError("This trial is not signed.", "It can be changed as it is.")
        if open_amendment(signatures, amendments) is not None:
            raise ConflictError("This trial is being amended already.", "Change it, then sign it.")
        amendment = Amendment(
            id=uuid4(),
            trial_id=trial_id,
            signature_version=last.version,
            reason=reason,
            signer=session.account.display_name,
            by=session.account.id,
            at=session.clock.now(),
        )
        work.signatures.add_amendment(amendment)
        work.commit()
    return amendment


def _check_password(session: Session, password: str, check: PasswordCheck, *, about: UUID) -> None:
    """Let the password pass, or note the refusal in the audit trail."""
    try:
        check(session.account.user_name, password)
    except UserError:
        with session.writing() as work:
            owner = work.trials.get(about).patient_id
            work.audit.note(
                "signing_refused", entity="trial", entity_id=str(about), patient_id=owner
            )
            work.commit()
        raise


def _review(session: Session, trial_id: UUID) -> TrialReview:
    with session.reading() as work:
        trial = work.trials.get(trial_id)
        if trial.entered_in_error:
            raise ConflictError("This trial was entered in error.", "Open the patient again.")
        review = build_review(session, work, work.patients.get(trial.patient_id), trial)
    if trial.trial_ended is None:
        raise FieldError("meaning", "The trial runs.", "It is signed after its end.")
    if not review.decisions:
        raise FieldError("meaning", "No decision is recorded.", "Record the decision first.")
    return review


def _unchanged(review: TrialReview, digest: str) -> str:
    content = signed_content(review)
    if sha256(content) != digest:
        raise _changed()
    return content


def _changed() -> ConflictError:
    return ConflictError(
        "The record changed while it was being signed; nothing was signed.",
        "Read it again, then sign.",
    )


def _reason(review: TrialReview, command: SignDecision) -> str:
    """Return the reason of the amendment; an amendment is one where something was signed before."""
    last = of_trial(review.signatures)
    amendment = open_amendment(review.signatures, review.amendments)
    amends = last is not None and (review.changed_since or amendment is not None)
    if amends and command.meaning is not Meaning.AMENDED:
        raise FieldError("meaning", "A signed trial that changed is signed as amended.")
    if not amends and command.meaning is Meaning.AMENDED:
        raise FieldError("meaning", "Nothing that was signed has changed.")
    if not amends:
        return command.reason.strip()
    return require_reason(command.reason or (amendment.reason if amendment else ""))


def _new(
    session: Session,
    review: TrialReview,
    content: str,
    *,
    meaning: Meaning,
    reason: str = "",
    check_in: tuple[UUID, int] | None = None,
) -> Signature:
    at = session.clock.now()
    check_in_id, revision = check_in or (None, None)
    last = (
        of_trial(review.signatures)
        if check_in_id is None
        else of_check_in(review.signatures, check_in_id)
    )
    return sealed(
        Signature(
            id=uuid4(),
            trial_id=review.trial.id,
            check_in_id=check_in_id,
            check_in_revision=revision,
            version=1 if last is None else last.version + 1,
            meaning=meaning,
            reason=reason,
            signer=session.account.display_name,
            role=Role.CLINICIAN.value,
            by=session.account.id,
            at=at,
            local=at.astimezone(zone_of(review.settings)).isoformat(timespec="seconds"),
            criteria=criteria_words(review),
            content_digest=sha256(content),
            audit_seq=review.audit_head.seq,
            audit_digest=review.audit_head.digest,
        )
    )
