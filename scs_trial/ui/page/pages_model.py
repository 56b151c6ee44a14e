"""The trials whose pages can be exported together, one in a row."""

from __future__ import annotations

from scs_trial.services.choose_trials import ChosenTrial, TrialState
from scs_trial.ui.models.row_table import RowTable
from scs_trial.ui.text import shown
from scs_trial.ui.widgets.date_field import date_text

STATE_WORDS = {
    TrialState.NOT_PLACED: "not placed yet",
    TrialState.RUNNING: "running",
    TrialState.AWAITING_DIARY: "diary awaited",
    TrialState.UNDECIDED: "no decision yet",
    TrialState.DECIDED: "decided, not signed",
    TrialState.SIGNED: "signed",
}


class PagesModel(RowTable[ChosenTrial]):
    """Who, when and how far."""

    COLUMNS = ("Name", "MRN", "Placed", "State")

    def texts(self, row: ChosenTrial) -> tuple[str, ...]:
        """Return the text of each column."""
        placed = row.trial.trial_start
        return (
            shown(row.patient.name, one_line=True),
            shown(row.patient.mrn, one_line=True),
            date_text(placed) if placed else "",
            STATE_WORDS[row.state],
        )
