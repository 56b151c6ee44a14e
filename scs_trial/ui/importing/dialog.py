"""The import assistant: a file of another program, step by step, into the record."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.errors import InputError, UserError
from scs_trial.exchange.assistant.assess import Assessment
from scs_trial.exchange.assistant.model import Page
from scs_trial.exchange.assistant.prepared import Prepared
from scs_trial.services.import_types import DryRun, ImportDone
from scs_trial.services.local_time import local_now
from scs_trial.services.run_import import dry_run, run_import
from scs_trial.services.session import Session
from scs_trial.services.undo_import import undo_import
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.importing.fate_tables import counted
from scs_trial.ui.importing.keeping import keep_answers
from scs_trial.ui.importing.preview_table import PreviewModel
from scs_trial.ui.importing.reading import Reading
from scs_trial.ui.importing.taking_back import ask_why_back
from scs_trial.ui.importing.view import ImportView
from scs_trial.ui.importing.whom import whom_words
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.tasks import TaskRunner
from scs_trial.ui.text import shown
from scs_trial.ui.widgets.calm_dialog import CalmDialog

_SIZE = (1120, 680)
_CHECK = len(Page)


class ImportDialog(CalmDialog):
    """Asks what a file does not settle, shows what would happen, then imports it.

    Parameters
    ----------
    session
        Who imports, into which record.
    path
        The file.
    runner
        Reads, checks and imports in the background.
    prompts
        Asks for the reason when an import is taken back; over this dialog when None.

    Signals
    -------
    record_changed
        After an import, and after it was taken back.
    """

    record_changed = Signal()

    def __init__(
        self,
        session: Session,
        path: Path,
        *,
        runner: TaskRunner,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import")
        add_help_key(self, "import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import"))
        self.resize(*_SIZE)
        self._session = session
        self._prompts = prompts or DialogPrompts(self)
        self._done: ImportDone | None = None
        zone = session.zone()
        self.view = ImportView(
            session.catalogue, self, today=lambda: local_now(session.clock, zone).date()
        )
        self.view.title.setText(shown(path.name, one_line=True))
        layout = QVBoxLayout(self)
        layout.addWidget(self.view)
        self._reading = Reading(session, runner=runner, parent=self)
        self._connect()
        self._show_steps()
        self._reading.open(path)

    def _connect(self) -> None:
        view, reading = self.view, self._reading
        reading.assessed.connect(self._on_assessed)
        reading.refused.connect(self._on_refused)
        reading.busy_changed.connect(self._on_busy_changed)
        reading.progressed.connect(self._on_progressed)
        for page in view.pages.values():
            page.answered.connect(reading.answer)
        view.check.allowance_changed.connect(self._show_buttons)
        view.steps.currentRowChanged.connect(self._on_step_changed)
        view.back.clicked.connect(partial(self._go, -1))
        view.next.clicked.connect(partial(self._go, 1))
        view.run.clicked.connect(self._on_run_clicked)
        view.undo.clicked.connect(self._on_undo_clicked)
        view.close_button.clicked.connect(self.reject)
        view.cancel.clicked.connect(reading.cancel)
        self.finished.connect(reading.close)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_forward)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        reasons = error.faults if isinstance(error, InputError) else ()
        text = "\n".join(str(fault) for fault in reasons) or error.to_do
        self.view.banner.show_message(error.what, text, tone=Tone.DANGER)
        self._show_steps()

    @Slot(bool)
    def _on_busy_changed(self, busy: bool) -> None:
        self.view.bar.setRange(0, 0)
        self.view.bar.setVisible(busy)
        self.view.cancel.setVisible(busy)
        self._show_buttons()

    @Slot(int, int, str)
    def _on_progressed(self, done: int, total: int, _text: str) -> None:
        self.view.bar.setRange(0, total)
        self.view.bar.setValue(done)

    @Slot(object)
    def _on_assessed(self, made: Assessment) -> None:
        self.view.banner.clear()
        profile = self._reading.profile
        if made.problems:
            said = self.tr("Something stands in the way")
            self.view.banner.show_message(said, "\n".join(made.problems), tone=Tone.WARNING)
        elif profile is not None:
            said = self.tr("A known kind of file: {0}").format(profile.name)
            text = self.tr("Its answers are filled in; look at the scale once more.")
            self.view.banner.show_message(said, text, tone=Tone.INFO)
        for page in self.view.pages.values():
            page.show_assessment(made)
        model = self.view.preview.model()
        if isinstance(model, PreviewModel):
            model.show_assessment(made)
        self.view.preview.resizeColumnsToContents()
        self._show_steps()

    def _show_steps(self) -> None:
        steps = self.view.steps
        row = self.view.stack.currentIndex()
        blocked = steps.blockSignals(True)
        steps.clear()
        titles = (
            self.tr("Reading"),
            self.tr("Columns"),
            self.tr("Meaning"),
            self.tr("Whom"),
            self.tr("Check and import"),
        )
        for title, page in zip(titles, (*Page, None), strict=True):
            steps.addItem(f"{self._mark(page)}  {title}")
        steps.setCurrentRow(row)
        steps.blockSignals(blocked)
        self._show_buttons()

    def _mark(self, page: Page | None) -> str:
        made = self._reading.made
        if made is None:
            return "·"
        if page is None:
            return "✓" if self._done else "·"
        pages = list(Page)
        waits = [one.page for one in made.open_questions]
        if page in waits:
            return f"{waits.count(page)}?"
        later = any(pages.index(one) < pages.index(page) for one in waits)
        return "·" if later else "✓"

    @Slot()
    def _show_buttons(self) -> None:
        view, row, busy = self.view, self.view.stack.currentIndex(), self._reading.busy
        view.back.setEnabled(row > 0 and not busy)
        view.next.setVisible(row < _CHECK)
        view.next.setEnabled(not busy and self._reading.made is not None)
        view.run.setVisible(row == _CHECK)
        view.run.setEnabled(view.check.allowed and self._done is None and not busy)
        view.undo.setVisible(self._done is not None)
        view.undo.setEnabled(not busy)
        view.preview.setVisible(row < _CHECK)

    def _prepared(self) -> Prepared | None:
        made = self._reading.made
        return None if made is None else made.prepared

    def _go(self, by: int, _checked: bool = False) -> None:
        self.view.steps.setCurrentRow(self.view.stack.currentIndex() + by)

    @Slot()
    def _on_forward(self) -> None:
        button = self.view.run if self.view.run.isVisible() else self.view.next
        if button.isEnabled():
            button.click()

    @Slot(int)
    def _on_step_changed(self, row: int) -> None:
        prepared = self._prepared()
        if row == _CHECK and prepared is None:
            self._go_to_open_question()
            return
        self.view.stack.setCurrentIndex(row)
        self._show_buttons()
        if row == _CHECK and prepared is not None and self._done is None:
            self._check(prepared)
        elif 0 <= row < _CHECK:
            list(self.view.pages.values())[row].take_focus()

    def _go_to_open_question(self) -> None:
        """Say that the import waits, and show what it waits for."""
        made = self._reading.made
        waits = () if made is None else made.open_questions
        if waits:
            self.view.stack.setCurrentIndex(list(Page).index(waits[0].page))
        self._show_steps()
        self.view.banner.show_message(
            self.tr("Not yet; open questions: {0}.").format(len(waits)),
            self.tr("The steps with a number hold them."),
            tone=Tone.WARNING,
        )

    def _check(self, prepared: Prepared) -> None:
        session = self._session

        def show(dry: DryRun) -> None:
            whom = whom_words(session, prepared)
            self.view.check.show_dry_run(dry, prepared, whom=whom)

        self._reading.work(lambda _progress: dry_run(session, prepared), show, self.tr("Checking"))

    @Slot()
    def _on_run_clicked(self) -> None:
        session, prepared, check = self._session, self._prepared(), self.view.check
        if prepared is None:
            return
        skip, change = check.skip.isChecked(), check.change.isChecked()
        self._reading.work(
            lambda progress: run_import(
                session,
                prepared,
                skip_faulty=skip,
                apply_changes=change,
                tell=progress.report,
            ),
            self._take_done,
            self.tr("Importing"),
        )

    def _take_done(self, done: ImportDone) -> None:
        self._done = done
        counts = counted(done.counts)
        self.view.banner.show_message(
            self.tr("Imported: {0}.").format(counts),
            keep_answers(self._session, self._reading.made, self.view.check.profile.text()),
            tone=Tone.GOOD,
            dismissable=False,
        )
        self.view.check.show_done()
        self.record_changed.emit()
        self._show_steps()

    @Slot()
    def _on_undo_clicked(self) -> None:
        ask_why_back(self._prompts, self._undo)

    def _undo(self, reason: str | None) -> None:
        if reason is None or self._done is None:
            return
        import_id, session = self._done.import_id, self._session

        def undone(_run: object) -> None:
            self._done = None
            self.view.check.setEnabled(True)
            self.view.stack.setCurrentIndex(0)
            self.record_changed.emit()
            self._reading.look_again()
            self.view.banner.show_message(self.tr("The import was taken back."), tone=Tone.INFO)

        self._reading.work(
            lambda progress: undo_import(session, import_id, reason=reason, tell=progress.report),
            undone,
            self.tr("Taking back"),
        )
