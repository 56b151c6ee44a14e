"""Our own widgets: what every screen is built from.

A module is loaded when its first widget is asked for: the log-in shows before the rest is read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scs_trial.ui.widgets.banner import Banner, EmptyState
    from scs_trial.ui.widgets.card import Card
    from scs_trial.ui.widgets.chip import Chip
    from scs_trial.ui.widgets.date_field import DateField
    from scs_trial.ui.widgets.day_dots import DayDots, day_dots_size, paint_day_dots
    from scs_trial.ui.widgets.field import Field
    from scs_trial.ui.widgets.labels import PlainLabel, SectionTitle, TextSize
    from scs_trial.ui.widgets.number_field import NumberField
    from scs_trial.ui.widgets.score_strip import ScoreStrip
    from scs_trial.ui.widgets.yes_no import YesNo

_HOME = {
    "Banner": "banner",
    "Card": "card",
    "Chip": "chip",
    "DateField": "date_field",
    "DayDots": "day_dots",
    "EmptyState": "banner",
    "Field": "field",
    "NumberField": "number_field",
    "PlainLabel": "labels",
    "ScoreStrip": "score_strip",
    "SectionTitle": "labels",
    "TextSize": "labels",
    "YesNo": "yes_no",
    "day_dots_size": "day_dots",
    "paint_day_dots": "day_dots",
}

__all__ = [
    "Banner",
    "Card",
    "Chip",
    "DateField",
    "DayDots",
    "EmptyState",
    "Field",
    "NumberField",
    "PlainLabel",
    "ScoreStrip",
    "SectionTitle",
    "TextSize",
    "YesNo",
    "day_dots_size",
    "paint_day_dots",
]


def __getattr__(name: str) -> Any:
    """Load the module of a widget (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
