"""Which of the cards after the end a trial and an account have."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.criteria_of import criteria_of
from scs_trial.services.local_time import local_now
from scs_trial.services.review_trial import TrialReview
from scs_trial.services.session import Session
from scs_trial.services.trial_notes import asked_confirmations
from scs_trial.ui.end_of_trial.after_cards import ConfirmationsCard, DecisionCard, FollowUpCard


class AfterEnd(QObject):
    """What the cards answer: name and answer, kind and reason, an outcome."""

    confirmed = Signal(str, bool)
    decided = Signal(object, str)
    followed = Signal(object)
    sign_requested = Signal()


def add_after_cards(
    session: Session, review: TrialReview, column: QVBoxLayout, page: QWidget
) -> AfterEnd:
    """Add the cards: confirmations and decision for clinicians, the last two after the end."""
    after = AfterEnd(page)
    account, zone = session.account, session.zone()
    names = asked_confirmations(criteria_of(session, review.trial))
    ended = review.trial.trial_ended is not None
    if names and is_allowed(account, Action.CONFIRM):
        confirmations = ConfirmationsCard(
            names, review.confirmations, page, accounts=review.account_names, zone=zone
        )
        confirmations.answered.connect(after.confirmed)
        column.addWidget(confirmations)
    if ended and is_allowed(account, Action.DECIDE):
        decision = DecisionCard(review.decisions, page, zone=zone)
        decision.decided.connect(after.decided)
        decision.sign_requested.connect(after.sign_requested)
        column.addWidget(decision)
    if ended and is_allowed(account, Action.RECORD_FOLLOW_UP):
        follow_up = FollowUpCard(
            review.follow_ups,
            page,
            trial_id=review.trial.id,
            account_id=account.id,
            now=local_now(session.clock, zone),
            at=session.clock.now(),
        )
        follow_up.added.connect(after.followed)
        column.addWidget(follow_up)
    return after
