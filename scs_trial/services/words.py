"""Short words for lists and the timeline. No patient data is made here."""

from __future__ import annotations

from datetime import date

from scs_trial.domain.check_in import CallOutcome
from scs_trial.domain.result import Evaluation, Status
from scs_trial.domain.verdict_text import STATUS_WORDS, status_word

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = 7
OUTCOME_WORDS = {
    CallOutcome.REACHED: "reached",
    CallOutcome.NO_ANSWER: "no answer",
    CallOutcome.MESSAGE_LEFT: "message left",
    CallOutcome.CALL_BACK: "call back",
}


def day_words(day: date, today: date) -> str:
    """Return a day as short as it stays clear: weekday within a week, else day and month."""
    if abs((today - day).days) < _WEEK:
        return WEEKDAYS[day.weekday()]
    year = f" {day.year}" if day.year != today.year else ""
    return f"{calendar_words(day)}{year}"


def calendar_words(day: date) -> str:
    """Return day and month, e.g. ``12 Nov``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def age_on(birth_date: date | None, today: date) -> int | None:
    """Return the age in whole years, or None without a birth date."""
    if birth_date is None:
        return None
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)


def state_words(evaluation: Evaluation) -> tuple[str, str]:
    """Return the state of a trial as a badge, and its role.

    Source: the evaluation specification, section 11.
    """
    word = status_word(evaluation)
    return _BADGES.get(word, word.capitalize()), _ROLES[word]


_BADGES = {STATUS_WORDS[Status.NOT_MET]: "Not met"}
_ROLES = {
    "on track": "good",
    "met, settled": "good",
    "out of reach": "danger",
    "at risk": "warning",
    "too early": "neutral",
    STATUS_WORDS[Status.MET]: "good",
    STATUS_WORDS[Status.NOT_MET]: "info",
    STATUS_WORDS[Status.NOT_ASSESSABLE]: "neutral",
}
