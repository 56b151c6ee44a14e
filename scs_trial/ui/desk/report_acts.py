"""What leaves the program from the work area: the page and its companions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from scs_trial.domain.patient import Patient
from scs_trial.errors import UserError
from scs_trial.services.hand_out_page import HandedOut, note_page
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
from scs_trial.ui.clipboard import copy_record_text
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from scs_trial.ui.page.page_preview import PagePreview


class ReportActs(QObject):
    """Shows, prints, exports and copies the page of a trial.

    Signals
    -------
    handed_out
        Something left the program; the audit trail has grown.
    said
        What the status line says.
    """

    handed_out = Signal()
    said = Signal(str)

    def __init__(
        self, window: QWidget, session: Session, *, prompts: Prompts, runner: TaskRunner
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._prompts = prompts
        self._runner = runner

    def show_page(self, review: TrialReview) -> None:
        """Open the preview of the page."""
        self._preview(review).open()

    def export_page(self, review: TrialReview) -> None:
        """Open the preview and ask for a file as soon as the page is set."""
        preview = self._preview(review)
        preview.ready.connect(preview.export)
        preview.open()

    def export_data(self, patient: Patient | None) -> None:
        """Open the choice of an export: the open patient, or all."""
        from scs_trial.ui.export.export_dialog import ExportDialog  # noqa: PLC0415  (start-up time)

        dialog = ExportDialog(self._session, patient, tasks=self._runner, parent=self._window)
        dialog.exported.connect(self.handed_out)
        dialog.open()

    def copy_text(self, review: TrialReview) -> None:
        """Copy the page as text."""
        self._copy(review, ascii_only=False)

    def copy_ascii(self, review: TrialReview) -> None:
        """Copy the page as text with plain symbols."""
        self._copy(review, ascii_only=True)

    def _copy(self, review: TrialReview, *, ascii_only: bool) -> None:
        """Note that the page leaves, then copy it."""
        from scs_trial.reports.plain_text import plain_text  # noqa: PLC0415  (start-up time)
        from scs_trial.reports.profile_content import profile_content  # noqa: PLC0415

        session = self._session
        content = profile_content(
            review, printed_at=session.clock.now(), printed_by=session.account.display_name
        )
        try:
            note_page(
                session,
                patient_id=review.patient.id,
                trial_id=review.trial.id,
                content_hash=content.content_hash,
                how=HandedOut.COPIED,
            )
        except UserError as error:
            self._prompts.tell(self.tr("Nothing was copied"), str(error))
            return
        copy_record_text(plain_text(content, ascii_only=ascii_only))
        self.handed_out.emit()
        self.said.emit(self.tr("Page copied as text; cleared when locked"))

    def _preview(self, review: TrialReview) -> PagePreview:
        from scs_trial.ui.page.page_preview import PagePreview  # noqa: PLC0415  (start-up time)

        preview = PagePreview(self._session, review, tasks=self._runner, parent=self._window)
        preview.exported.connect(self.handed_out)
        preview.printed.connect(self.handed_out)
        return preview
