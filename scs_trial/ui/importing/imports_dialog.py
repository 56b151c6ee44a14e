"""The imports so far: what each brought, what was skipped, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.imports import ImportRun
from scs_trial.domain.tone import Tone
from scs_trial.errors import InputError, UserError
from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.local_time import to_local
from scs_trial.services.session import Session
from scs_trial.services.undo_import import list_imports, undo_import
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.importing.fate_tables import table
from scs_trial.ui.importing.taking_back import ask_why_back
from scs_trial.ui.models.row_table import RowTable
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.tasks import TaskRunner
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Banner, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.named_button import named_button

_SIZE = (860, 560)
_DETAIL_HEIGHT = 150


class ImportsModel(RowTable[ImportRun]):
    """A row for each import, newest first."""

    COLUMNS = ("When", "Who", "File", "Brought", "State")

    def __init__(self, session: Session, names: Mapping[UUID, str]) -> None:
        super().__init__()
        self._zone, self._names = session.zone(), names

    def texts(self, row: ImportRun) -> tuple[str, ...]:
        """Return the text of each column."""
        counts = ", ".join(f"{number} {what}" for what, number in row.counts.items() if number)
        texts = (
            f"{to_local(row.at, self._zone):%Y-%m-%d %H:%M}",
            self._names.get(row.by, "?"),
            row.source_name,
            counts,
            "taken back" if row.undone else "",
        )
        return tuple(shown(text, one_line=True) for text in texts)


class ImportsDialog(CalmDialog):
    """Shows the imports through the assistant.

    Parameters
    ----------
    session
        Who looks.
    runner
        Takes an import back in the background.
    prompts
        Asks for the reason; over this dialog when None.

    Signals
    -------
    record_changed
        After an import was taken back.
    """

    record_changed = Signal()

    def __init__(
        self,
        session: Session,
        *,
        runner: TaskRunner,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("imports")
        add_help_key(self, "import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Imports"))
        self.resize(*_SIZE)
        self._session, self._runner = session, runner
        self._prompts = prompts or DialogPrompts(self)
        self._closed = False
        with session.reading() as work:
            names = {account.id: account.display_name for account in work.accounts.all()}
        self._model = ImportsModel(session, names)
        self._table = table(self._model, "imports.table", self.tr("Imports"), self)  # type: ignore[arg-type]
        self._none = PlainLabel(
            self.tr(
                "Nothing was imported through the assistant yet. File > Import brings files in."
            ),
            self,
            role=Colour.MUTED,
            wrap=True,
        )
        self._detail = QPlainTextEdit(self)
        self._detail.setObjectName("imports.detail")
        self._detail.setAccessibleName(self.tr("The chosen import"))
        self._detail.setReadOnly(True)
        self._detail.setTabChangesFocus(True)
        self._detail.setFixedHeight(_DETAIL_HEIGHT)
        self._banner = Banner(self)
        self._banner.setObjectName("imports.banner")
        self._close = self._button("close", self.tr("Close"))
        self._undo = self._button("undo", self.tr("&Take back…"))
        self._undo.setVisible(is_allowed(session.account, Action.UNDO_IMPORT))
        self._lay_out()
        self._table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._close.clicked.connect(self.reject)
        self._undo.clicked.connect(self._on_undo_clicked)
        self.finished.connect(self._on_finished)
        self._show()

    def _button(self, name: str, text: str) -> QPushButton:
        return named_button(text, f"imports.{name}", self)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._undo)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        for part in (self._banner, self._none):
            column.addWidget(part)
        column.addWidget(self._table, 1)
        column.addWidget(self._detail)
        column.addLayout(buttons)

    def _show(self) -> None:
        runs = list_imports(self._session)
        self._model.set_rows(runs)
        self._none.setVisible(not runs)
        self._detail.clear()
        self._undo.setEnabled(False)
        if runs:
            self._table.selectRow(0)

    def _chosen(self) -> ImportRun | None:
        return self._model.row(self._table.currentIndex().row())

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        run = self._model.row(current.row())
        self._undo.setEnabled(run is not None and not run.undone)
        if run is None:
            return
        lines = [self.tr("SHA-256 of the file: {0}").format(run.digest)]
        if run.profile:
            lines.append(self.tr("Profile: {0}").format(run.profile))
        if run.undone:
            lines.append(self.tr("Taken back: {0}").format(run.undone_reason))
        lines += [
            self.tr("skipped: row {0}, {1}: {2}").format(one.row, one.column or "–", one.reason)
            for one in run.skipped
        ]
        lines += [f"{key} = {answer}" for key, answer in run.answers.items()]
        self._detail.setPlainText("\n".join(shown(line, one_line=True) for line in lines))

    @Slot()
    def _on_undo_clicked(self) -> None:
        if self._chosen() is None:
            return
        ask_why_back(self._prompts, self._take_back)

    def _take_back(self, reason: str | None) -> None:
        run, session = self._chosen(), self._session
        if reason is None or run is None:
            return
        self._undo.setEnabled(False)
        self._runner.run_task(
            lambda _progress: undo_import(session, run.id, reason=reason),
            on_done=self._tell_undone,
            on_error=self._refuse,
            title=self.tr("Taking back"),
        )

    def _tell_undone(self, _run: object) -> None:
        self.record_changed.emit()
        if not self._closed:
            self._show()
            self._banner.show_message(self.tr("The import was taken back."), tone=Tone.GOOD)

    def _refuse(self, error: UserError) -> None:
        if self._closed:
            return
        self._undo.setEnabled(True)
        reasons = error.faults if isinstance(error, InputError) else ()
        text = "\n".join(str(fault) for fault in reasons) or error.to_do
        self._banner.show_message(error.what, text, tone=Tone.DANGER)

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._closed = True
