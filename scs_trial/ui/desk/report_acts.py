"""What leaves the program from the work area: the page and its companions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from scs_trial.domain.patient import Patient
from scs_trial.errors import UserError
from scs_trial.services.call_sheet import call_sheet, patients_on
from scs_trial.services.criteria_of import criteria_of
from scs_trial.services.hand_out_page import HandedOut, note_page, note_sheet
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
from scs_trial.ui.clipboard import copy_record_text
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from scs_trial.reports.typeset import Printout
    from scs_trial.ui.page.page_preview import PagePreview
    from scs_trial.ui.page.sheet_preview import SheetPreview


class ReportActs(QObject):
    """Shows, prints, exports and copies the page of a trial, and its companions.

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

    def export_pages(self) -> None:
        """Open the export of the pages of several trials."""
        from scs_trial.ui.page.pages_dialog import PagesDialog  # noqa: PLC0415  (start-up time)

        dialog = PagesDialog(self._session, tasks=self._runner, parent=self._window)
        dialog.exported.connect(self.handed_out)
        dialog.open()

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

    def copy_private(self, review: TrialReview) -> None:
        """Copy the page as text without name, birth date and MRN."""
        self._copy(review, ascii_only=False, private=True)

    def show_diary(self, review: TrialReview) -> None:
        """Open the preview of the patient's blank diary."""
        from scs_trial.reports.blank_diary import blank_diary  # noqa: PLC0415  (start-up time)

        session = self._session
        sheet = blank_diary(review, catalogue=session.catalogue, printed_at=session.clock.now())
        self._show(sheet, "diary", [(review.patient.id, review.trial.id)])

    def show_coverage(self, review: TrialReview) -> None:
        """Open the coverage checklist of the trial."""
        from scs_trial.reports.coverage import coverage_sheet  # noqa: PLC0415  (start-up time)

        session = self._session
        sheet = coverage_sheet(
            review,
            criteria_of(session, review.trial),
            session.catalogue,
            printed_at=session.clock.now(),
            printed_by=session.account.display_name,
        )
        self._show(sheet, "coverage", [(review.patient.id, review.trial.id)])

    def show_calls(self) -> None:
        """Open the call sheet of today."""
        from scs_trial.reports.call_sheet import call_printout  # noqa: PLC0415  (start-up time)

        session = self._session
        try:
            calls = call_sheet(session)
        except UserError as error:
            self._prompts.tell(self.tr("No call sheet"), str(error))
            return
        sheet = call_printout(
            calls, catalogue=session.catalogue, printed_by=session.account.display_name
        )
        self._show(sheet, "call-sheet", patients_on(calls))

    def _show(self, sheet: Printout, what: str, about: Sequence[tuple[UUID, UUID]]) -> None:
        from scs_trial.ui.page.sheet_preview import SheetPreview  # noqa: PLC0415  (start-up time)

        preview = SheetPreview(
            sheet,
            partial(self._note, what, about, sheet.digest),
            tasks=self._runner,
            parent=self._window,
        )
        self._follow(preview)
        preview.open()

    def _note(
        self, what: str, about: Sequence[tuple[UUID, UUID]], digest: str, how: HandedOut
    ) -> None:
        note_sheet(self._session, what, about, content_hash=digest, how=how)

    def _copy(self, review: TrialReview, *, ascii_only: bool, private: bool = False) -> None:
        """Note that the page leaves, then copy it."""
        from scs_trial.reports.plain_text import plain_text  # noqa: PLC0415  (start-up time)
        from scs_trial.reports.session_page import session_page  # noqa: PLC0415

        content = session_page(self._session, review, private=private)
        try:
            note_page(
                self._session,
                patient_id=review.patient.id,
                trial_id=review.trial.id,
                content_hash=content.content_hash,
                how=HandedOut.COPIED,
                private=private,
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
        self._follow(preview)
        return preview

    def _follow(self, preview: SheetPreview) -> None:
        preview.exported.connect(self.handed_out)
        preview.printed.connect(self.handed_out)
