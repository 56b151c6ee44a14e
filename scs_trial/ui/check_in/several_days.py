"""The sheet on which several days of one patient are typed side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.tone import Tone
from scs_trial.errors import FieldError, InputError, UserError
from scs_trial.services.record_check_in import declare_missed, record_check_in
from scs_trial.services.session import Session
from scs_trial.ui.check_in.about import Subject
from scs_trial.ui.check_in.draft_keeper import DraftKeeper
from scs_trial.ui.check_in.pane_keys import add_keys
from scs_trial.ui.check_in.payload import to_payload
from scs_trial.ui.check_in.several_column import DayColumn, day_title
from scs_trial.ui.check_in.several_form import Column, SeveralForm
from scs_trial.ui.check_in.several_head import SeveralHead
from scs_trial.ui.check_in.words import jump_words
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Banner, PlainLabel
from scs_trial.ui.widgets.calm_dialog import CalmDialog

_WIDEST, _HIGHEST = 1160, 700


class SeveralDays(CalmDialog):
    """Types two to seven days of a trial, each in a column of its own.

    What is typed is kept as the drafts of the single forms: closing the sheet loses nothing.

    Signals
    -------
    stored
        After the record holds at least one more day.
    day_wanted
        The day to open in the single form, after the sheet was closed.

    Parameters
    ----------
    session
        Account and record.
    subject
        Patient, trial and what is on record.
    days
        Days without a check-in.
    """

    stored = Signal()
    day_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        subject: Subject,
        days: Sequence[date],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("several_days")
        self.setWindowTitle(self.tr("Several days side by side"))
        add_help_key(self, "check_in")
        self._session = session
        self._keeper = DraftKeeper(session, self)
        self._keeper.failed.connect(self._on_keeper_failed)
        self.form = SeveralForm(subject, days, new_id=uuid4, draft=self._draft)
        self.banner = Banner(self)
        self.banner.setObjectName("several_days.banner")
        self._head = SeveralHead(self.form, self)
        self._head.changed.connect(self.banner.clear)
        self._page = QWidget(self)
        self.columns = tuple(
            DayColumn(column, self.form.fields, self._page) for column in self.form.columns
        )
        self._save = self._button(self.tr("Save  Ctrl+Enter"), "save")
        self._save.setProperty("kind", "primary")
        add_keys(self, {"Ctrl+Return": self.save, "Ctrl+Enter": self.save})
        self._save.clicked.connect(self.save)
        self._close = self._button(self.tr("Close"), "close")
        self._close.clicked.connect(self.reject)
        self._build()
        self._head.take_focus()

    def flush(self) -> None:
        """Store what is half typed now."""
        self._keeper.flush()

    def save(self) -> None:
        """Store the filled days; what is missing is asked for, and once about jumps."""
        complete = [column.complete() for column in self.columns]  # every field says why
        if not all(complete):
            self._say_not_saved(self.tr("See the marked fields."))
            return
        problem = self.form.problem()
        if problem:
            self._say_not_saved(problem)
            self._head.take_focus()
            return
        if not self._asks_about_jumps():
            self._store_all()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is half typed before the sheet is out of sight."""
        self.flush()
        super().hideEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Go down a day, then to the next, whatever order Qt found the fields in."""
        inside = [widget for column in self.columns for widget in column.editors()]
        order: list[QWidget] = [*self._head.editors(), *inside, self._save, self._close]
        stops = [widget for widget in order if widget.isVisibleTo(self) and widget.isEnabled()]
        now = self.focusWidget()
        if now not in stops:
            return super().focusNextPrevChild(following)
        place = stops.index(now) + (1 if following else -1)
        stops[place % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
        )
        return True

    # Building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(self._head)
        layout.addWidget(self.banner)
        layout.addWidget(self._grid(), 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._save)
        layout.addLayout(buttons)
        hint = self._page.sizeHint()
        self.resize(min(max(hint.width() + 6 * SPACE, 620), _WIDEST), _HIGHEST)

    def _grid(self) -> QScrollArea:
        grid = QGridLayout(self._page)
        grid.setContentsMargins(0, 0, SPACE, SPACE)
        grid.setHorizontalSpacing(round(1.5 * SPACE))
        grid.setVerticalSpacing(SPACE // 2)
        titles = [spec.title for spec in self.form.fields]
        titles += [self.tr("Program"), self.tr("Stimulation")]
        for row, title in enumerate(titles, start=1):
            grid.addWidget(PlainLabel(title, self._page), row, 0, Qt.AlignmentFlag.AlignTop)
        for place, column in enumerate(self.columns, start=1):
            column.put(grid, place)
            column.changed.connect(self._on_column_changed)
            column.full_form_wanted.connect(self._on_full_form_wanted)
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setColumnStretch(len(self.columns) + 1, 1)
        area = QScrollArea(self)
        area.setObjectName("several_days.area")
        area.setAccessibleName(self.tr("Days side by side"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self._page)
        return area

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"several_days.{name}")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        return button

    # Typing

    def _draft(self, key: str) -> str | None:
        kept = self._keeper.find(key)
        return None if kept is None else kept.payload

    def _on_column_changed(self) -> None:
        view = self.sender()
        assert isinstance(view, DayColumn)
        form = view.column.form
        if form.dirty:
            self._keeper.keep(form.draft_key, form.subject.patient.id, lambda: to_payload(form))
        else:
            self._keeper.discard(form.draft_key)
        self.banner.clear()

    def _on_full_form_wanted(self) -> None:
        view = self.sender()
        assert isinstance(view, DayColumn)
        self.accept()
        self.day_wanted.emit(view.column.day)

    # Saving

    def _asks_about_jumps(self) -> bool:
        """Ask about jumps that were not asked about; the next save goes through."""
        jumps = self.form.jumps_to_ask()
        lines = [
            f"{day_title(column)}, {column.form.field(jump.series).title}: {jump_words(jump)}"
            for column, jump in jumps
        ]
        if lines:
            headline = self.tr("Not saved yet, asked once. Ctrl+Enter saves.")
            self.banner.show_message(
                headline, "\n".join(lines), tone=Tone.WARNING, dismissable=False
            )
            self.form.mark_asked()
        return bool(lines)

    def _store_all(self) -> None:
        """Store each filled day by itself; one that fails keeps its typing and says why."""
        self.flush()
        views = [view for view in self.columns if view.column.filled]
        done = [view for view in views if self._store(view)]
        for view in views:
            view.show_state()
        if done:
            self.stored.emit()
        if len(done) == len(views):
            self.accept()
        else:
            self._say_not_saved(self.tr("Stored days are marked; the others say why not."))

    def _store(self, view: DayColumn) -> bool:
        column = view.column
        column.problem = self.form.prepare(column)
        if column.problem:
            return False
        try:
            self._write(column)
        except UserError as error:
            faults = error.faults if isinstance(error, InputError) else (error,)
            for fault in faults:
                if isinstance(fault, FieldError):
                    view.show_fault(fault.field, str(fault))
            column.problem = str(error)
            return False
        return True

    def _write(self, column: Column) -> None:
        if column.missed:
            declare_missed(self._session, self.form.subject.trial.id, [column.day])
            self.form.mark_stored(column)
        else:
            stored = record_check_in(self._session, column.form.command())
            self.form.mark_stored(column, stored)

    def _say_not_saved(self, why: str) -> None:
        self.banner.show_message(self.tr("Not saved."), why, tone=Tone.DANGER, dismissable=False)

    def _on_keeper_failed(self, why: str) -> None:
        text = self.tr("The draft could not be kept: {why}").format(why=why)
        self.banner.show_message(text, tone=Tone.DANGER)
