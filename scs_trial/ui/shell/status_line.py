"""The status line: what is saved, where, and what runs in the background."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStatusBar, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.ui.tasks import Task
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_SHOW_AFTER_MS = 1000
_ROLES = {
    Tone.GOOD: Colour.MUTED,
    Tone.NEUTRAL: Colour.MUTED,
    Tone.INFO: Colour.MUTED,
    Tone.WARNING: Colour.WARNING,
    Tone.DANGER: Colour.DANGER,
}
_DOTS = {Tone.WARNING: "◆", Tone.DANGER: "▲"}


class StatusLine(QStatusBar):
    """Saved, record, backup at the left; running task and number of patients at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._saved = self._label("saved")
        self._record = self._label("record")
        self._backup = self._label("backup")
        self._task = TaskProgress(self)
        self.addPermanentWidget(self._task)
        self._count = self._label("count", right=True)

    def set_saved(self, text: str, tone: Tone = Tone.GOOD) -> None:
        """Say when the last entry was saved, or that it is not."""
        self._say(self._saved, f"{_DOTS.get(tone, '●')} {text}" if text else "", tone)

    def set_record(self, text: str) -> None:
        """Say which record is open, e.g. "Encrypted file · clinic.scs"."""
        self._say(self._record, text)

    def set_backup(self, text: str, tone: Tone = Tone.GOOD) -> None:
        """Say when the last backup was made and whether it was verified."""
        self._say(self._backup, text, tone)

    def set_count(self, text: str) -> None:
        """Say how many patients are in a trial."""
        self._say(self._count, text)

    def clear_texts(self) -> None:
        """Say nothing, e.g. while locked."""
        for label in (self._saved, self._record, self._backup, self._count):
            self._say(label, "")

    def watch(self, task: Task) -> None:
        """Show a task once it takes longer than a second."""
        self._task.watch(task)

    def _label(self, name: str, *, right: bool = False) -> PlainLabel:
        label = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL)
        label.setObjectName(f"status.{name}")
        label.setContentsMargins(SPACE // 2, 0, SPACE, 0)
        if right:
            self.addPermanentWidget(label)
        else:
            self.addWidget(label)
        label.hide()
        return label

    @staticmethod
    def _say(label: PlainLabel, text: str, tone: Tone = Tone.GOOD) -> None:
        label.set_role(_ROLES[tone])
        label.setText(text)
        label.setVisible(bool(text))


class TaskProgress(QWidget):
    """Title, progress and a cancel button of the task that runs; hidden for the first second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched: Task | None = None
        self._title = PlainLabel("", self, size=TextSize.SMALL, weight=QFont.Weight.Medium)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("status.progress")
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(140)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName("status.cancel")
        self._cancel.setAccessibleName(self.tr("Cancel the running task"))
        self._cancel.clicked.connect(self._on_cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SHOW_AFTER_MS)
        self._delay.timeout.connect(self.show)
        self.hide()

    def watch(self, task: Task) -> None:
        """Follow a task from now on."""
        self._watched = task
        self._title.setText(task.title)
        self._bar.setAccessibleName(task.title)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        task.progressed.connect(self._on_task_progressed)
        task.finished.connect(self._on_task_finished)
        self._delay.start()

    @Slot(int, int, str)
    def _on_task_progressed(self, done: int, total: int, text: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if text:
            self._title.setText(text)

    @Slot()
    def _on_task_finished(self) -> None:
        if self.sender() is self._watched:
            self._watched = None
            self._delay.stop()
            self.hide()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._watched is not None:
            self._cancel.setEnabled(False)
            self._watched.cancel()
