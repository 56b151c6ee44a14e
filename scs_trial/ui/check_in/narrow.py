"""Cards with the margins of a narrow pane."""

from __future__ import annotations

from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Card


def narrow(card: Card) -> None:
    """Give a card small margins, so that a pane of 290 logical pixels holds it."""
    layout = card.layout()
    if layout is not None:
        layout.setContentsMargins(int(1.25 * SPACE), SPACE, int(1.25 * SPACE), SPACE)
