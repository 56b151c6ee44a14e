"""Answers to safety questions when the clinic's list has changed in between."""

from datetime import UTC, datetime
from uuid import UUID

from scs_trial.domain.check_in import SafetyCheckState
from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.ui.check_in.safety_answers import SafetyAnswers

NOW = datetime(2026, 11, 21, 9, 41, tzinfo=UTC)


def asking(version: str, *ids: str) -> SafetyAnswers:
    items = tuple(
        SafetyItem(id=key, question=f"{key}?", finding=key, urgency=Urgency.URGENT, says="")
        for key in ids
    )
    questions = SafetyList(version=version, items=items)
    return SafetyAnswers(questions, form_id=UUID(int=7), offered=True)


def all_clear(answers: SafetyAnswers) -> SafetyAnswers:
    answers.mark_seen(answers.answers)
    assert answers.say_none(by="RN Alvarez", at=NOW)
    return answers


def test_that_a_question_added_later_does_not_make_an_old_check_partly_asked():
    before = all_clear(asking("1", "fever", "fall")).check()
    later = asking("2", "fever", "fall", "rash")
    later.load(before)
    assert later.check() == before
    assert later.state is SafetyCheckState.ASKED_CLEAR
    later.answer("rash", True, by="RN Alvarez", at=NOW)
    assert later.state is SafetyCheckState.FINDING


def test_that_a_removed_question_stays_in_an_old_check():
    before = all_clear(asking("1", "fever", "fall")).check()
    later = asking("2", "fever")
    later.load(before)
    assert later.check() == before


def test_that_none_of_these_waits_for_the_questions_that_are_on_screen_only():
    partly = asking("1", "fall", "fever")
    partly.answer("fever", False, by="RN Alvarez", at=NOW)
    later = asking("2", "fever", "rash")
    later.load(partly.check())
    later.mark_seen(["fever", "rash"])
    assert later.say_none(by="RN Alvarez", at=NOW)
    assert later.answers == {"fever": False, "rash": False, "fall": None}
