"""Who is open: name, birth date and MRN always in sight, then what the trial is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.trial import Trial
from scs_trial.services.review_trial import Workspace
from scs_trial.services.words import age_on
from scs_trial.ui.new_trial.pages import INDICATIONS
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import PlainLabel, TextSize
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.workspace.flow import FlowLayout
from scs_trial.ui.workspace.words import day_text, moment_text

_SEXES = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.OTHER: "other"}


class IdentityHeader(QWidget):
    """Stands above the scrolled part, so that it can't be scrolled away."""

    trial_chosen = Signal(str)
    """Id of another trial of this patient."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workspace.identity")
        self.name = PlainLabel("", self, size=TextSize.TITLE, weight=QFont.Weight.Bold, wrap=True)
        self.name.setObjectName("workspace.name")
        self.born = PlainLabel("", self, weight=QFont.Weight.Medium, wrap=True)
        self.born.setObjectName("workspace.born")
        self.trials = ChoiceBox(parent=self)
        self.trials.setObjectName("workspace.trials")
        self.trials.setAccessibleName(self.tr("Trials of this patient"))
        self.trials.activated.connect(self._on_trials_activated)
        self._facts = QWidget(self)
        self._flow = FlowLayout(self._facts, spacing=(int(2.5 * SPACE), 2))
        self._who = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._who.setSpacing(int(1.5 * SPACE))
        self._who.addWidget(self.name)
        self._who.addWidget(self.born, 1)
        top = QHBoxLayout()
        top.addLayout(self._who, 1)
        top.addWidget(self.trials)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(top)
        outer.addWidget(self._facts)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show a patient and the trial that is open."""
        patient = workspace.patient
        self.name.setText(patient.name)
        self.born.setText(born_text(patient, workspace.today))
        self.setAccessibleName(f"{patient.name}, {self.born.text()}")
        self._show_trials(workspace)
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if workspace.review is not None:
            for label, value in trial_facts(workspace.review.trial):
                self._flow.addWidget(_fact(label, value, self._facts))
        self._facts.setVisible(self._flow.count() > 0)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put birth date and MRN under a name that leaves no room beside it."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        needed = _one_line(self.name) + _one_line(self.born) + 3 * SPACE
        if not self.trials.isHidden():
            needed += self.trials.sizeHint().width()
        beside = needed <= self.width()
        way = QBoxLayout.Direction
        self._who.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._who.setSpacing(int(1.5 * SPACE) if beside else 0)

    def _show_trials(self, workspace: Workspace) -> None:
        trials = workspace.trials
        self.trials.setVisible(len(trials) > 1)
        self.trials.set_choices([(str(trial.id), trial_name(trial)) for trial in trials])
        if workspace.review is not None:
            self.trials.choose(str(workspace.review.trial.id))

    @Slot(int)
    def _on_trials_activated(self, _number: int) -> None:
        self.trial_chosen.emit(self.trials.key())


def born_text(patient: Patient, today: date) -> str:
    """Return birth date with age, sex and MRN; says so where one is not recorded."""
    birth_date, age = patient.birth_date, age_on(patient.birth_date, today)
    born = "birth date not recorded"
    if birth_date is not None:
        born = f"born {day_text(birth_date, 'd MMM yyyy')} ({age})"
    parts = [born, _SEXES.get(patient.sex, ""), f"MRN {patient.mrn or 'not recorded'}"]
    return " · ".join(part for part in parts if part)


def trial_name(trial: Trial) -> str:
    """Return what tells one trial of a patient from another."""
    if trial.trial_start is None:
        return "Trial without placement date"
    return f"Trial of {day_text(trial.trial_start, 'd MMM yyyy')}"


def trial_facts(trial: Trial) -> list[tuple[str, str]]:
    """Return label and value of what the header says about a trial; empty ones are left out."""
    regions = " + ".join(region for region in (trial.target_region, *trial.other_regions) if region)
    indication = "" if trial.indication is None else INDICATIONS[trial.indication].split(" (")[0]
    facts = [(indication or "Regions", regions)] if regions else [("", indication)]
    procedure = trial.procedure
    leads = ""
    if procedure.lead_count is not None:
        leads = str(procedure.lead_count)
        if procedure.contacts_per_lead is not None:
            leads += f" × {procedure.contacts_per_lead}"
    tip = f"tip {procedure.tip_level}" if procedure.tip_level else ""
    facts.append(("Leads", ", ".join(part for part in (leads, tip) if part)))
    placed = "" if trial.trial_start is None else day_text(trial.trial_start, "d MMM yyyy")
    facts.append(("Placed", placed))
    removal = trial.lead_removed_at or trial.lead_removal_planned_at
    if removal is not None:
        label = "Lead removed" if trial.lead_removed_at is not None else "Lead removal"
        facts.append((label, moment_text(removal)))
    return [(label, value) for label, value in facts if value]


def _fact(label: str, value: str, parent: QWidget) -> QWidget:
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    if label:
        row.addWidget(PlainLabel(label, pair, role=Colour.MUTED))
    row.addWidget(PlainLabel(value, pair, weight=QFont.Weight.Medium))
    return pair


def _one_line(label: PlainLabel) -> int:
    return label.fontMetrics().horizontalAdvance(label.text())
