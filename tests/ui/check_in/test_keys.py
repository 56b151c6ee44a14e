"""No digit lands in a wrong field: the rules of the key flow, typed with real keys."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.check_in.make import ACTIVITY, LEAST, MME, PAIN, WALKING, WORST
from tests.ui.check_in.typist import focus_name

D = Decimal


@pytest.fixture
def form(pane, keys):
    """The form with the identity confirmed, the focus on the first score."""
    keys.type("\n")
    assert focus_name() == "check_in.pain_average"
    return pane.form


@pytest.mark.parametrize(
    ("typed", "values", "focus"),
    [
        ("2", {PAIN: 2}, "pain_worst"),
        ("0", {PAIN: 0}, "pain_worst"),
        ("9", {PAIN: 9}, "pain_worst"),
        ("1", {PAIN: 1}, "pain_average"),
        ("10", {PAIN: 10}, "pain_worst"),
        ("1\n", {PAIN: 1}, "pain_worst"),
        ("1\t", {PAIN: 1}, "pain_worst"),
        ("1.", {PAIN: "1.5"}, "pain_worst"),
        ("1,", {PAIN: "1.5"}, "pain_worst"),
        ("15", {PAIN: 1}, "pain_average"),
        ("11", {PAIN: 1}, "pain_average"),
        ("15\n5", {PAIN: 1, WORST: 5}, "pain_least"),
        ("1\n0", {PAIN: 1, WORST: 0}, "pain_least"),
        ("1010", {PAIN: 10, WORST: 10}, "pain_least"),
        ("257", {PAIN: 2, WORST: 5, LEAST: 7}, "activity_score"),
        ("2\n5\n7\n", {PAIN: 2, WORST: 5, LEAST: 7}, "activity_score"),
        ("2\t5\t7\t", {PAIN: 2, WORST: 5, LEAST: 7}, "activity_score"),
        ("2\n\n7", {PAIN: 2, LEAST: 7}, "activity_score"),
        ("2-7", {PAIN: 2, LEAST: 7}, "activity_score"),
        ("2.5.", {PAIN: "2.5", WORST: "5.5"}, "pain_least"),
        ("2..5", {PAIN: "2.5", WORST: 5}, "pain_least"),
        ("-", {}, "pain_worst"),
        ("\n", {}, "pain_worst"),
    ],
)
def test_that_each_sequence_answers_the_field_that_it_means(form, keys, typed, values, focus):
    keys.type(typed)
    assert form.values == {series: D(str(value)) for series, value in values.items()}
    assert focus_name() == f"check_in.{focus}"


def test_that_a_refused_digit_says_why(form, pane, keys):
    keys.type("15")
    answer = pane._page.answers.answers[PAIN]
    assert "Enter keeps 1" in answer.message
    keys.type("\n")
    assert answer.message == ""


def test_that_backspace_in_an_empty_field_goes_back_to_correct(form, keys):
    keys.type("2")
    keys.press(Qt.Key.Key_Backspace)
    assert focus_name() == "check_in.pain_average"
    keys.type("4")
    assert form.values == {PAIN: D(4)}
    assert focus_name() == "check_in.pain_worst"


def test_that_a_corrected_score_goes_on_to_the_next_unanswered_one(form, keys):
    keys.type("257")
    for _ in range(3):
        keys.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focus_name() == "check_in.pain_average"
    keys.type("36")
    assert form.values == {PAIN: D(3), WORST: D(5), LEAST: D(7), ACTIVITY: D(6)}


def test_that_a_key_that_is_held_down_answers_once(form):
    for repeat in (False, True, True):
        target = QApplication.focusWidget()
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier, "4", repeat
        )
        QApplication.sendEvent(target, event)
    assert form.values == {PAIN: D(4)}


def test_that_a_number_out_of_range_keeps_the_focus_and_says_the_range(form, pane, keys):
    keys.type("2577" + "1441\n")
    assert focus_name() == "check_in.walking_minutes"
    assert pane._page.answers.answers[WALKING].message == "Allowed: 0 to 1440 min."
    keys.save()
    assert "1440" in pane.view.footer.state_text
    assert WALKING not in form.values


def test_that_a_decimal_comma_is_a_point(form, keys):
    keys.type("257735\n6,5\n")
    assert form.values[type(PAIN)("sleep_hours")] == D("6.5")


def test_that_the_space_bar_confirms_a_suggestion_and_goes_on(form, pane, keys):
    keys.type("257735\n7\n")
    assert focus_name() == "check_in.mme"
    assert MME not in form.values
    keys.type("  ")
    assert form.values[MME] == D(15)
    assert form.program == "P2 burst"
    assert focus_name() == "check_in.safety.weakness"


def test_that_suggestions_stay_hidden_until_the_score_is_typed(form, pane, keys):
    editor = pane._page.answers.answers[MME].editor
    assert editor.placeholderText() == ""
    keys.type("2")
    assert "15" in editor.placeholderText()


@pytest.mark.parametrize(
    ("typed", "program"), [("p1\n", "P1 tonic"), ("P2\n", "P2 burst"), ("P3 new\n", "P3 new")]
)
def test_that_a_program_is_completed_from_those_in_use(form, keys, typed, program):
    keys.type("257735\n7\n30\n" + typed)
    assert form.program == program
    assert focus_name() == "check_in.safety.weakness"


def test_that_a_beginning_of_two_programs_is_asked_about(form, keys):
    keys.type("257735\n7\n30\np\n")
    assert focus_name() == "check_in.program"
    keys.type("2\n")
    assert form.program == "P2 burst"


def test_that_no_digit_counts_before_the_identity_is_confirmed(pane, keys):
    keys.type("2577")
    assert pane.form.values == {}
    assert focus_name() == "check_in.identity"
    assert not pane.form.dirty


def test_that_none_of_these_answers_all_that_were_on_screen(form, pane, keys, qtbot):
    keys.type("257735\n7\n30\np1\n")
    pane.resize(320, 1200)
    qtbot.waitUntil(lambda: form.safety.may_say_none)
    keys.type("a")
    assert set(form.safety.answers.values()) == {False}


def test_that_none_of_these_waits_until_all_were_on_screen(form, pane, keys, qtbot):
    pane.resize(320, 420)
    keys.type("257735\n7\n30\np1\n")
    assert focus_name() == "check_in.safety.weakness"
    keys.type("a")
    assert set(form.safety.answers.values()) == {None}


@pytest.mark.parametrize("size", [(290, 650), (420, 850)])
def test_that_the_focus_is_always_in_sight_and_so_is_save(form, pane, keys, qtbot, size):
    pane.resize(*size)
    for sign in "25773" + "5\n7\n30\np1\n" + "nnnnnnnn":
        keys.type(sign)
        widget = QApplication.focusWidget()
        qtbot.waitUntil(lambda w=widget: w.visibleRegion().boundingRect() == w.rect())
    save = pane.view.footer.save
    assert save.visibleRegion().boundingRect() == save.rect()
