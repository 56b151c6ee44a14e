"""First start and log-in through keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from scs_trial.services.door import AccountName, FirstAccount, password_problem
from scs_trial.ui.door.first_start_page import FirstStartPage
from scs_trial.ui.door.log_in_page import LogInPage

GOOD = "seven grey herons stand"
GROUPS = ("ABCD2", "EFGH3", "JKLM4", "NPQR5", "STUV6", "WXYZ7")


@pytest.mark.parametrize(
    ("password", "refused_for"),
    [
        (GOOD, ""),
        ("short", "at least 15"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats"),
        ("abababababababababab", "repeats"),
        ("passwordpassword", "tried first"),
        ("Password1234567890", "tried first"),
        ("qwertyuiopasdfghjkl", "tried first"),
        ("bstone and the herons", "user name"),
        ("zwölf blaue Äpfel im Korb", ""),
    ],
)
def test_that_short_repeated_and_common_passwords_are_refused(password, refused_for):
    problem = password_problem(password, user_name="bstone")
    assert (problem == "") if not refused_for else (refused_for in problem)


def child(page, kind, name):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.fixture
def first_start(qtbot):
    page = FirstStartPage(Path("/records/clinic.scs"))
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClick(child(page, QPushButton, "first_start.create"), Qt.Key.Key_Space)
    return page


def fill(qtbot, page, **texts):
    for name, text in texts.items():
        field = child(page, QLineEdit, f"first_start.{name}")
        field.clear()
        qtbot.keyClicks(field, text)


def test_that_a_filled_form_asks_for_a_record_with_that_account(qtbot, first_start):
    fill(
        qtbot,
        first_start,
        display_name="Dr B. Stone",
        user_name="bstone",
        password=GOOD,
        again=GOOD,
    )
    with qtbot.waitSignal(first_start.create_requested) as asked:
        qtbot.keyClick(child(first_start, QLineEdit, "first_start.again"), Qt.Key.Key_Return)
    account = FirstAccount(user_name="bstone", display_name="Dr B. Stone", password=GOOD)
    assert asked.args == [Path("/records/clinic.scs"), account]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"display_name": ""}, "Enter your name"),
        ({"user_name": ""}, "user name"),
        ({"password": "short", "again": "short"}, "15 characters"),
        ({"again": GOOD + "!"}, "differ"),
    ],
)
def test_that_a_faulty_form_says_what_to_do_and_asks_for_nothing(qtbot, first_start, change, words):
    texts = {"display_name": "Dr B. Stone", "user_name": "bstone", "password": GOOD, "again": GOOD}
    fill(qtbot, first_start, **(texts | change))
    with qtbot.assertNotEmitted(first_start.create_requested):
        qtbot.keyClick(child(first_start, QPushButton, "first_start.submit"), Qt.Key.Key_Space)
    assert words in child(first_start, QLabel, "first_start.state").text()


def test_that_the_record_opens_only_once_two_groups_of_the_key_were_typed_back(qtbot, first_start):
    first_start.show_recovery_key(GROUPS)
    shown = child(first_start, QLabel, "recovery_key.groups").text()
    assert shown.split() == list(GROUPS)
    one = child(first_start, QLineEdit, "recovery_key.answer_1")
    two = child(first_start, QLineEdit, "recovery_key.answer_2")
    done = child(first_start, QPushButton, "recovery_key.done")
    qtbot.keyClicks(one, GROUPS[1].lower())
    qtbot.keyClicks(two, "WRONG")
    with qtbot.assertNotEmitted(first_start.finished):
        qtbot.keyClick(done, Qt.Key.Key_Space)
    two.clear()
    qtbot.keyClicks(two, GROUPS[4])
    with qtbot.waitSignal(first_start.finished):
        qtbot.keyClick(done, Qt.Key.Key_Space)


@pytest.fixture
def log_in(qtbot):
    page = LogInPage()
    qtbot.addWidget(page)
    page.show_record(
        Path("/records/clinic.scs"),
        [
            AccountName(user_name="bstone", display_name="Dr B. Stone"),
            AccountName(user_name="alvarez", display_name="RN Alvarez"),
        ],
    )
    page.show()
    return page


def test_that_password_and_enter_ask_to_unlock_for_the_chosen_account(qtbot, log_in):
    qtbot.keyClick(child(log_in, QComboBox, "log_in.account"), Qt.Key.Key_Down)
    field = child(log_in, QLineEdit, "log_in.password")
    qtbot.keyClicks(field, GOOD)
    with qtbot.waitSignal(log_in.log_in_requested) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == ["alvarez", GOOD]


def test_that_an_empty_password_asks_for_nothing(qtbot, log_in):
    with qtbot.assertNotEmitted(log_in.log_in_requested):
        qtbot.keyClick(child(log_in, QLineEdit, "log_in.password"), Qt.Key.Key_Return)


def test_that_a_refusal_is_said_and_the_password_can_be_typed_again(qtbot, log_in):
    field = child(log_in, QLineEdit, "log_in.password")
    qtbot.keyClicks(field, "wrong")
    log_in.show_working("Unlocking…")
    assert not field.isEnabled()
    log_in.show_error("The password is wrong.")
    assert field.isEnabled()
    assert field.selectedText() == "wrong"
    assert child(log_in, QLabel, "log_in.state").text() == "The password is wrong."


def test_that_nothing_typed_stays_after_leaving(qtbot, log_in):
    field = child(log_in, QLineEdit, "log_in.password")
    qtbot.keyClicks(field, GOOD)
    log_in.leave()
    assert field.text() == ""
