"""Passwords at the door. Source: the safekeeping design, "People": 15 characters, no composition
rules, common ones blocked."""

import pytest

from scs_trial.services.door import TooManyTriesError, password_problem
from tests.records import NOW

SHORT = "Use at least 15 characters; a short sentence is easy to remember."
REPEATS = "This password repeats a few characters; choose another one."
NAMED = "The password must not contain the user name."
COMMON = "This password is made of words that are tried first; choose another one."


@pytest.mark.parametrize(
    ("password", "user_name", "problem"),
    [
        ("seven grey geese", "anna", ""),
        ("fifteen signs z", "anna", ""),
        ("fourteen signs", "anna", SHORT),
        ("", "", SHORT),
        ("ababababababababab", "", REPEATS),
        ("AaBbCcDdAaBbCcDd", "", REPEATS),  # four different ones, whatever their case
        ("abcdeabcdeabcdeABCDE", "", ""),  # five are enough
        ("geese like ANNA too", "anna", NAMED),
        ("geese like anna too", "Anna", NAMED),
        ("geese like anna too", "", ""),
        ("password password", "", COMMON),
        ("Password1234567890", "", COMMON),
        ("qwertyuiop-letmein", "", COMMON),
        ("welcome!welcome!abcd", "", COMMON),  # four signs are left
        ("welcome!welcome!abcde", "", ""),  # five are
        ("passwordword pass", "", ""),  # it does not close up to another common word
        ("spinalcordstimulation", "", COMMON),
        ("abcdefghijklmnopqrstuvwxyz", "", COMMON),
    ],
)
def test_that_a_password_is_judged_by_length_and_common_words(
    password: str, user_name: str, problem: str
) -> None:
    assert password_problem(password, user_name=user_name) == problem


def test_that_a_wait_says_what_to_do_and_how_long() -> None:
    left = NOW - NOW
    error = TooManyTriesError("Too many.", "Wait.", left=left)
    assert (error.what, error.to_do, error.left) == ("Too many.", "Wait.", left)
