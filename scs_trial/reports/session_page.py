"""The page of a trial as the person at work prints it now."""

from __future__ import annotations

from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session


def session_page(session: Session, review: TrialReview, *, private: bool = False) -> ProfileContent:
    """Return the page of a review, with who prints it and when."""
    return profile_content(
        review,
        printed_at=session.clock.now(),
        printed_by=session.account.display_name,
        private=private,
    )
