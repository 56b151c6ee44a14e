"""A small form that adds one line to a ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.verdict import Tone
from scs_trial.errors import FieldError, InputError, UserError
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.tasks import TaskRunner
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.field_form import FieldForm, FieldSpec
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_WIDTH = 520


class LedgerDialog(CalmDialog):
    """Asks for the fields of one line and stores it.

    Signals
    -------
    saved
        After the record holds the line.
    stored
        Just before, with what storing returned.

    Parameters
    ----------
    name
        Object name; also starts the names of the editors.
    title, guidance
        Heading, and one sentence beneath it.
    fields
        In their order.
    store
        Stores the texts by field name; a `FieldError` is shown beside its field.
    today
        Tells today's date.
    verbatim
        Fields whose text is handed on with the spaces at its ends.
    runner, busy
        Runs what takes long, with the words that are shown meanwhile; ``store`` then touches no
        widget. Without a runner the line is stored at once.
    """

    saved = Signal()
    stored = Signal(object)

    def __init__(
        self,
        name: str,
        title: str,
        guidance: str,
        *,
        fields: Sequence[FieldSpec],
        store: Callable[[Mapping[str, str]], object],
        today: Callable[[], date],
        verbatim: Set[str] = frozenset(),
        runner: TaskRunner | None = None,
        busy: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        add_help_key(self, "treatment")
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._store = store
        self._verbatim = verbatim
        self._runner, self._busy = runner, busy
        self.form = FieldForm(fields, prefix=name, today=today)
        self._banner = Banner(parent=self)
        self._save = save = QPushButton("Save  Ctrl+Enter")
        save.setObjectName(f"{name}.save")
        save.setProperty("kind", "primary")
        save.setShortcut("Ctrl+Return")
        save.clicked.connect(self._on_save_clicked)
        close = QPushButton("Close")
        close.setObjectName(f"{name}.close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(PlainLabel(title, size=TextSize.LARGE))
        layout.addWidget(PlainLabel(guidance, role=Colour.MUTED, wrap=True))
        layout.addWidget(self._banner)
        layout.addWidget(self.form)
        layout.addStretch(1)
        layout.addLayout(buttons)

    @Slot()
    def _on_save_clicked(self) -> None:
        typed = {name: self.form.text(name) for name in self.form.names()}
        texts = {
            name: text if name in self._verbatim else text.strip() for name, text in typed.items()
        }
        for name in texts:
            self.form.show_problem(name, "")
        self._banner.clear()
        if self._runner is not None:
            self._set_busy(True)
            self._runner.run_task(
                lambda _progress: self._store(texts),
                on_done=self._end,
                on_error=self._show,
                title=self._busy,
            )
            return
        try:
            result = self._store(texts)
        except UserError as error:
            self._show(error)
            return
        self._end(result)

    def _end(self, result: object) -> None:
        self._set_busy(False)
        self.stored.emit(result)
        self.saved.emit()
        self.accept()

    def _set_busy(self, busy: bool) -> None:
        self.form.setEnabled(not busy)
        self._save.setEnabled(not busy)
        if busy:
            self._banner.show_message(self._busy, dismissable=False)
        else:
            self._banner.clear()

    def _show(self, error: UserError) -> None:
        self._set_busy(False)
        faults = error.faults if isinstance(error, InputError) else (error,)
        for fault in faults:
            if isinstance(fault, FieldError) and fault.field in self.form.names():
                self.form.show_problem(fault.field, str(fault))
                self.form.editor(fault.field).setFocus()
            else:
                self._banner.show_message(str(fault), tone=Tone.DANGER)
