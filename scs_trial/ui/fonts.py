"""The shipped font, with digits of equal width."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from scs_trial.paths import resources

FONT_FAMILY = "Inter"
BASE_POINTS = 9.75
"""Size of normal text, for which widths in layouts are meant."""


def load_fonts() -> None:
    """Make the shipped fonts known to Qt."""
    for path in sorted(resources("fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def app_font(*, base_points: float = BASE_POINTS, text_scale: float = 1.0) -> QFont:
    """Return the font of the program, with digits of equal width.

    Parameters
    ----------
    base_points
        Size of normal text; never below the program's own.
    text_scale
        1 for normal, up to 2 for large text.
    """
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(max(base_points, BASE_POINTS) * text_scale)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
