"""Imports a file that needs no questions: a case file, REDCap data, a diary CSV."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.tone import Tone
from scs_trial.errors import InputError, UserError
from scs_trial.services.import_case import PatientExistsError
from scs_trial.services.import_ready import ReadyFile, import_ready
from scs_trial.services.session import Session
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Banner, Field, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.labels import TextSize
from scs_trial.ui.widgets.named_button import named_button

_WIDTH = 560
_MOST_FAULTS = 500


class ReadyDialog(CalmDialog):
    """Says what the file holds, and imports all of it or nothing.

    Parameters
    ----------
    session
        Who imports, into which record.
    ready
        The file.
    name
        Its name without the folder.
    runner
        Imports in the background.

    Signals
    -------
    record_changed
        After an import.
    """

    record_changed = Signal()

    def __init__(
        self,
        session: Session,
        ready: ReadyFile,
        name: str,
        *,
        runner: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ready")
        add_help_key(self, "import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import"))
        self.setMinimumWidth(_WIDTH)
        self._session, self._ready, self._runner = session, ready, runner
        self._closed = False
        self._banner = Banner(self)
        self._banner.setObjectName("ready.banner")
        self._copy_as = QLineEdit(self)
        self._copy_as.setObjectName("ready.copy_as")
        self._copy = Field(
            self.tr("Import as a new copy under the MRN"),
            self._copy_as,
            self,
            hint=self.tr("Two patients are never made into one."),
        )
        self._copy.hide()
        self._close = self._button("close", self.tr("Close"))
        self._close.clicked.connect(self.reject)
        self._import = self._button("import", self.tr("&Import"))
        self._import.setProperty("kind", "primary")
        self._import.clicked.connect(self._on_import_clicked)
        self._lay_out(name)
        self.finished.connect(self._on_finished)
        if ready.faults:
            self._import.setEnabled(False)
            said = self.tr("{0} faults; nothing can be imported.").format(len(ready.faults))
            self._banner.show_message(said, self.tr("Correct the file."), tone=Tone.DANGER)

    def _button(self, name: str, text: str) -> QPushButton:
        return named_button(text, f"ready.{name}", self)

    def _lay_out(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel(shown(name, one_line=True), self, size=TextSize.LARGE))
        column.addWidget(PlainLabel(self._words(), self, role=Colour.MUTED, wrap=True))
        column.addWidget(self._banner)
        if self._ready.faults:
            faults = QPlainTextEdit(self)
            faults.setObjectName("ready.faults")
            faults.setAccessibleName(self.tr("Faults"))
            faults.setReadOnly(True)
            faults.setTabChangesFocus(True)
            faults.setPlainText(
                "\n".join(shown(line) for line in self._ready.faults[:_MOST_FAULTS])
            )
            column.addWidget(faults, 1)
        column.addWidget(self._copy)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._import)
        column.addLayout(buttons)

    def _words(self) -> str:
        case, diary = self._ready.case, self._ready.diary
        kind = self._ready.kind.value
        if case is not None:
            return self.tr("A {0} of one patient with {1} trials. All of it, or nothing.").format(
                kind, len(case.case.trials)
            )
        trials = diary.trials if diary is not None else ()
        days = sum(len(one.diary.days) for one in trials)
        return self.tr(
            "A {0} with {1} trials and {2} days. All of it, or nothing; what the record holds "
            "with other answers is refused."
        ).format(kind, len(trials), days)

    @Slot()
    def _on_import_clicked(self) -> None:
        copy_as = self._copy_as.text().strip() or None
        self._import.setEnabled(False)
        self._close.setEnabled(False)
        do = partial(_run, self._session, self._ready, copy_as)
        self._runner.run_task(
            do, on_done=self._tell_done, on_error=self._refuse, title=self.tr("Importing")
        )

    def _tell_done(self, words: str) -> None:
        self.record_changed.emit()
        if not self._closed:
            self._close.setEnabled(True)
            self._copy.hide()
            said = self.tr("Imported: {0}.").format(words or self.tr("nothing new"))
            self._banner.show_message(said, tone=Tone.GOOD, dismissable=False)

    def _refuse(self, error: UserError) -> None:
        if self._closed:
            return
        self._close.setEnabled(True)
        self._import.setEnabled(True)
        self._copy.setVisible(isinstance(error, PatientExistsError))
        reasons = error.faults if isinstance(error, InputError) else ()
        text = "\n".join(f"{fault.field}: {fault}" for fault in reasons) or error.to_do
        self._banner.show_message(error.what, text, tone=Tone.DANGER)

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._closed = True


def _run(session: Session, ready: ReadyFile, copy_as: str | None, _progress: Progress) -> str:
    return import_ready(session, ready, copy_as=copy_as)
