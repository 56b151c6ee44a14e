import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from scs_trial.domain.verdict import Tone
from scs_trial.services.today import DayMark
from scs_trial.ui.text import set_plain_tool_tip, shown
from scs_trial.ui.theme import Appearance, Colour, Scheme, colour, scheme_of, token, tone_colours
from scs_trial.ui.widgets import Banner, Card, Chip, DayDots, EmptyState, Field, PlainLabel
from tests.ui.gallery import make_gallery

HOSTILE = ["<b>x</b>", "<img src='file:///etc/hostname'>", "&amp;", "=1+1", "a\u202eb", "x" * 200]


@pytest.mark.parametrize("text", HOSTILE)
def test_that_labels_show_text_as_text(qtbot, text):
    label = PlainLabel(text)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == shown(text)
    label.resize(20, 20)
    label.show()
    assert "<b>" not in label.toolTip()
    assert "<img" not in label.toolTip()


def test_that_direction_marks_and_controls_are_made_visible():
    assert shown("a\u202eb\x07") == "a[U+202E]b[U+0007]"
    assert shown("one\ntwo", one_line=True) == "one two"
    assert shown("one\ntwo") == "one\ntwo"
    assert shown("نرگس\u200cها") == "نرگس\u200cها"


def test_that_tool_tips_are_escaped(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    set_plain_tool_tip(widget, "<b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in widget.toolTip()
    set_plain_tool_tip(widget, "")
    assert widget.toolTip() == ""


def test_that_a_shortened_label_offers_the_whole_text(qtbot):
    label = PlainLabel("a rather long name that does not fit")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "does not fit" in label.toolTip()
    label.resize(900, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 100


def test_that_a_chip_says_its_word(qtbot):
    chip = Chip("Day 5 due", tone=Tone.WARNING)
    qtbot.addWidget(chip)
    assert chip.text() == "● Day 5 due"
    assert QAccessible.queryAccessibleInterface(chip).text(QAccessible.Text.Name) == "Day 5 due"
    chip.set_state("Not met", tone=Tone.INFO)
    assert chip.accessibleName() == "Not met"


def test_that_day_cells_are_counted_in_words(qtbot):
    marks = [DayMark.RECORDED, DayMark.RECORDED, DayMark.MISSED, DayMark.OPEN]
    dots = DayDots(marks)
    qtbot.addWidget(dots)
    assert dots.accessibleName() == "2 recorded, 1 missed, 1 open"
    assert DayDots().sizeHint().width() < dots.sizeHint().width()


def test_that_a_banner_is_shown_and_dismissed(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    banner = Banner(page)
    page.show()
    assert not banner.isVisible()
    banner.show_message("Saved", "Next patient", tone=Tone.GOOD)
    assert banner.isVisible()
    assert banner.accessibleName() == "Saved Next patient"
    button = banner.findChild(QPushButton, "banner.dismiss")
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_that_an_empty_page_offers_what_to_do(qtbot):
    page = EmptyState("No patients yet", button="New trial")
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.triggered):
        qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)


def test_that_a_card_and_field_name_what_they_hold(qtbot):
    card = Card("Safety")
    qtbot.addWidget(card)
    assert card.accessibleName() == "Safety"
    editor = QPushButton()
    field = Field("Region", editor, hint="as declared")
    qtbot.addWidget(field)
    assert editor.accessibleName() == "Region"
    field.show_problem("Needed.")
    assert field.message == "Needed."
    field.show_problem("")
    assert field.message == "as declared"


@pytest.mark.parametrize("scheme", list(Scheme))
def test_that_widgets_follow_the_scheme(qtbot, theme, scheme):
    gallery = make_gallery()
    qtbot.addWidget(gallery)
    gallery.show()
    label = gallery.findChild(PlainLabel)
    theme.choose(Appearance(scheme.value))
    assert scheme_of(gallery.palette()) is scheme
    assert colour(Colour.PANE, label) == token(Colour.PANE, scheme)
    assert label.palette().windowText().color() == token(Colour.TEXT, scheme)
    image = gallery.grab().toImage()
    assert image.pixelColor(QPoint(1, 1)) == token(Colour.WINDOW, scheme)


def _contrast(one, two):
    def luminance(ink):
        parts = (ink.redF(), ink.greenF(), ink.blueF())
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_that_text_is_readable_on_its_ground(theme, scheme):
    """4.5 to 1 for text and 3 to 1 for frames: WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
    theme.choose(Appearance(scheme.value))
    palette = theme.parent().palette()
    pairs = [
        (Colour.TEXT, Colour.WINDOW),
        (Colour.TEXT, Colour.PANE),
        (Colour.TEXT, Colour.ACCENT_SOFT),
        (Colour.TEXT, Colour.TODAY_SOFT),
        (Colour.MUTED, Colour.WINDOW),
        (Colour.MUTED, Colour.PANE),
        (Colour.MUTED, Colour.ACCENT_SOFT),
        (Colour.ON_ACCENT, Colour.ACCENT),
        (Colour.ACCENT, Colour.PANE),
        (Colour.RAIL_TEXT, Colour.RAIL),
        (Colour.RAIL_ON, Colour.RAIL_ACTIVE),
    ]
    for ink, ground in pairs:
        ratio = _contrast(colour(ink, palette), colour(ground, palette))
        assert ratio >= 4.5, (ink, ground, ratio)
    for tone in Tone:
        strong, soft = tone_colours(tone, palette)
        assert _contrast(strong, soft) >= 4.5, tone
        assert _contrast(strong, colour(Colour.PANE, palette)) >= 4.5, tone
    frame = colour(Colour.FIELD_LINE, palette)
    assert _contrast(frame, colour(Colour.PANE, palette)) >= 3


def test_that_the_title_of_an_editor_keeps_its_ampersand(qtbot):
    field = Field("left leg & back", QLineEdit())
    qtbot.addWidget(field)
    assert field.label.text() == "left leg & back"
    assert QKeySequence.mnemonic(QLabel.text(field.label)).isEmpty()
