from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCalendarWidget

from scs_trial.domain.verdict import Tone
from scs_trial.ui.numbers import decimal_text, parse_decimal
from scs_trial.ui.theme import Appearance
from scs_trial.ui.widgets import DateField, Field, NumberField, YesNo
from scs_trial.ui.widgets.date_field import date_text, parse_date


def _today():
    return date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.5", "4.5"),
        ("4,5", "4.5"),
        (" 12 ", "12"),
        (",5", "0.5"),
        ("5.", "5"),
        ("−3", "-3"),
        ("", None),
        ("1.234,5", None),
        ("1 000", None),
        ("4e1", None),
        ("nan", None),
        ("٣", "3"),
    ],
)
def test_that_both_decimal_signs_are_read_in_every_locale(any_locale, text, value):
    assert parse_decimal(text) == (None if value is None else Decimal(value))


def test_that_numbers_are_written_in_the_way_of_the_locale():
    assert decimal_text(Decimal("4.50"), locale=QLocale("de_DE")) == "4,5"
    assert decimal_text(Decimal("1E+2"), locale=QLocale("C")) == "100"
    assert decimal_text(Decimal("0.0"), locale=QLocale("C")) == "0"


def test_that_an_empty_number_is_none(qtbot, show):
    field = show(NumberField("Walking", unit="min"))
    assert field.value is None
    qtbot.keyClicks(field, "0")
    assert field.value == 0
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.value is None


def test_that_what_is_out_of_range_is_refused_beside_the_field(qtbot, show):
    editor = NumberField("Sleep", unit="h", high=Decimal(24))
    field = show(Field("Sleep", editor))
    qtbot.keyClicks(editor, "25")
    assert editor.value is None
    assert field.message == "Allowed: 0 to 24 h."
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.value == 2
    assert field.message == ""


@pytest.mark.parametrize(
    ("decimals", "typed", "problem"),
    [
        (0, "1.5", "Whole numbers only."),
        (1, "1.55", "At most 1 decimals."),
        (1, "1.50", ""),
        (1, "x", "Not a number."),
    ],
)
def test_that_digits_that_cannot_be_kept_are_refused(qtbot, show, decimals, typed, problem):
    field = show(NumberField("Sleep", decimals=decimals))
    qtbot.keyClicks(field, typed)
    assert field.problem == problem
    assert (field.value is None) == bool(problem)


def test_that_a_suggestion_is_no_value_until_the_space_bar(qtbot, show):
    field = show(NumberField("Opioids", unit="MME"))
    field.suggest(Decimal(15), remark="as Thu?")
    assert field.value is None
    assert field.placeholderText() == "15, as Thu?"
    assert field.font().italic()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value is None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert field.value == 15
    assert not field.font().italic()


def test_that_the_space_bar_alone_writes_nothing(qtbot, show):
    field = show(NumberField("Opioids"))
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert field.text() == ""


def test_that_a_question_starts_unanswered_and_takes_letters(qtbot, show):
    question = show(YesNo("New weakness", yes_tone=Tone.DANGER))
    assert question.answer is None
    assert question.accessibleDescription() == "not answered"
    qtbot.keyClicks(question, "y")
    assert question.answer is True
    qtbot.keyClicks(question, "N")
    assert question.answer is False
    assert question.accessibleDescription() == "No"
    qtbot.keyClick(question, Qt.Key.Key_Backspace)
    assert question.answer is None


def test_that_a_click_answers(qtbot, show):
    question = show(YesNo("New weakness"))
    for cell, answer in ((0, True), (1, False)):
        place = question.cell_rect(cell).center().toPoint()
        qtbot.mouseClick(question, Qt.MouseButton.LeftButton, pos=place)
        assert question.answer is answer


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de_DE", "20.11.2026"),
        ("en_US", "11/20/2026"),
        ("fr_FR", "20/11/2026"),
        ("en_GB", "2026-11-20"),
        ("en_GB", "20 Nov 2026"),
        ("C", "2026-11-20"),
    ],
)
def test_that_dates_are_read_in_the_way_of_the_locale(locale, text):
    assert parse_date(text, locale=QLocale(locale)) == date(2026, 11, 20)


@pytest.mark.parametrize("locale", ["de_DE", "en_US", "en_GB", "fr_FR", "sv_SE", "ja_JP", "C"])
def test_that_a_shown_date_is_read_back(locale):
    day = date(1968, 3, 4)
    where = QLocale(locale)
    assert parse_date(date_text(day, locale=where), locale=where) == day


def test_that_a_date_outside_its_range_is_refused(qtbot, show):
    field = show(DateField("Placed", today=_today, latest=date(2026, 11, 20)))
    qtbot.keyClicks(field, "2026-11-21")
    assert field.value is None
    assert field.problem.startswith("Not after")
    field.setText("soon")
    assert field.problem.startswith("Not a date")
    field.setText("2026-11-20")
    assert field.value == date(2026, 11, 20)
    assert field.problem == ""


def test_that_the_calendar_opens_today_and_picks(qtbot, show):
    field = show(DateField("Placed", today=_today))
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget, "date_field.calendar")
    assert calendar.selectedDate().toPython() == _today()
    calendar.activated.emit(calendar.selectedDate())
    assert field.value == _today()


def test_that_an_empty_field_follows_large_text(qtbot, show, theme):
    field = show(NumberField("Opioids"))
    field.suggest(Decimal(15))
    before = field.font().pointSizeF()
    theme.choose(Appearance.LIGHT, text_scale=1.5)
    after = field.font().pointSizeF()
    theme.choose(Appearance.LIGHT, text_scale=1.0)
    assert after > before
