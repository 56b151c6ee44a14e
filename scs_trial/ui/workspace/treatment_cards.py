"""Programs and medication of a trial."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from scs_trial.domain.course_columns import program_label
from scs_trial.domain.numbers import mean_text, percent_text
from scs_trial.domain.result import ProgramResult
from scs_trial.domain.trial import MedicationEntry, ProgramChange
from scs_trial.services.review_trial import TrialReview
from scs_trial.ui.locale_words import in_locale
from scs_trial.ui.numbers import decimal_text
from scs_trial.ui.workspace.rows_card import RowsCard
from scs_trial.ui.workspace.words import day_text, moment_text


class ProgramsCard(RowsCard):
    """Each program with its settings, and pain and relief on its days. It recommends nothing."""

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Programs"), parent, name="workspace.programs", stretch=(1, 0, 0, 0)
        )
        button = self.add_header_button(self.tr("Program changed…"), "workspace.programs.change")
        button.clicked.connect(self.change_requested)

    def show_review(self, review: TrialReview) -> None:
        """Show the programs of a trial."""
        figures = {
            result.program: result
            for result in (review.evaluation.programs if review.evaluation else ())
        }
        ledger = sorted(review.programs, key=lambda change: change.from_when)
        rows = [
            (program_words(change), *_figures(figures.pop(change.name, None))) for change in ledger
        ]
        rows += [(name, *_figures(result)) for name, result in figures.items()]
        self.show_rows(
            rows,
            head=(self.tr("Program"), self.tr("Days"), self.tr("Mean pain"), self.tr("Relief")),
            empty=self.tr("No program recorded."),
        )


class MedicationCard(RowsCard):
    """The opioids of the medication list."""

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Medication"), parent, name="workspace.medication", stretch=(3, 0, 4)
        )
        button = self.add_header_button(self.tr("Add or end…"), "workspace.medication.change")
        button.clicked.connect(self.change_requested)

    def show_review(self, review: TrialReview) -> None:
        """Show the medication of a trial."""
        rows = [medication_words(entry) for entry in review.medication]
        none = self.tr("Takes no opioids.") if review.trial.takes_no_opioids else ""
        other = review.trial.other_analgesics
        self.set_remark(self.tr("other analgesics {0}").format(other) if other else "")
        self.show_rows(
            rows,
            head=(self.tr("Opioid"), self.tr("Amount"), self.tr("When")),
            empty=none or self.tr("No opioid recorded."),
        )


def program_words(change: ProgramChange) -> str:
    """Return a line of the ledger: program, settings, since when, by whom and why."""
    settings = [program_label(change)]
    if change.amplitude is not None:
        settings.append(f"{decimal_text(change.amplitude)} {change.amplitude_unit}")
    if change.pulse_width_us is not None:
        settings.append(f"{decimal_text(change.pulse_width_us)} µs")
    if change.paresthesia is not None:
        settings.append("paresthesia" if change.paresthesia else "sub-perception")
    since = f"from {moment_text(change.from_when)}"
    source = " · ".join(part for part in (since, change.by, change.reason) if part)
    return f"{', '.join(settings)}\n{source}"


def medication_words(entry: MedicationEntry) -> tuple[str, str, str]:
    """Return drug, daily amount and dates of one entry."""
    per_day = "" if entry.unit == "mcg/h" else " a day"
    amount = f"{decimal_text(Decimal(entry.amount))} {entry.unit}{per_day}"
    end = "" if entry.to_day is None else f" to {day_text(entry.to_day, 'd MMM')}"
    dates = f"from {day_text(entry.from_day, 'd MMM')}{end}"
    note = f" · {entry.note}" if entry.note else ""
    return entry.drug, amount, f"{dates}{note}"


def _figures(result: ProgramResult | None) -> tuple[str, str, str]:
    if result is None:
        return "–", "–", "–"
    mean = "–" if result.mean is None else mean_text(result.mean)
    relief = "–" if result.value is None else percent_text(result.value)
    return str(result.days), in_locale(mean), in_locale(relief)
