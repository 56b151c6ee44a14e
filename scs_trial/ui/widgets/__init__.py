"""Our own widgets: what every screen is built from."""

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
