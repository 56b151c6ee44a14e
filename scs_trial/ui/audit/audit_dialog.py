"""Read, export and check the audit trail."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.domain.anchor import read_anchor
from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.exchange.audit_csv import audit_csv
from scs_trial.reports.save import save_page
from scs_trial.services.audit_view import AuditSearch, export_audit, search_audit
from scs_trial.services.local_time import local_now
from scs_trial.services.session import Session
from scs_trial.services.verify_record import PROMISE, Verification, verify_record
from scs_trial.ui.audit.audit_view import AuditView
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.widgets.calm_dialog import CalmDialog

_SIZE = (1040, 760)


class AuditDialog(CalmDialog):
    """Shows the newest rows, and those that are searched for; everything is plain text.

    Parameters
    ----------
    session
        Who reads.
    runner
        Checks the record in the background.
    prompts
        Asks for the file; over this dialog when None.
    """

    def __init__(
        self,
        session: Session,
        *,
        runner: TaskRunner,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("audit")
        add_help_key(self, "settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Audit trail"))
        self.resize(*_SIZE)
        self._session, self._runner = session, runner
        self._prompts = prompts or DialogPrompts(self)
        self._closed = False
        zone = session.zone()
        self.view = AuditView(self, today=lambda: local_now(session.clock, zone).date())
        layout = QVBoxLayout(self)
        layout.addWidget(self.view)
        self.finished.connect(self._on_finished)
        self._connect()
        self.view.report.setPlainText(PROMISE)
        self.search()

    def _connect(self) -> None:
        view = self.view
        for editor in (view.patient, view.actor, view.action):
            editor.returnPressed.connect(self.search)
        view.search.clicked.connect(self.search)
        view.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        view.check.clicked.connect(self._on_check_clicked)
        view.anchor.returnPressed.connect(self._on_check_clicked)
        view.export.clicked.connect(self._on_export_clicked)
        view.close_button.clicked.connect(self.reject)

    def _wanted(self) -> AuditSearch:
        view = self.view
        return AuditSearch(
            patient=view.patient.text(),
            actor=view.actor.text(),
            action=view.action.text().replace(" ", "_"),
            first=view.first.value,
            last=view.last.value,
        )

    @Slot()
    def search(self) -> None:
        """Show the newest rows that fit the fields."""
        lines = search_audit(self._session, self._wanted())
        self.view.model.set_rows(lines)
        self.view.table.resizeColumnsToContents()
        self.view.count.setText(self.tr("{0} rows, newest first").format(len(lines)))
        self.view.detail.clear()

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self.view.model.row(current.row())
        if line is None:
            return
        parts = (
            f"{line.seq} {line.digest}",
            line.entity_id,
            line.reason,
            self.tr("before: {0}").format(line.old) if line.old else "",
            self.tr("after: {0}").format(line.new) if line.new else "",
        )
        self.view.detail.setPlainText("\n".join(part for part in parts if part))

    @Slot()
    def _on_check_clicked(self) -> None:
        typed = self.view.anchor.text().strip()
        try:
            anchors = [read_anchor(typed)] if typed else []
        except UserError as error:
            self._say(error)
            return
        session = self._session

        def check(_progress: Progress) -> Verification:
            return verify_record(session, anchors=anchors)

        self.view.banner.clear()
        self.view.check.setEnabled(False)
        self.view.report.setPlainText(self.tr("Checking…"))
        self._runner.run_task(
            check, on_done=self._show, on_error=self._fail, title=self.tr("Checking the record")
        )

    def _show(self, made: Verification) -> None:
        if self._closed:
            return
        self.view.check.setEnabled(True)
        lines = [f"{'✓' if held.holds else '✕'} {held.text}" for held in made.findings]
        self.view.report.setPlainText("\n".join((*lines, PROMISE)))
        if made.holds:
            self.view.banner.show_message(self.tr("Everything holds."), tone=Tone.GOOD)
        else:
            self.view.banner.show_message(
                self.tr("Something does not hold; see what the check found."), tone=Tone.DANGER
            )

    def _fail(self, error: UserError) -> None:
        if not self._closed:
            self.view.check.setEnabled(True)
            self.view.report.setPlainText(PROMISE)
            self._say(error)

    def _say(self, error: UserError) -> None:
        self.view.banner.show_message(str(error), tone=Tone.DANGER)

    @Slot()
    def _on_export_clicked(self) -> None:
        self._prompts.save_file(
            self.tr("Export the audit trail"),
            name="scs-trial-audit.csv",
            filters=["CSV (*.csv)"],
            on_chosen=self._export_to,
        )

    def _export_to(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            text = audit_csv(export_audit(self._session, self._wanted()))
            save_page(path, text.encode("utf-8", "replace"), overwrite=True)
        except UserError as error:
            self._say(error)
            return
        self.view.banner.show_message(self.tr("Saved as {0}").format(path.name), tone=Tone.GOOD)

    @Slot()
    def _on_finished(self) -> None:
        self._closed = True
