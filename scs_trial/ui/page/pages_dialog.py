"""Export the pages of several trials: chosen in a list, written with progress, stopped at will."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.reports.many_pages import ManyPages, PageForm, write_pages
from scs_trial.services.choose_trials import ChosenTrial, TrialState, trials_in
from scs_trial.services.session import Session
from scs_trial.ui.page.pages_model import PagesModel
from scs_trial.ui.page.pages_view import ALL, PDF_LETTER, TEXT, PagesView
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.tasks import Progress, Task, TaskRunner
from scs_trial.ui.text import shown
from scs_trial.ui.widgets.calm_dialog import CalmDialog

_SIZE = (760, 560)
_NAMED = 3
"""So many failures are told one by one."""


class PagesDialog(CalmDialog):
    """Writes the pages of the selected trials into a folder.

    Parameters
    ----------
    session
        Who exports; reading and export of each page are audited.
    tasks
        Runs the export in the background.
    prompts
        Asks for the folder, and before a file is replaced; over this dialog when None.

    Signals
    -------
    exported
        Paths of the files that were written.
    """

    exported = Signal(object)

    def __init__(
        self,
        session: Session,
        *,
        tasks: TaskRunner,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export pages"))
        self.resize(*_SIZE)
        self._session = session
        self._tasks = tasks
        self._prompts = prompts or DialogPrompts(self)
        self._task: Task | None = None
        self._closed = self._busy = False
        self._model = PagesModel()
        self.view = PagesView(self._model, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._connect()
        self._on_state_chosen()

    def _connect(self) -> None:
        view = self.view
        view.state.currentIndexChanged.connect(self._on_state_chosen)
        view.form.currentIndexChanged.connect(self._on_form_chosen)
        view.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        view.close_button.clicked.connect(self.reject)
        view.cancel.clicked.connect(self._on_cancel_clicked)
        view.export.clicked.connect(self._on_export_clicked)
        self.finished.connect(self._on_finished)

    @property
    def selected(self) -> tuple[ChosenTrial, ...]:
        """The trials that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.view.table.selectionModel().selectedRows())
        return tuple(row for row in map(self._model.row, rows) if row is not None)

    @property
    def form(self) -> PageForm:
        """How each page is written."""
        key = self.view.form.key()
        return PageForm(
            paper="letter" if key == PDF_LETTER else "a4",
            as_text=key == TEXT,
            private=self.view.private.isChecked(),
            with_data=self.view.with_data.isChecked() and key != TEXT,
        )

    @Slot()
    def _on_state_chosen(self) -> None:
        key = self.view.state.key()
        states = tuple(TrialState) if key == ALL else (TrialState(key),)
        self._model.set_rows(trials_in(self._session, states))
        self.view.table.selectAll()
        self._on_selection_changed()

    @Slot()
    def _on_form_chosen(self) -> None:
        self.view.with_data.setEnabled(self.view.form.key() != TEXT)

    @Slot()
    def _on_selection_changed(self) -> None:
        count = len(self.selected)
        self.view.chosen.setText(self.tr("{} of {} selected").format(count, self._model.rowCount()))
        self.view.export.setEnabled(count > 0 and not self._busy)

    @Slot()
    def _on_export_clicked(self) -> None:
        self._prompts.open_folder(
            self.tr("Folder for the pages"), on_chosen=partial(self._run, self.selected, False)
        )

    def _run(self, chosen: Sequence[ChosenTrial], overwrite: bool, folder: Path | None) -> None:
        if folder is None:
            return
        self.view.banner.clear()
        self._set_busy(True)
        task = self._tasks.run_task(
            partial(_write, self._session, chosen, folder, form=self.form, overwrite=overwrite),
            on_done=partial(self._tell, folder, len(chosen)),
            on_error=self._refuse,
            title=self.tr("Export pages"),
        )
        if self._busy:
            self._task = task
            task.progressed.connect(self._on_task_progressed)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        view = self.view
        view.bar.setRange(0, 0)
        view.bar.setVisible(busy)
        view.cancel.setVisible(busy)
        parts = (view.state, view.form, view.table, view.private, view.close_button, view.export)
        for part in parts:
            part.setEnabled(not busy)
        view.with_data.setEnabled(not busy and view.form.key() != TEXT)
        if not busy:
            self._task = None

    @Slot(int, int, str)
    def _on_task_progressed(self, done: int, total: int, _text: str) -> None:
        self.view.bar.setRange(0, total)
        self.view.bar.setValue(done)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _tell(self, folder: Path, asked: int, made: ManyPages) -> None:
        if self._closed:
            return
        self._set_busy(False)
        parts = [self.tr("{} of {} pages written.").format(len(made.written), asked)]
        if made.left:
            parts.append(self.tr("Stopped; {} not begun.").format(len(made.left)))
        parts += [
            f"{shown(one.chosen.patient.name, one_line=True)}: {one.error}"
            for one in made.failed[:_NAMED]
        ]
        if len(made.failed) > _NAMED:
            parts.append(self.tr("And {} others.").format(len(made.failed) - _NAMED))
        tone = Tone.GOOD if len(made.written) == asked else Tone.WARNING
        self.view.banner.show_message(" ".join(parts), tone=tone)
        if made.written:
            self.exported.emit(made.written)
        if made.existing:
            self._prompts.ask(
                self.tr("Replace files?"),
                self.tr("{} of the pages are in this folder already.").format(len(made.existing)),
                yes=self.tr("Replace them"),
                no=self.tr("Keep them"),
                on_answer=partial(self._replace, made.existing, folder),
            )

    def _replace(self, chosen: Sequence[ChosenTrial], folder: Path, replace: bool) -> None:
        if replace:
            self._run(chosen, True, folder)

    def _refuse(self, error: UserError) -> None:
        if not self._closed:
            self._set_busy(False)
            self.view.banner.show_message(str(error), tone=Tone.DANGER)

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._closed = True
        self._on_cancel_clicked()


def _write(
    session: Session,
    chosen: Sequence[ChosenTrial],
    folder: Path,
    progress: Progress,
    *,
    form: PageForm,
    overwrite: bool,
) -> ManyPages:
    """Write the pages; runs in the background."""
    return write_pages(
        session, chosen, folder, form=form, overwrite=overwrite, tell=progress.report
    )
