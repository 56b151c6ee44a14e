"""Whose check-in this is, which day it is about and when it is asked; never scrolled away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.check_in import HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.check_in.small_button import SmallButton
from scs_trial.ui.check_in.words import about_words, how_words, long_day, moment_words, short_day
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import PlainLabel, TextSize

_MANY = 4


class CheckInHeader(QWidget):
    """Title, identity, when and by whom it is asked, and the days to choose from."""

    day_chosen = Signal(object)
    stepped = Signal(int)
    switched = Signal()
    together_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(
            "", self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True
        )
        self._title.setObjectName("check_in.title")
        self._who = PlainLabel("", self, weight=QFont.Weight.DemiBold, wrap=True)
        self._who.setObjectName("check_in.who")
        self._when = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
        self._when.setObjectName("check_in.when")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for label in (self._title, self._who, self._when):
            layout.addWidget(label)
        self._days = QHBoxLayout()
        self._days.setSpacing(4)
        layout.addLayout(self._days)
        self._together = self._button(
            self.tr("Side by side…"), "together", self.tr("Type the due days side by side")
        )
        layout.addWidget(self._together, 0, Qt.AlignmentFlag.AlignLeft)
        self._back = self._button("‹", "day_before", self.tr("Previous day, Ctrl+Page up"))
        self._next = self._button("›", "day_after", self.tr("Next day, Ctrl+Page down"))
        self._switch = self._button("", "switch_day", self.tr("Ask about the other day, F4"))
        self._back.clicked.connect(self._on_back_clicked)
        self._next.clicked.connect(self._on_next_clicked)
        self._together.clicked.connect(self.together_wanted)
        self._switch.clicked.connect(self.switched)
        self._chosen: list[QPushButton] = []

    @property
    def text(self) -> str:
        """Everything that the header says, for tests and a screen reader."""
        return "\n".join(label.text() for label in (self._title, self._who, self._when))

    def show_form(self, form: CheckInForm, *, asked_at: datetime | None, asked_by: str) -> None:
        """Show what a form is about; ``asked_at`` is None where the time is not documented."""
        patient = form.subject.patient
        kind = self.tr("Correction") if form.is_correction else self.tr("Check-in")
        self._title.setText(f"{kind} {about_words(form)}")
        born = long_day(patient.birth_date) if patient.birth_date else self.tr("birth date ?")
        self._who.setText(f"{patient.name} · {born} · MRN {patient.mrn}")
        when = self._asked_words(form, asked_at)
        parts = [when, *patient.telephones, patient.best_time, asked_by]
        self._when.setText(" · ".join(part for part in parts if part))

    def show_days(
        self, form: CheckInForm, *, due: Sequence[date], before: bool, after: bool
    ) -> None:
        """Offer the days that are due, the neighbours, and yesterday or today by one key."""
        while (item := self._days.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget in self._chosen:
                widget.hide()
                widget.deleteLater()
        self._chosen = [self._day_button(form, day) for day in due[:_MANY] if len(due) > 1]
        for widget in (self._back, *self._chosen, self._next):
            self._days.addWidget(widget)
        self._days.addStretch(1)
        self._days.addWidget(self._switch)
        still = [day for day in due if form.subject.at(day, Phase.TRIAL) is None]
        self._together.setVisible(len(still) > 1)
        self._back.setEnabled(before)
        self._next.setEnabled(after)
        asks_today = form.day == form.subject.today
        self._switch.setText(self.tr("Yesterday  F4") if asks_today else self.tr("Today  F4"))
        self._switch.setVisible(form.phase is Phase.TRIAL)

    def _asked_words(self, form: CheckInForm, asked_at: datetime | None) -> str:
        moment = self.tr("time not documented") if asked_at is None else moment_words(asked_at)
        if form.recorded is not None and not form.recorded.missed:
            how = form.recorded.how_obtained
            said = how_words(how) if how else self.tr("recorded")
            return self.tr("{how}, {moment}").format(how=said, moment=moment)
        if form.how_obtained in (None, HowObtained.PHONE, HowObtained.PROXY):
            return self.tr("called {moment}").format(moment=moment)
        return self.tr("asked {moment}").format(moment=moment)

    def _day_button(self, form: CheckInForm, day: date) -> QPushButton:
        mark = "✓ " if form.subject.at(day, Phase.TRIAL) is not None else ""
        label = mark + short_day(day)
        button = self._button(label, f"day.{day.isoformat()}", short_day(day))
        button.setCheckable(True)
        button.setChecked(day == form.day)
        button.setProperty("day", day.isoformat())
        button.clicked.connect(self._on_day_clicked)
        return button

    def _button(self, text: str, name: str, said: str) -> SmallButton:
        return SmallButton(text, f"check_in.{name}", self, said=said)

    def _on_back_clicked(self) -> None:
        self.stepped.emit(-1)

    def _on_next_clicked(self) -> None:
        self.stepped.emit(1)

    def _on_day_clicked(self) -> None:
        self.day_chosen.emit(date.fromisoformat(str(self.sender().property("day"))))
