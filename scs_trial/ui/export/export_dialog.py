"""Choose what to export, in which format, with which names; write it in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.patient import Patient
from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.exchange.export_files import (
    export_files,
    has_several_files,
    offered_name,
    save_export,
)
from scs_trial.exchange.export_model import ExportForm
from scs_trial.services.export_records import ExportRequest, export_records
from scs_trial.services.session import Session
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.tasks import Progress, Task, TaskRunner
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.field import Field
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.named_button import named_button

_WIDTH = 520
ONE, ALL = "one", "all"


class ExportDialog(CalmDialog):
    """Exports the open patient or all patients.

    Parameters
    ----------
    session
        Who exports; the audit trail notes it.
    patient
        The open patient, or None.
    tasks
        Runs the export in the background.
    prompts
        Asks where to write; over this dialog when None.

    Signals
    -------
    exported
        Paths of the files that were written.
    """

    exported = Signal(object)

    def __init__(
        self,
        session: Session,
        patient: Patient | None,
        *,
        tasks: TaskRunner,
        prompts: Prompts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export data"))
        self.setMinimumWidth(_WIDTH)
        self._session = session
        self._patient = patient
        self._tasks = tasks
        self._prompts = prompts or DialogPrompts(self)
        self._task: Task | None = None
        self._busy = False
        self._closed = False
        self._warning = PlainLabel("", self, role=Colour.MUTED, wrap=True)
        self._warning.setObjectName("export.warning")
        self._make_choices()
        self._make_view()
        self._on_choice_changed()
        self.finished.connect(self._on_finished)

    def _make_choices(self) -> None:
        forms = [
            (ExportForm.DIARY.value, self.tr("Diary CSV, as the program imports it")),
            (ExportForm.LONG.value, self.tr("Long CSV, one row for each value")),
            (ExportForm.XLSX.value, self.tr("Excel workbook with dictionary and results")),
            (ExportForm.CASE.value, self.tr("Case file, everything without loss")),
            (ExportForm.REDCAP.value, self.tr("REDCap dictionary and data")),
            (ExportForm.FHIR.value, self.tr("FHIR R4, a Bundle for each trial")),
        ]
        self._form = self._choice("format", self.tr("Format"), forms)
        scopes = [(ALL, self.tr("Every patient of the record"))]
        if self._patient is not None:
            scopes.insert(
                0, (ONE, shown(f"{self._patient.name} · MRN {self._patient.mrn}", one_line=True))
            )
        self._scope = self._choice("scope", self.tr("Whom"), scopes)
        self._form.currentIndexChanged.connect(self._on_form_changed)
        self._pseudonymise = self._check(
            "pseudonymise",
            self.tr("Study number instead of name, MRN and birth date; no free text"),
        )
        self._shift = self._check(
            "shift", self.tr("Move each patient's dates back by 1 to 52 weeks")
        )

    def _make_view(self) -> None:
        self._banner = Banner(self)
        self._banner.setObjectName("export.banner")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("export.progress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.hide()
        self._close = self._button("close", self.tr("Close"), self.reject)
        self._cancel = self._button("cancel", self.tr("Cancel"), self._on_cancel_clicked)
        self._cancel.hide()
        self._save = self._button("save", self.tr("&Export…"), self._on_save_clicked)
        self._save.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._bar, 1)
        buttons.addStretch(1)
        for button in (self._close, self._cancel, self._save):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(PlainLabel(self.tr("Export data"), self, size=TextSize.LARGE))
        layout.addWidget(self._banner)
        layout.addWidget(Field(self.tr("Format"), self._form, self))
        layout.addWidget(Field(self.tr("Whom"), self._scope, self))
        for part in (self._pseudonymise, self._shift, self._warning):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self._form.setFocus()

    def _choice(self, name: str, spoken: str, choices: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(choices, self)
        box.setObjectName(f"export.{name}")
        box.setAccessibleName(spoken)
        return box

    def _check(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(f"export.{name}")
        box.setAccessibleName(text)
        box.toggled.connect(self._on_choice_changed)
        return box

    def _button(self, name: str, text: str, pressed: Callable[[], None]) -> QPushButton:
        button = named_button(text, f"export.{name}", self)
        button.clicked.connect(pressed)
        return button

    @property
    def request(self) -> ExportRequest:
        """What is chosen."""
        one = self._patient if self._scope.key() == ONE else None
        return ExportRequest(
            form=ExportForm(self._form.key()),
            mrns=None if one is None else (one.mrn,),
            pseudonymise=self._pseudonymise.isChecked(),
            shift_dates=self._pseudonymise.isChecked() and self._shift.isChecked(),
        )

    @Slot(int)
    def _on_form_changed(self, _index: int) -> None:
        """FHIR leaves pseudonymised unless the user takes the tick away."""
        if self._form.key() == ExportForm.FHIR.value:
            self._pseudonymise.setChecked(True)

    @Slot()
    def _on_choice_changed(self) -> None:
        hidden = self._pseudonymise.isChecked()
        self._shift.setEnabled(hidden)
        self._warning.setText(
            self.tr("Names of programs and regions stay: look through them before you pass it on.")
            if hidden
            else self.tr("The file is not encrypted and names the patient. The export is noted.")
        )

    @Slot()
    def _on_save_clicked(self) -> None:
        request = self.request
        title = self.tr("Export data")
        patients = None if request.mrns is None else len(request.mrns)
        if has_several_files(request.form, patients=patients):
            self._prompts.open_folder(title, on_chosen=partial(self._run, request, False))
            return
        name = offered_name(request.form)
        ending = Path(name).suffix
        self._prompts.save_file(
            title,
            name=name,
            filters=[f"{ending[1:].upper()} (*{ending})"],
            on_chosen=partial(self._run, request, True),
        )

    def _run(self, request: ExportRequest, overwrite: bool, path: Path | None) -> None:
        """Export in the background; the file box has asked before it names an existing file."""
        if path is None:
            return
        self._banner.clear()
        self._set_busy(True)
        task = self._tasks.run_task(
            partial(_export, self._session, request, path, overwrite=overwrite),
            on_done=self._tell_written,
            on_error=self._refuse,
            title=self.tr("Export data"),
        )
        if self._busy:
            self._task = task
            task.progressed.connect(self._on_task_progressed)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        self._cancel.setVisible(busy)
        for part in (self._form, self._scope, self._pseudonymise, self._save, self._close):
            part.setEnabled(not busy)
        self._shift.setEnabled(not busy and self._pseudonymise.isChecked())
        if not busy:
            self._task = None

    @Slot(int, int, str)
    def _on_task_progressed(self, done: int, total: int, _text: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _tell_written(self, paths: tuple[Path, ...]) -> None:
        if self._closed:
            return
        self._set_busy(False)
        what = paths[0].name if len(paths) == 1 else self.tr("{} files").format(len(paths))
        self._banner.show_message(self.tr("Saved: {}").format(what), tone=Tone.GOOD)
        self.exported.emit(paths)

    def _refuse(self, error: UserError) -> None:
        if not self._closed:
            self._set_busy(False)
            self._banner.show_message(str(error), tone=Tone.DANGER)

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._closed = True
        self._on_cancel_clicked()


def _export(
    session: Session, request: ExportRequest, path: Path, progress: Progress, *, overwrite: bool
) -> tuple[Path, ...]:
    """Read, write and save; runs in the background."""
    model = export_records(session, request, tell=progress.report)
    return save_export(path, export_files(model, request.form), overwrite=overwrite)
