"""The verdict card: every text of the verdict, as text, nothing clipped, changed in place."""

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from scs_trial.domain.result import Status
from scs_trial.domain.verdict import Finding, Tone, VerdictLine
from scs_trial.ui.locale_words import in_locale
from scs_trial.ui.theme import Colour, colour
from scs_trial.ui.workspace.range_bar import bar_ends
from scs_trial.ui.workspace.verdict_card import VerdictCard, spoken
from tests.domain import sample_diary as sample
from tests.ui import sample_review


@pytest.fixture
def card(qtbot):
    widget = VerdictCard()
    qtbot.addWidget(widget)
    widget.resize(740, 260)
    widget.show_verdict(verdict())
    widget.show()
    return widget


def verdict(**changes):
    made = sample_review.review().verdict
    assert made is not None
    return replace(made, **changes)


def texts(card):
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card)]


def test_that_figure_status_criteria_and_methods_are_read(card):
    said = texts(card)
    shown = verdict()
    assert card.figure.text() == "51.2 %"
    assert card.headline.text() == "✓ On track: criteria met so far"
    assert shown.sentence in said
    assert shown.methods in said
    for line in shown.lines:
        assert line.title in said
        assert line.value in said
        assert line.remark in said
    assert said.count("✓ met") == 3


def test_that_cautions_stand_above_the_notes_each_in_a_line(card):
    findings = (Finding(code="a", text="First."), Finding(code="b", text="Second."))
    card.show_verdict(verdict(cautions=findings, notes=(Finding(code="c", text="Third."),)))
    cautions = card.findChild(QLabel, "verdict.cautions")
    notes = card.findChild(QLabel, "verdict.notes")
    assert cautions.text() == "▲ Caution: First.\n▲ Caution: Second."
    assert notes.text() == "Notes: Third."
    assert cautions.geometry().bottom() <= notes.geometry().top()


def test_that_nothing_is_said_where_there_is_nothing(card):
    card.show_verdict(verdict(cautions=(), notes=(), sentence="", methods=""))
    assert not card.findChild(QLabel, "verdict.cautions").isVisible()
    assert not card.findChild(QLabel, "verdict.notes").isVisible()


@pytest.mark.parametrize("tone", list(Tone))
def test_that_the_stripe_repeats_the_tone(card, tone):
    card.show_verdict(verdict(tone=tone))
    image = card.grab().toImage()
    assert image.pixelColor(2, image.height() // 2) == colour(Colour(tone.value), card)


def test_that_every_text_is_plain(card):
    card.show_verdict(verdict(headline="<b>x</b>", methods="<i>y</i>"))
    assert "✓ <b>x</b>" in texts(card)
    formats = {label.textFormat() for label in card.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("width", [340, 480, 560, 740, 1100])
def test_that_no_text_is_cut_at_any_width(qtbot, width):
    card = VerdictCard()
    card.show_verdict(verdict())
    host = QScrollArea()
    qtbot.addWidget(host)
    host.setWidgetResizable(True)
    host.setWidget(card)
    host.resize(900, 700)
    host.show()
    host.resize(width, 700)
    qtbot.waitUntil(lambda: card.width() <= width)
    qtbot.waitUntil(lambda: not clipped(card))


def clipped(card):
    return [
        label.text()
        for label in card.findChildren(QLabel)
        if label.isVisible() and label.heightForWidth(label.width()) > label.height()
    ]


def test_that_a_draft_changes_the_labels_in_place(card):
    before = set(map(id, card.findChildren(QLabel)))
    typed = sample.diary({"pain_average": "9 9 9 9 9"})
    card.show_verdict(sample_review.review(typed).verdict)
    assert set(map(id, card.findChildren(QLabel))) == before
    assert card.figure.text().startswith("-")
    assert any(text.startswith("✗") for text in texts(card))


def test_that_other_criteria_bring_other_lines(card):
    trial = replace(sample_review.TRIAL, criteria_id="general-50")
    card.show_verdict(sample_review.review(trial=trial).verdict)
    assert len([text for text in texts(card) if text.endswith(" met")]) == 1


def test_that_a_screen_reader_hears_the_whole_card(card):
    shown = verdict()
    heard = spoken(shown)
    assert card.accessibleName() == shown.headline
    assert card.accessibleDescription() == heard
    for part in (shown.figure, shown.sentence, shown.methods, "Pain relief ≥ 50 %: met, 51.2 %"):
        assert part in heard
    assert all(f"Caution: {found.text}" in heard for found in shown.cautions)


def test_that_the_range_bar_covers_0_to_100_and_what_lies_beyond():
    def line(low, high, value, text="1 %"):
        return VerdictLine(
            leaf_id="a",
            status=Status.MET,
            symbol="✓",
            title="",
            value=text,
            remark="",
            bar=(Fraction(low), Fraction(high)),
            bar_value=Fraction(value),
            bar_threshold=Fraction(50),
        )

    assert bar_ends(line(16, 72, 51)) == (0, 100)
    assert bar_ends(line(-40, 72, 51)) == (-40, 100)
    assert bar_ends(line(1, 70, 3, text="3 points better")) == (0, 70)


def test_that_figures_follow_the_locale_and_dates_and_versions_do_not():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert in_locale("51.2 % so far; stays met up to 65.0 MME.") == (
            "51,2 % so far; stays met up to 65,0 MME."
        )
        assert in_locale("day 3. Then") == "day 3. Then"
    finally:
        QLocale.setDefault(before)
    assert in_locale("51.2 %") == "51.2 %"
