"""Colours and spacing: one token table for light, dark and high contrast.

A widget never names a colour; it asks `colour` for a role. The answer follows the palette of the
widget, so a change of scheme needs no more than a repaint.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.paths import resources
from scs_trial.ui.fonts import app_font, load_fonts
from scs_trial.ui.style_sheet import SPACING

SPACE = 8
"""Unit of spacing in logical pixels; layouts use whole and half multiples."""

RADIUS = 6
"""Corner radius of cards and fields in logical pixels."""


class Scheme(StrEnum):
    """Which column of the token table is used."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Appearance(StrEnum):
    """What the person chose; ``AUTO`` follows the system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Colour(StrEnum):
    """Colour roles. A ``..._SOFT`` role is the ground on which its partner is readable."""

    WINDOW = "window"
    PANE = "pane"
    TEXT = "text"
    MUTED = "muted"
    LINE = "line"
    FIELD_LINE = "field_line"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    ACCENT_SOFT = "accent_soft"
    RAIL = "rail"
    RAIL_TEXT = "rail_text"
    RAIL_ACTIVE = "rail_active"
    RAIL_ON = "rail_on"
    GOOD = "good"
    GOOD_SOFT = "good_soft"
    WARNING = "warning"
    WARNING_SOFT = "warning_soft"
    DANGER = "danger"
    DANGER_SOFT = "danger_soft"
    INFO = "info"
    INFO_SOFT = "info_soft"
    NEUTRAL = "neutral"
    NEUTRAL_SOFT = "neutral_soft"
    TODAY_SOFT = "today_soft"
    PROGRAM_A = "program_a"
    PROGRAM_B = "program_b"
    RELIEF_ZONE = "relief_zone"
    RANGE_BAR = "range_bar"
    GRID = "grid"


_LIGHT, _DARK, _CONTRAST = range(3)
_TOKENS: dict[Colour, tuple[str, str, str]] = {
    #                    light      dark       high contrast
    Colour.WINDOW: ("#f3f5f9", "#10151d", "#000000"),
    Colour.PANE: ("#ffffff", "#18202b", "#000000"),
    Colour.TEXT: ("#111827", "#e8edf4", "#ffffff"),
    Colour.MUTED: ("#566273", "#a3b0c2", "#c4c4c4"),
    Colour.LINE: ("#d8dee8", "#2e3a49", "#ffffff"),
    Colour.FIELD_LINE: ("#8390a3", "#6d7c90", "#ffffff"),
    Colour.ACCENT: ("#1d5bbf", "#7db0ff", "#8fd3ff"),
    Colour.ON_ACCENT: ("#ffffff", "#0b1626", "#000000"),
    Colour.ACCENT_SOFT: ("#e8effb", "#1f3353", "#00344f"),
    Colour.RAIL: ("#14263d", "#0b1118", "#000000"),
    Colour.RAIL_TEXT: ("#c6d2e1", "#a9b7c9", "#ffffff"),
    Colour.RAIL_ACTIVE: ("#284770", "#1f3353", "#00344f"),
    Colour.RAIL_ON: ("#ffffff", "#ffffff", "#ffffff"),
    Colour.GOOD: ("#14693b", "#74d8a0", "#7dffad"),
    Colour.GOOD_SOFT: ("#dff1e6", "#16352a", "#00290f"),
    Colour.WARNING: ("#805200", "#f0c065", "#ffe14d"),
    Colour.WARNING_SOFT: ("#fdf0cf", "#3a2e14", "#332b00"),
    Colour.DANGER: ("#a92117", "#ffa197", "#ffb3ab"),
    Colour.DANGER_SOFT: ("#fbe3e0", "#45211f", "#4d0000"),
    Colour.INFO: ("#3d45a8", "#b6baff", "#d4d6ff"),
    Colour.INFO_SOFT: ("#e5e7fb", "#2a2c55", "#14165c"),
    Colour.NEUTRAL: ("#465366", "#b9c5d4", "#ffffff"),
    Colour.NEUTRAL_SOFT: ("#e6eaf0", "#2a3442", "#262626"),
    Colour.TODAY_SOFT: ("#fff6df", "#332b17", "#332b00"),
    Colour.PROGRAM_A: ("#f1f3f7", "#1d2733", "#1a1a1a"),
    Colour.PROGRAM_B: ("#e7eefa", "#1b2b45", "#00253a"),
    Colour.RELIEF_ZONE: ("#d5e8de", "#1b3a2d", "#003314"),
    Colour.RANGE_BAR: ("#b9cbe9", "#3b5680", "#5c8fb0"),
    Colour.GRID: ("#dfe4ec", "#2b3644", "#808080"),
}
_COLUMN = {Scheme.LIGHT: _LIGHT, Scheme.DARK: _DARK, Scheme.HIGH_CONTRAST: _CONTRAST}

_TONES: dict[Tone, tuple[Colour, Colour]] = {
    Tone.GOOD: (Colour.GOOD, Colour.GOOD_SOFT),
    Tone.WARNING: (Colour.WARNING, Colour.WARNING_SOFT),
    Tone.DANGER: (Colour.DANGER, Colour.DANGER_SOFT),
    Tone.INFO: (Colour.INFO, Colour.INFO_SOFT),
    Tone.NEUTRAL: (Colour.NEUTRAL, Colour.NEUTRAL_SOFT),
}


def colour(role: Colour, where: QWidget | QPalette) -> QColor:
    """Return the colour of a role in the scheme of a widget or palette."""
    palette = where if isinstance(where, QPalette) else where.palette()
    return token(role, scheme_of(palette))


def tone_colours(tone: Tone, where: QWidget | QPalette) -> tuple[QColor, QColor]:
    """Return the colour of a tone, and the soft ground on which it is readable."""
    strong, soft = _TONES[tone]
    return colour(strong, where), colour(soft, where)


def token(role: Colour, scheme: Scheme) -> QColor:
    """Return one cell of the token table."""
    return QColor(_TOKENS[role][_COLUMN[scheme]])


def scheme_of(palette: QPalette) -> Scheme:
    """Return the scheme that a palette was made for; light for a foreign palette."""
    return _by_accent().get(palette.color(QPalette.ColorRole.Highlight).rgb(), Scheme.LIGHT)


@cache
def _by_accent() -> dict[int, Scheme]:
    return {token(Colour.ACCENT, scheme).rgb(): scheme for scheme in Scheme}


def palette_for(scheme: Scheme) -> QPalette:
    """Return the Qt palette of a scheme."""
    role = QPalette.ColorRole
    table = {
        role.Window: Colour.WINDOW,
        role.WindowText: Colour.TEXT,
        role.Base: Colour.PANE,
        role.AlternateBase: Colour.WINDOW,
        role.Text: Colour.TEXT,
        role.PlaceholderText: Colour.MUTED,
        role.Button: Colour.PANE,
        role.ButtonText: Colour.TEXT,
        role.BrightText: Colour.DANGER,
        role.Highlight: Colour.ACCENT,
        role.HighlightedText: Colour.ON_ACCENT,
        role.Accent: Colour.ACCENT,
        role.Link: Colour.ACCENT,
        role.LinkVisited: Colour.ACCENT,
        role.ToolTipBase: Colour.PANE,
        role.ToolTipText: Colour.TEXT,
        role.Light: Colour.PANE,
        role.Midlight: Colour.LINE,
        role.Mid: Colour.FIELD_LINE,
        role.Dark: Colour.FIELD_LINE,
        role.Shadow: Colour.FIELD_LINE,
    }
    palette = QPalette()
    for qt_role, ours in table.items():
        palette.setColor(qt_role, token(ours, scheme))
    for qt_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, qt_role, token(Colour.MUTED, scheme))
    return palette


class Theme(QObject):
    """Applies palette, font and spacing to the application and follows the system.

    Parameters
    ----------
    app
        The application.
    appearance
        What the person chose.
    text_scale
        1 for normal, up to 2 for large text.
    """

    changed = Signal(str)

    def __init__(
        self,
        app: QApplication,
        *,
        appearance: Appearance = Appearance.AUTO,
        text_scale: float = 1.0,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._text_scale = text_scale
        self._system_points = app.font().pointSizeF()
        app.setStyle(QStyleFactory.create("Fusion"))
        load_fonts()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        """The scheme in use."""
        if self._appearance is not Appearance.AUTO:
            return Scheme(self._appearance.value)
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return Scheme.HIGH_CONTRAST
        dark = hints.colorScheme() is Qt.ColorScheme.Dark
        return Scheme.DARK if dark else Scheme.LIGHT

    def choose(self, appearance: Appearance, *, text_scale: float | None = None) -> None:
        """Take over what the person chose in the settings."""
        self._appearance = appearance
        self._text_scale = self._text_scale if text_scale is None else text_scale
        self._apply()

    def _on_system_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        font = app_font(base_points=self._system_points, text_scale=self._text_scale)
        self._app.setPalette(palette_for(self.scheme))
        self._app.setFont(font)
        self._app.setStyleSheet("")
        tick = "light" if self.scheme is Scheme.LIGHT else "dark"
        path = resources("icons", f"tick-{tick}.svg").as_posix()
        self._app.setStyleSheet(SPACING.replace("@TICK@", path))
        self.changed.emit(self.scheme.value)
