"""The last step before an import: what would happen, what is refused, what the person allows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from scs_trial.exchange.assistant.prepared import Prepared
from scs_trial.services.import_types import Count, DryRun
from scs_trial.ui.importing.fate_tables import DaysModel, FaultsModel, counted, table
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Field, PlainLabel
from scs_trial.ui.widgets.labels import TextSize

_CHANGES = (
    Count.NEW_PATIENTS,
    Count.NEW_TRIALS,
    Count.CHANGED_TRIALS,
    Count.NEW,
    Count.CHANGED,
)


class CheckPage(QWidget):
    """Shows a dry run.

    Signals
    -------
    allowance_changed
        The person allowed, or no longer allows, what the import asks for.
    """

    allowance_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dry: DryRun | None = None
        self._summary = PlainLabel("", self, weight=QFont.Weight.DemiBold, wrap=True)
        self._summary.setObjectName("import.summary")
        self._whom = PlainLabel("", self, wrap=True)
        self._whom.setObjectName("import.whom")
        self._left_out = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
        self._days, self._faults = DaysModel(), FaultsModel()
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("import.tabs")
        self._tabs.setAccessibleName(self.tr("Dry run"))
        self._tabs.tabBar().setObjectName("import.tab_bar")
        self._tabs.tabBar().setAccessibleName(self.tr("Dry run"))
        days = table(self._days, "import.days", self.tr("Days"), self)  # type: ignore[arg-type]
        faults = table(self._faults, "import.faults", self.tr("Refused"), self)  # type: ignore[arg-type]
        self._tabs.addTab(days, self.tr("Days"))
        self._tabs.addTab(faults, self.tr("Refused"))
        self.skip = self._box("skip", self.tr("Leave out the faulty rows"))
        self.change = self._box("change", self.tr("Change days that the record holds"))
        self.profile = QLineEdit(self)
        self.profile.setObjectName("import.profile")
        self._keep = Field(
            self.tr("Keep these answers for files with the same columns, under the name"),
            self.profile,
            self,
            hint=self.tr("Empty: they are not kept. Patient and dates are never kept."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._summary)
        column.addWidget(self._whom)
        column.addWidget(self._left_out)
        column.addWidget(self._tabs, 1)
        for part in (self.skip, self.change, self._keep):
            column.addWidget(part)

    @property
    def allowed(self) -> bool:
        """True when there is something to import and nothing waits for a tick."""
        dry = self._dry
        if dry is None or not any(dry.counts.get(what, 0) for what in _CHANGES):
            return False
        skips = not dry.needs_skip or self.skip.isChecked()
        return skips and (not dry.needs_change or self.change.isChecked())

    def show_dry_run(self, dry: DryRun, prepared: Prepared, *, whom: str) -> None:
        """Show what an import would do, and in words whom the file's patients are."""
        self._dry = dry
        self._summary.setText(self._summary_words(dry))
        self._whom.setText(whom)
        left_out = [f"{number} {why}" for why, number in dry.left_out.items() if number]
        self._left_out.setText(self.tr("Rows not taken: {0}.").format(", ".join(left_out)))
        self._left_out.setVisible(bool(left_out))
        self._days.set_rows(dry.days)
        self._faults.set_rows(dry.rejected)
        self._tabs.setTabText(0, self.tr("Days ({0})").format(len(dry.days)))
        self._tabs.setTabText(1, self.tr("Refused ({0})").format(len(dry.rejected)))
        self._tabs.setCurrentIndex(1 if dry.rejected else 0)
        rows = len({fault.row for fault in dry.rejected})
        skip = self.tr("Leave out the faulty rows ({0}); the record says which").format(rows)
        change = self.tr("Change days that the record holds ({0}); their history stays").format(
            dry.counts.get(Count.CHANGED, 0)
        )
        self._offer(self.skip, skip, wanted=dry.needs_skip)
        self._offer(self.change, change, wanted=dry.needs_change)
        self.profile.setText(prepared.profile)
        self.allowance_changed.emit()

    def show_done(self) -> None:
        """Say that what the dry run told has been done; nothing can be ticked any longer."""
        self._summary.setText(self.tr("Written to the record, as the dry run said:"))
        self.setEnabled(False)

    def _summary_words(self, dry: DryRun) -> str:
        counts = counted(dry.counts)
        if not counts:
            return self.tr("The file holds nothing for the record.")
        return self.tr("Nothing is written yet. The import would make: {0}.").format(counts)

    def _box(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setAccessibleName(text)
        box.setObjectName(f"import.{name}")
        box.toggled.connect(self._on_box_toggled)
        return box

    def _offer(self, box: QCheckBox, text: str, *, wanted: bool) -> None:
        box.setChecked(False)
        box.setText(text)
        box.setAccessibleName(text)
        box.setVisible(wanted)

    def _on_box_toggled(self, _checked: bool) -> None:
        self.allowance_changed.emit()
