"""Which sheet ``scs-trial report`` writes, about whom, and how it is noted."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.typeset import Printout
from scs_trial.services.criteria_of import criteria_of
from scs_trial.services.hand_out_page import (
    PRIVATE_PROFILE,
    PROFILE,
    HandedOut,
    note_sheet,
    review_for_page,
)
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session

CALLS = "calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet with everybody who stands on it; ``content`` is the page's, for plain text."""

    what: str
    printout: Printout
    about: tuple[tuple[UUID, UUID], ...]
    content: ProfileContent | None = None

    def note(self, session: Session) -> None:
        """Note in the audit trail that it was exported."""
        note_sheet(
            session,
            self.what,
            self.about,
            content_hash=self.printout.digest,
            how=HandedOut.EXPORTED,
        )


def make_sheet(session: Session, arguments: argparse.Namespace) -> Sheet:
    """Read what the sheet needs; the reading is audited.

    Raises
    ------
    NotFoundError
        There is no such patient or trial.
    """
    if arguments.sheet == CALLS:
        return _calls(session)
    (mrn,) = arguments.patient
    review = review_for_page(session, mrn=mrn, trial_start=arguments.trial)
    if arguments.sheet == PROFILE:
        return _profile(session, review, private=arguments.private, with_data=arguments.with_data)
    return _MAKERS[arguments.sheet](session, review)


def _about(review: TrialReview) -> tuple[tuple[UUID, UUID], ...]:
    return ((review.patient.id, review.trial.id),)


def _profile(session: Session, review: TrialReview, *, private: bool, with_data: bool) -> Sheet:
    from scs_trial.reports.profile import profile_printout  # noqa: PLC0415  (start-up time)
    from scs_trial.reports.session_page import session_page  # noqa: PLC0415

    content = session_page(session, review, private=private)
    return Sheet(
        what=PRIVATE_PROFILE if private else PROFILE,
        printout=profile_printout(content, with_data=with_data),
        about=_about(review),
        content=content,
    )


def _diary(session: Session, review: TrialReview) -> Sheet:
    from scs_trial.reports.blank_diary import blank_diary  # noqa: PLC0415  (start-up time)

    printout = blank_diary(review, catalogue=session.catalogue, printed_at=session.clock.now())
    return Sheet(what="diary", printout=printout, about=_about(review))


def _coverage(session: Session, review: TrialReview) -> Sheet:
    from scs_trial.reports.coverage import coverage_sheet  # noqa: PLC0415  (start-up time)

    printout = coverage_sheet(
        review,
        criteria_of(session, review.trial),
        session.catalogue,
        printed_at=session.clock.now(),
        printed_by=session.account.display_name,
    )
    return Sheet(what="coverage", printout=printout, about=_about(review))


def _calls(session: Session) -> Sheet:
    from scs_trial.reports.call_sheet import call_printout  # noqa: PLC0415  (start-up time)
    from scs_trial.services.call_sheet import call_sheet, patients_on  # noqa: PLC0415

    calls = call_sheet(session)
    printout = call_printout(
        calls, catalogue=session.catalogue, printed_by=session.account.display_name
    )
    return Sheet(what="call-sheet", printout=printout, about=tuple(patients_on(calls)))


_MAKERS: Mapping[str, Callable[[Session, TrialReview], Sheet]] = {
    "diary": _diary,
    "coverage": _coverage,
}
