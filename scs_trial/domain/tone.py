"""The colour role of a status, apart from everything that is judged."""

from enum import StrEnum


class Tone(StrEnum):
    """Colour role of a status; a symbol and a word always stand beside it."""

    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"
    INFO = "info"
    NEUTRAL = "neutral"
