"""Limits on rows and cells, named when they refuse."""

from __future__ import annotations

from scs_trial.errors import UserError
from scs_trial.exchange.assistant.source import LIMIT_COLUMNS, LIMIT_ROWS
from scs_trial.exchange.assistant.table import Row, is_blank

_MOST_BLANK = 100_000
_TITLES = 100
"""Rows above the header do not count; so many at most are read before the header is known."""


def refuse_too_many(rows: int) -> None:
    """Refuse more rows below the header than an import takes.

    Raises
    ------
    UserError
        There are more than `LIMIT_ROWS`.
    """
    if rows > LIMIT_ROWS:
        raise UserError(
            f"The file has more than {LIMIT_ROWS} rows, the limit for an import.",
            "Split it by patient or by month.",
        )


class RowLimit:
    """Counts rows while they are read, and refuses before more is taken into memory."""

    def __init__(self) -> None:
        self._filled = 0
        self._blank = 0

    def take(self, row: Row) -> None:
        """Count a row.

        Raises
        ------
        UserError
            It is one too many, or too wide.
        """
        if len(row.cells) > LIMIT_COLUMNS:
            raise UserError(
                f"Row {row.number} has {len(row.cells)} cells; an import takes {LIMIT_COLUMNS}.",
                "Check the separator, or leave columns out.",
            )
        if is_blank(row.cells):
            self._blank += 1
        else:
            self._filled += 1
        if self._filled > LIMIT_ROWS + _TITLES:
            refuse_too_many(self._filled)
        if self._blank > _MOST_BLANK:
            raise UserError(
                f"The file has more than {_MOST_BLANK} blank rows.", "Delete the blank rows."
            )
