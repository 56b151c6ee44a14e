"""Preview of the SCS Trial Profile of one trial."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from scs_trial.reports.profile import profile_printout
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.session_page import session_page
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
        self._session = session
        self._review = review
        content = session_page(session, review)
        super().__init__(
            profile_printout(content),
            partial(_note, session, review, content),
            tasks=tasks,
            prompts=prompts,
            choose_printer=choose_printer,
            parent=parent,
        )
        self._private = self.add_option(
            "private",
            self.tr("&Without name"),
            told=self.tr(
                "A study number instead of name, birth date and MRN. Read the notes before you "
                "pass it on: a story may still tell who it is about."
            ),
        )
        self._with_data = self.add_option(
            "with_data",
            self.tr("&Data attached"),
            told=self.tr("The exported PDF carries the same entries for a computer (PDF/A-3a)."),
        )
        self._private.toggled.connect(self._on_option_toggled)
        self._with_data.toggled.connect(self._on_option_toggled)

    @Slot(bool)
    def _on_option_toggled(self, _on: bool) -> None:
        content = session_page(self._session, self._review, private=self._private.isChecked())
        self.take(
            profile_printout(content, with_data=self._with_data.isChecked()),
            partial(_note, self._session, self._review, content),
        )


def _note(session: Session, review: TrialReview, content: ProfileContent, how: HandedOut) -> None:
    note_page(
        session,
        patient_id=review.patient.id,
        trial_id=review.trial.id,
        content_hash=content.content_hash,
        how=how,
        private=content.private,
    )
