"""The guided form for a new trial, step by step; it may be left half done at any step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.verdict import Tone
from scs_trial.errors import FieldError, InputError, UserError
from scs_trial.services.keep_draft import discard_draft, drafts, keep_draft
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.register_patient import save_patient
from scs_trial.services.session import Session
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.new_trial.form import NewTrialForm, Problem
from scs_trial.ui.new_trial.pages import Page, pages
from scs_trial.ui.new_trial.treatments_editor import TreatmentsEditor
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.field_form import FieldForm, FieldKind, FieldSpec
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.measures_editor import MeasuresEditor
from scs_trial.ui.widgets.scrolled import scrolled

DRAFT_KEY = "new_trial"
_DRAFT_DELAY_MS = 300


class NewTrialDialog(CalmDialog):
    """Registers a patient and sets up a trial, or continues a half-done one.

    Signals
    -------
    saved
        Patient id and trial id, after the record holds them.
    """

    saved = Signal(object, object)

    def __init__(
        self,
        session: Session,
        form: NewTrialForm,
        parent: QWidget | None = None,
        *,
        prompts: Prompts | None = None,
    ) -> None:
        super().__init__(parent)
        self._prompts = prompts or DialogPrompts(self)
        self.setObjectName("new_trial")
        add_help_key(self, "new_trial")
        self.setWindowTitle("New trial" if form.trial is None else "Trial set-up")
        self.resize(860, 640)
        self._session = session
        self._form = form
        self._forms: list[FieldForm] = []
        self._treatments = TreatmentsEditor()
        self._measures = MeasuresEditor(session.catalogue, prefix="new_trial")
        self._steps = QListWidget(self)
        self._pages = QStackedWidget(self)
        self._banner = Banner(parent=self)
        self._save = QPushButton("Save trial  Ctrl+Enter", self)
        self._next = QPushButton("Next", self)
        self._draft_timer = QTimer(self, singleShot=True, interval=_DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self._on_draft_timer_timeout)
        self._build()
        self._fill()
        self._focus_first()

    def offer_draft(self) -> bool:
        """Take back what was typed before a crash; return whether there was something."""
        for draft in drafts(self._session):
            if draft.key == DRAFT_KEY:
                self._form.read_payload(draft.payload)
                self._fill()
                self._banner.show_message(
                    "Your half-typed trial was kept; go on where you stopped."
                )
                return True
        return False

    def _build(self) -> None:
        self._steps.setObjectName("new_trial.steps")
        self._steps.setAccessibleName("Steps of the form")
        self._steps.setFixedWidth(168)
        self._steps.setSpacing(SPACE // 4)
        for page in pages(self._session.library):
            self._steps.addItem(page.title)
            self._pages.addWidget(self._page(page))
        self._steps.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._steps.setCurrentRow(0)
        self._treatments.changed.connect(self._on_editor_changed)
        self._measures.changed.connect(self._on_editor_changed)
        self._save.setObjectName("new_trial.save")
        self._save.setShortcut("Ctrl+Return")
        self._save.setProperty("kind", "primary")
        self._save.clicked.connect(self._on_save_clicked)
        self._next.setObjectName("new_trial.next")
        self._next.clicked.connect(self._on_next_clicked)
        cancel = QPushButton("Close", self)
        cancel.setObjectName("new_trial.close")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(PlainLabel("Left half done, it is kept as a draft.", role=Colour.MUTED))
        buttons.addStretch(1)
        for button in (cancel, self._next, self._save):
            buttons.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(2 * SPACE)
        middle.addWidget(self._steps)
        middle.addWidget(self._pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(self._banner)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)

    def _page(self, page: Page) -> QWidget:
        form = FieldForm(page.fields, prefix="new_trial", today=self._today, editors=self._editor)
        form.text_changed.connect(self._on_form_text_changed)
        self._forms.append(form)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 2 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel(page.title, size=TextSize.LARGE))
        column.addWidget(PlainLabel(page.guidance, role=Colour.MUTED, wrap=True))
        column.addWidget(form)
        column.addStretch(1)
        return scrolled(f"new_trial.page.{page.key}", page.title, inner)

    def _focus_first(self) -> None:
        form = self._forms[self._steps.currentRow()]
        form.editor(form.names()[0]).setFocus()

    def _today(self) -> date:
        return self._session.clock.today(self._session.zone())

    def _editor(self, field: FieldSpec) -> QWidget:
        return self._treatments if field.kind is FieldKind.TREATMENTS else self._measures

    def _fill(self) -> None:
        settings = self._session.settings()
        texts = self._form.texts
        texts.setdefault("criteria_id", settings.default_criteria)
        texts.setdefault("planned_days", str(settings.default_planned_days))
        for form in self._forms:
            for name in form.names():
                form.set_text(name, texts.get(name, ""))
        self._treatments.set_treatments(self._form.treatments)
        self._form.measures_asked = self._form.measures_asked or settings.measures_asked
        self._measures.set_codes(self._form.measures_asked)

    @Slot(str, str)
    def _on_form_text_changed(self, name: str, text: str) -> None:
        self._form.set_text(name, text)
        self._draft_timer.start()

    @Slot()
    def _on_editor_changed(self) -> None:
        self._form.treatments = self._treatments.treatments()
        self._form.measures_asked = self._measures.codes()
        self._draft_timer.start()

    @Slot()
    def _on_draft_timer_timeout(self) -> None:
        patient = self._form.patient.id if self._form.patient else None
        payload = self._form.to_payload()
        keep_draft(self._session, key=DRAFT_KEY, patient_id=patient, payload=payload)

    @Slot()
    def _on_next_clicked(self) -> None:
        row = self._steps.currentRow() + 1
        self._steps.setCurrentRow(row % self._steps.count())
        self._focus_first()

    @Slot()
    def _on_save_clicked(self) -> None:
        problems = self._form.problems(today=self._today())
        self._show_problems(problems)
        if not problems:
            self._store()

    def _store(self, reason: str | None = "") -> None:
        """Store patient and trial; a change that needs a reason asks for it and tries again."""
        if reason is None:
            return
        try:
            patient = save_patient(self._session, self._form.to_patient(), reason=reason)
            self._form.patient = patient
            trial = save_trial(self._session, self._form.to_trial(), reason=reason)
        except UserError as error:
            if any(isinstance(f, FieldError) and f.field == "reason" for f in _faults(error)):
                self._ask_reason()
            else:
                self._show_error(error)
            return
        self._form.trial = trial
        self._draft_timer.stop()
        discard_draft(self._session, DRAFT_KEY)
        self.saved.emit(patient.id, trial.id)
        self.accept()

    def _ask_reason(self) -> None:
        self._prompts.ask_text(
            "Why is it changed?",
            "The trial has begun: another length, region, measure, criteria or placement date is "
            "stored with the reason, and the page prints it.",
            label="Reason",
            yes="Save the change",
            on_answer=self._store,
        )

    def _show_error(self, error: UserError) -> None:
        faults = _faults(error)
        known = [
            Problem(field=fault.field, text=str(fault))
            for fault in faults
            if isinstance(fault, FieldError)
        ]
        self._show_problems(tuple(known))
        if not known:
            self._banner.show_message(str(error), tone=Tone.DANGER)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        texts = {problem.field: problem.text for problem in problems}
        first = None
        for row, form in enumerate(self._forms):
            for name in form.names():
                form.show_problem(name, texts.get(name, ""))
                if name in texts and first is None:
                    first = (row, form.editor(name))
        if first is not None:
            self._steps.setCurrentRow(first[0])
            first[1].setFocus()
        known = {name for form in self._forms for name in form.names()}
        rest = [text for name, text in texts.items() if name not in known]
        if rest:
            self._banner.show_message(" ".join(rest), tone=Tone.DANGER)

    def done(self, result: int) -> None:
        """Keep what was typed when the form is left before it was saved."""
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self._on_draft_timer_timeout()
        super().done(result)


def _faults(error: UserError) -> tuple[UserError, ...]:
    return tuple(error.faults) if isinstance(error, InputError) else (error,)
