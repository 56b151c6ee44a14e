"""Which row holds the column names; lines above it are titles or remarks."""

from __future__ import annotations

from collections.abc import Sequence

from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.model import Choice, Page
from scs_trial.exchange.assistant.number_signs import looks_numeric
from scs_trial.exchange.assistant.synonyms import Synonyms
from scs_trial.exchange.assistant.table import Row, brief, cell_text, is_blank

_LOOK_AT = 20
_KNOWN = 3


def find_header(rows: Sequence[Row], synonyms: Synonyms, asking: Asking) -> int:
    """Return the number of the header row; where it is asked, the likeliest for the preview."""
    first = [row for row in rows[: _LOOK_AT * 5] if not is_blank(row.cells)][:_LOOK_AT]
    scores = {row.number: _score(row, synonyms) for row in first}
    best = max(scores, key=lambda number: (scores[number], -number), default=1)
    choices = [
        Choice(value=str(row.number), words=f"row {row.number}: {_summary(row)}") for row in first
    ]
    if scores.get(best, 0) <= 0:
        answer = asking.ask(
            "header_row",
            "Which row holds the names of the columns?",
            page=Page.READING,
            choices=choices,
            evidence="No row among the first holds words alone.",
        )
        return int(answer or best)
    return int(
        asking.settle(
            "header_row",
            "Header row",
            str(best),
            page=Page.READING,
            why=_why(best, first),
            choices=choices,
        )
    )


def _filled(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := cell_text(cell))]


def _score(row: Row, synonyms: Synonyms) -> int:
    """Return how much a row looks like a header: known names count most, numbers against it."""
    texts = _filled(row)
    if any(looks_numeric(text) for text in texts) or not texts:
        return 0
    known = sum(synonyms.knows(text) for text in texts)
    return len(set(texts)) + _KNOWN * known


def _why(best: int, first: Sequence[Row]) -> str:
    count = len(_filled(next(row for row in first if row.number == best)))
    above = [row for row in first if row.number < best]
    if not above:
        return f"The first row names {count} columns."
    what = "; ".join(f"row {row.number} fills {len(_filled(row))} cells" for row in above[:3])
    return f"Row {best} names {count} columns, above it {what}: a title or remark, left out."


def _summary(row: Row) -> str:
    return ", ".join(brief(text) for text in _filled(row)[:4])
