"""Preview of the SCS Trial Profile of one trial."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from scs_trial.reports.profile import profile_printout
from scs_trial.reports.profile_content import profile_content
from scs_trial.services.hand_out_page import HandedOut, note_page
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
from scs_trial.ui.page.print_sheets import AskPrinter, ask_printer
from scs_trial.ui.page.sheet_preview import SheetPreview
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import TaskRunner


class PagePreview(SheetPreview):
    """Shows the sheets of one trial's page and hands them out.

    Parameters
    ----------
    session
        Who prints; export and print are noted in the audit trail.
    review
        The snapshot that the screen shows.
    tasks
        Runs the typesetting in the background.
    prompts
        Asks for the file; over this dialog when None.
    choose_printer
        Asks for the printer.
    """

    def __init__(
        self,
        session: Session,
        review: TrialReview,
        *,
        tasks: TaskRunner,
        prompts: Prompts | None = None,
        choose_printer: AskPrinter = ask_printer,
        parent: QWidget | None = None,
    ) -> None:
        content = profile_content(
            review, printed_at=session.clock.now(), printed_by=session.account.display_name
        )
        super().__init__(
            profile_printout(content),
            partial(_note, session, review, content.content_hash),
            tasks=tasks,
            prompts=prompts,
            choose_printer=choose_printer,
            parent=parent,
        )


def _note(session: Session, review: TrialReview, digest: str, how: HandedOut) -> None:
    note_page(
        session,
        patient_id=review.patient.id,
        trial_id=review.trial.id,
        content_hash=digest,
        how=how,
    )
