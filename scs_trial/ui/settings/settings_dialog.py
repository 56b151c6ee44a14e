"""Settings: the clinic's pages, and the rooms behind them; every change is audited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.clinic_settings import save_settings
from scs_trial.services.session import Session
from scs_trial.ui.actions import Actions
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.settings.criteria_editor import CriteriaEditor
from scs_trial.ui.settings.days_editor import DaysEditor
from scs_trial.ui.settings.form import SettingsForm
from scs_trial.ui.settings.pages import CALLS, LETTERHEAD, criteria_choices, criteria_fields
from scs_trial.ui.settings.rooms import room_page, rooms_for
from scs_trial.ui.settings.safety_editor import SafetyEditor
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.calm_dialog import CalmDialog
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.field_form import FieldForm
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.measures_editor import MeasuresEditor
from scs_trial.ui.widgets.scrolled import scrolled

_CLINICS = (Action.EDIT_SETTINGS, Action.EDIT_SAFETY_LIST, Action.EDIT_CRITERIA)


class SettingsDialog(CalmDialog):
    """Edits the clinic's settings, and leads to accounts, backups, the check, one's own keys.

    A section that an account may not use is not shown.

    Parameters
    ----------
    commands
        The registry with the commands of the rooms; without one there are the clinic's pages only.

    Signals
    -------
    saved
        After the record holds the new settings.
    """

    saved = Signal()

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, commands: Actions | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        add_help_key(self, "settings")
        self.setWindowTitle("Settings")
        self.resize(880, 660)
        self._session = session
        self._rooms = rooms_for(commands)
        self._edits = session.copy is None and any(
            is_allowed(session.account, action) for action in _CLINICS
        )
        self._form = SettingsForm.of(session.settings())
        self._letterhead = FieldForm(LETTERHEAD, prefix="settings", today=self._today)
        self._calls = FieldForm(CALLS, prefix="settings", today=self._today)
        self._criteria = FieldForm(
            criteria_fields(session.library), prefix="settings", today=self._today
        )
        self._own = CriteriaEditor(session)
        self._own.setVisible(is_allowed(session.account, Action.EDIT_CRITERIA))
        self._days = DaysEditor()
        self._measures = MeasuresEditor(session.catalogue, prefix="settings")
        self._safety = SafetyEditor(today=self._today)
        self._banner = Banner(parent=self)
        self._build()
        self._fill()

    def _build(self) -> None:
        steps = QListWidget(self)
        steps.setObjectName("settings.pages")
        steps.setAccessibleName("Pages of the settings")
        steps.setFixedWidth(168)
        steps.setSpacing(SPACE // 4)
        stack = QStackedWidget(self)
        clinics = (
            ("Letterhead", "Printed at the head of every page.", (self._letterhead,)),
            ("Calls", "Whom to call, about which day, and when.", (self._calls, self._days)),
            ("Measures", "Asked each day in new trials.", (self._measures,)),
            ("Safety questions", SafetyEditor.GUIDANCE, (self._safety,)),
            ("Criteria", "Offered first in a new trial.", (self._criteria, self._own)),
        )
        for title, guidance, widgets in clinics:
            page = _page(title, guidance, widgets)
            page.setParent(self)
            page.hide()
            if self._edits:
                steps.addItem(title)
                stack.addWidget(page)
        for room, doors in self._rooms:
            steps.addItem(room.title)
            stack.addWidget(room_page(room, doors))
        steps.currentRowChanged.connect(stack.setCurrentIndex)
        steps.setCurrentRow(0)
        for form in (self._letterhead, self._calls, self._criteria):
            form.text_changed.connect(self._on_form_text_changed)
        self._own.stored.connect(self._on_own_stored)
        self._safety.approve_requested.connect(self._on_safety_approve_requested)
        save = _button("Save", "settings.save", self._on_save_clicked)
        save.setProperty("kind", "primary")
        save.setShortcut("Ctrl+Return")
        save.setVisible(self._edits)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(_button("Close", "settings.close", self.reject))
        buttons.addWidget(save)
        middle = QHBoxLayout()
        middle.setSpacing(2 * SPACE)
        middle.addWidget(steps)
        middle.addWidget(stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(round(1.5 * SPACE))
        layout.addWidget(self._banner)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)

    def _fill(self) -> None:
        for form in (self._letterhead, self._calls, self._criteria):
            for name in form.names():
                form.set_text(name, self._form.texts[name])
        self._days.set_days(self._form.days_off)
        self._measures.set_codes(self._form.measures_asked)
        self._safety.set_list(self._form.settings.safety)

    def _today(self) -> date:
        return self._session.clock.today(self._session.zone())

    @Slot(str)
    def _on_own_stored(self, _criteria_id: str) -> None:
        box = self._criteria.editor("default_criteria")
        chosen = self._form.texts["default_criteria"]
        if isinstance(box, ChoiceBox):
            box.set_choices(criteria_choices(self._session.library))
        self._criteria.set_text("default_criteria", chosen)
        self.saved.emit()

    @Slot(str, str)
    def _on_form_text_changed(self, name: str, text: str) -> None:
        self._form.texts[name] = text

    @Slot()
    def _on_safety_approve_requested(self) -> None:
        self._form.items = self._safety.items()
        self._form.approve_safety(by=self._session.account.display_name, on=self._today())
        self._safety.set_list(self._form.settings.safety)

    @Slot()
    def _on_save_clicked(self) -> None:
        self._form.measures_asked = self._measures.codes()
        self._form.days_off = self._days.days()
        self._form.items = self._safety.items()
        problems = self._form.problems()
        for form in (self._letterhead, self._calls, self._criteria):
            for name in form.names():
                form.show_problem(name, problems.get(name, ""))
        if problems:
            self._banner.show_message(" ".join(problems.values()), tone=Tone.DANGER)
            return
        try:
            save_settings(self._session, self._form.to_settings())
        except UserError as error:
            self._banner.show_message(str(error), tone=Tone.DANGER)
            return
        self.saved.emit()
        self.accept()


def _page(title: str, guidance: str, widgets: tuple[QWidget, ...]) -> QWidget:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 2 * SPACE, 0)
    column.setSpacing(SPACE)
    column.addWidget(PlainLabel(title, size=TextSize.LARGE))
    column.addWidget(PlainLabel(guidance, role=Colour.MUTED, wrap=True))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return scrolled(f"settings.page.{title}", title, inner)


def _button(text: str, name: str, slot: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
