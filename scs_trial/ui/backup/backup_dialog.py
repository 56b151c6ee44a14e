"""The list of backups: what there is, whether it is whole, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.backups import Backup, Made
from scs_trial.domain.tone import Tone
from scs_trial.errors import UserError
from scs_trial.services.backup_words import when_words
from scs_trial.services.check_record import last_check_words
from scs_trial.services.clinic_settings import save_settings
from scs_trial.services.safekeeper import Drill
from scs_trial.services.safekeeping import (
    back_up,
    drill_backup,
    list_backups,
    save_copy,
    verify_backup,
)
from scs_trial.services.session import Session
from scs_trial.ui.backup.folder_row import FolderRow
from scs_trial.ui.backup.restore_dialog import RestoreDialog
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.labels import PlainLabel
from scs_trial.ui.widgets.named_button import named_button

_HEADS = ("Made", "Size", "Why", "Audit row", "Verified", "Folders")
_RECORDS = ("SCS Trial record (*.scs)",)
T = TypeVar("T")


class BackupDialog(CalmDialog):
    """Lists the backups and works on the chosen one.

    Signals
    -------
    changed
        A backup was made or a folder was named.
    restore_requested
        Name of the backup and the password of then.
    """

    changed = Signal()
    restore_requested = Signal(str, str)

    def __init__(
        self,
        session: Session,
        *,
        runner: TaskRunner,
        prompts: Prompts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("backups")
        self.setWindowTitle("Backups")
        self.resize(880, 560)
        self._session = session
        self._runner = runner
        self._prompts = prompts
        self._backups: tuple[Backup, ...] = ()
        self._banner = Banner(parent=self)
        self._where = PlainLabel("", role=Colour.MUTED, wrap=True)
        self._table = self._make_table()
        settings = session.settings()
        self._second = FolderRow(
            "Second folder", "backups.second", settings.second_backup_folder, prompts
        )
        self._reading = FolderRow(
            "Copy for reading in other rooms", "backups.reading", settings.snapshot_folder, prompts
        )
        self._second.chosen.connect(partial(self._name_folder, "second_backup_folder"))
        self._reading.chosen.connect(partial(self._name_folder, "snapshot_folder"))
        self._build()
        add_help_key(self, "backups")
        self.reload()

    def reload(self) -> None:
        """Show the list as the ledger has it now."""
        try:
            listed = list_backups(self._session)
        except UserError as error:
            self._say(str(error), Tone.DANGER)
            return
        self._backups = tuple(listed.backups)
        checked = last_check_words(self._session)
        self._where.setText(
            f"Folder: {listed.folder}. A backup opens with the passwords of then. {checked}"
        )
        self._table.setRowCount(len(self._backups))
        for row, held in enumerate(self._backups):
            for column, text in enumerate(self._cells(held)):
                self._table.setItem(row, column, QTableWidgetItem(text))
        if self._backups:
            self._table.selectRow(0)
        if listed.damaged:
            self._say("The list is damaged; the next backup writes it anew.", Tone.WARNING)
        for button in self._needing_one:
            button.setEnabled(bool(self._backups))

    def _cells(self, held: Backup) -> tuple[str, ...]:
        now, zone = self._session.clock.now(), self._session.zone()
        return (
            when_words(held.at, now=now, zone=zone),
            f"{held.size / 1024 / 1024:.1f} MB",
            held.reason,
            str(held.audit_seq),
            "when made",
            "both" if held.copied else "first",
        )

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_HEADS), self)
        table.setObjectName("backups.list")
        table.setAccessibleName("Backups, the newest first")
        table.setHorizontalHeaderLabels(_HEADS)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def _build(self) -> None:
        self._needing_one = (
            _button("Check", "backups.check", self._on_check),
            _button("Try restoring", "backups.drill", self._on_drill),
            _button("Restore…", "backups.restore", self._on_restore),
        )
        now = _button("Back up now", "backups.now", self._on_now)
        now.setProperty("kind", "primary")
        row = QHBoxLayout()
        for button in self._needing_one:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(_button("Save a copy…", "backups.copy", self._on_copy))
        row.addWidget(_button("Close", "backups.close", self.reject))
        row.addWidget(now)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._banner)
        column.addWidget(self._where)
        column.addWidget(self._table, 1)
        column.addWidget(self._second)
        column.addWidget(self._reading)
        column.addLayout(row)

    def _chosen(self) -> Backup | None:
        row = self._table.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    @Slot()
    def _on_now(self) -> None:
        self._run(lambda _p: back_up(self._session), self._on_made, title="Backing up")

    def _on_made(self, made: Made) -> None:
        self.reload()
        self.changed.emit()
        if made.second_problem:
            self._say(made.second_problem, Tone.WARNING)
        else:
            self._say("The backup was made, opened and checked.", Tone.GOOD)

    @Slot()
    def _on_check(self) -> None:
        if (held := self._chosen()) is not None:
            name = held.name
            self._run(
                lambda _p: verify_backup(self._session, name),
                lambda _held: self._say(f"{name} is whole.", Tone.GOOD),
                title="Checking the backup",
            )

    @Slot()
    def _on_drill(self) -> None:
        if (held := self._chosen()) is not None:
            name = held.name
            self._run(
                lambda _p: drill_backup(self._session, name), self._tell_drill, title="Trying out"
            )

    def _tell_drill(self, drill: Drill) -> None:
        self._say(" ".join(drill.steps), Tone.GOOD)

    @Slot()
    def _on_copy(self) -> None:
        self._prompts.save_file(
            "Save a copy", name="copy.scs", filters=_RECORDS, on_chosen=self._copy_to
        )

    def _copy_to(self, target: Path | None) -> None:
        if target is not None:
            self._run(
                lambda _p: save_copy(self._session, target),
                lambda _none: self._say("The copy was saved, opened and checked.", Tone.GOOD),
                title="Saving a copy",
            )

    @Slot()
    def _on_restore(self) -> None:
        if (held := self._chosen()) is None:
            return
        dialog = RestoreDialog(held.name, self._cells(held)[0], self)
        dialog.password_given.connect(partial(self._ask_for_restore, held.name))
        dialog.open()

    def _ask_for_restore(self, name: str, password: str) -> None:
        self.accept()
        self.restore_requested.emit(name, password)

    def _name_folder(self, field: str, folder: str) -> None:
        try:
            save_settings(self._session, replace(self._session.settings(), **{field: folder}))  # type: ignore[arg-type]
        except UserError as error:
            self._say(str(error), Tone.DANGER)
            return
        self._say("The folder was noted.", Tone.GOOD)
        self.changed.emit()

    def _run(
        self, work: Callable[[Progress], T], on_done: Callable[[T], None], *, title: str
    ) -> None:
        self._say(f"{title}…", Tone.NEUTRAL)
        self._runner.run_task(work, on_done=on_done, on_error=self._fail, title=title)

    def _fail(self, error: UserError) -> None:
        self._say(str(error), Tone.DANGER)

    def _say(self, text: str, tone: Tone) -> None:
        self._banner.show_message(text, tone=tone)


def _button(text: str, name: str, slot: Callable[[], object]) -> QPushButton:
    button = named_button(text, name)
    button.clicked.connect(slot)
    return button
