"""The rows of the audit trail as a table."""

from __future__ import annotations

from scs_trial.services.audit_view import AuditLine
from scs_trial.ui.models.row_table import RowTable
from scs_trial.ui.text import shown


class AuditModel(RowTable[AuditLine]):
    """The rows found, newest first."""

    COLUMNS = ("No.", "When", "Who", "Did", "What", "Patient", "Reason", "Computer")

    def texts(self, row: AuditLine) -> tuple[str, ...]:
        """Return the text of each column."""
        texts = (
            str(row.seq),
            f"{row.at:%Y-%m-%d %H:%M:%S}",
            row.actor,
            row.action.replace("_", " "),
            row.entity.replace("_", " "),
            row.patient,
            row.reason,
            row.workstation,
        )
        return tuple(shown(text, one_line=True) for text in texts)
