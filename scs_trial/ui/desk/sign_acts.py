"""Opens the signing of a trial, and the page as it was signed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from scs_trial.domain.signature import Signature, of_trial
from scs_trial.errors import UserError
from scs_trial.services.hand_out_page import HandedOut, note_page
from scs_trial.services.local_time import zone_of
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
from scs_trial.services.sign_decision import PasswordCheck
from scs_trial.services.signed_copy import signed_copy
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import TaskRunner


class SignActs(QObject):
    """Signs, amends and shows the signed page.

    Signals
    -------
    changed
        The record holds a new signature or amendment, or a page left the program.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        session: Session,
        *,
        prompts: Prompts,
        runner: TaskRunner,
        check: PasswordCheck | None,
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._prompts, self._runner, self._check = prompts, runner, check

    def sign(self, review: TrialReview) -> None:
        """Open the signing of a trial."""
        if self._check is None:
            self._prompts.tell(
                self.tr("Nothing can be signed here"),
                self.tr("The record was not opened with a password."),
            )
            return
        from scs_trial.ui.signing.sign_dialog import SignDialog  # noqa: PLC0415  (start-up time)

        dialog = SignDialog(
            self._session,
            review,
            check=self._check,
            runner=self._runner,
            prompts=self._prompts,
            parent=self._window,
        )
        dialog.signed.connect(self.changed)
        dialog.copy_requested.connect(partial(self.show_copy, review))
        dialog.open()

    def show_latest(self, review: TrialReview) -> None:
        """Show the page of the latest signature."""
        signature = review.signature or of_trial(review.signed_elsewhere)
        if signature is None:
            self._prompts.tell(
                self.tr("This trial is not signed"), self.tr("There is no signed page to show.")
            )
        else:
            self.show_copy(review, signature)

    def show_audit(self) -> None:
        """Show the audit trail."""
        from scs_trial.ui.audit.audit_dialog import AuditDialog  # noqa: PLC0415  (start-up time)

        AuditDialog(self._session, runner=self._runner, parent=self._window).open()

    @Slot(object)
    def show_copy(self, review: TrialReview, signature: Signature) -> None:
        """Show the page as it was signed; every sheet says that it is a copy."""
        from scs_trial.reports.signed_copy import copy_printout  # noqa: PLC0415  (start-up time)
        from scs_trial.ui.page.sheet_preview import SheetPreview  # noqa: PLC0415

        session = self._session
        try:
            page = signed_copy(session, signature.id, trial_id=review.trial.id)
        except UserError as error:
            self._prompts.tell(self.tr("The signed page can't be shown"), str(error))
            return
        printout = copy_printout(
            page,
            signature,
            printed_at=session.clock.now(),
            printed_by=session.account.display_name,
            zone=zone_of(review.settings),
            demo=review.demo,
        )
        preview = SheetPreview(
            printout,
            partial(_note, session, review, signature),
            tasks=self._runner,
            parent=self._window,
        )
        preview.exported.connect(self.changed)
        preview.printed.connect(self.changed)
        preview.open()


def _note(session: Session, review: TrialReview, signature: Signature, how: HandedOut) -> None:
    note_page(
        session,
        patient_id=review.patient.id,
        trial_id=review.trial.id,
        content_hash=signature.page_digest,
        how=how,
    )
