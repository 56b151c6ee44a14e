"""The end of a trial entered by hand into a real encrypted record."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from scs_trial.clock import FixedClock
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import DecisionKind
from scs_trial.services.keep_draft import drafts
from scs_trial.services.review_trial import reload_workspace
from scs_trial.ui.end_of_trial.dialog import EndOfTrialDialog
from tests.records import close_all
from tests.ui.check_in.conftest import build
from tests.ui.check_in.make import PATIENT, TRIAL
from tests.ui.scripted import ScriptedPrompts

CRITERIA = "medicare-style"
"""Asks a confirmation: functional_improvement."""


@pytest.fixture
def session(tmp_path):
    clock = FixedClock(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    yield build(tmp_path, clock, trial=replace(TRIAL, criteria_id=CRITERIA))
    close_all()


@pytest.fixture
def prompts():
    return ScriptedPrompts()


@pytest.fixture
def open_dialog(session, prompts, qtbot):
    host = QWidget()
    qtbot.addWidget(host)

    def opened():
        review = reload_workspace(session, PATIENT.id, trial_id=TRIAL.id).review
        dialog = EndOfTrialDialog(session, review, prompts=prompts, parent=host)
        dialog.open()
        return dialog

    return opened


@pytest.fixture
def dialog(open_dialog):
    return open_dialog()


def part(dialog, name):
    found = dialog.findChild(QWidget, f"end.{name}")
    assert found is not None, name
    return found


def enter_end(dialog):
    QTest.keyClicks(part(dialog, "removed_on"), "2026-11-23")
    QTest.keyClicks(part(dialog, "removed_time"), "0930")
    part(dialog, "reason").choose("planned")
    QTest.keyClicks(part(dialog, "awaiting_diary"), "n")
    part(dialog, "wish").choose("yes")
    part(dialog, "pgic").choose("2")


def trial(session):
    with session.reading() as work:
        return work.trials.get(TRIAL.id)


def test_that_a_trial_is_ended_with_everything_that_is_asked(dialog, session, qtbot):
    enter_end(dialog)
    with qtbot.waitSignal(dialog.trial_changed):
        part(dialog, "save").click()
    ended = trial(session)
    assert (ended.trial_ended, ended.end_reason) == (date(2026, 11, 22), EndReason.PLANNED)
    assert ended.lead_removed_at == datetime.fromisoformat("2026-11-23T09:30")
    with session.reading() as work:
        last = work.check_ins.at(TRIAL.id, date(2026, 11, 22), Phase.TRIAL)
    assert last.values[Series("pgic")] == Decimal(2)
    assert "day 7" in part(dialog, "state").text()
    assert drafts(session) == ()


def test_that_what_is_missing_is_said_and_nothing_is_stored(dialog, session):
    part(dialog, "save").click()
    assert trial(session).trial_ended is None
    messages = [field.message for field in dialog._card._fields.values()]
    assert "Choose why the trial ends." in messages
    assert "Say whether a diary is still to come." in messages


def test_that_a_half_entered_end_is_brought_back(dialog, open_dialog, session):
    part(dialog, "reason").choose("technical")
    dialog.reject()
    again = open_dialog()
    assert part(again, "reason").key() == "technical"
    assert trial(session).trial_ended is None


def test_that_the_decision_and_what_followed_are_recorded(dialog, session, qtbot):
    enter_end(dialog)
    part(dialog, "save").click()
    part(dialog, "decision").choose(DecisionKind.NO_IMPLANT.value)
    part(dialog, "decide").click()
    with session.reading() as work:
        assert not work.notes.decisions([TRIAL.id]).get(TRIAL.id)  # a reason is needed
    part(dialog, "decision_reason").setText("patient is undecided about the pocket")
    part(dialog, "decide").click()
    part(dialog, "follow_up.month").choose("3")
    QTest.keyClicks(part(dialog, "follow_up.seen"), "2026-11-23")
    QTest.keyClicks(part(dialog, "follow_up.pain"), "3.5")
    part(dialog, "follow_up.add").click()
    with session.reading() as work:
        (decision,) = work.notes.decisions([TRIAL.id])[TRIAL.id]
        (follow_up,) = work.notes.follow_ups(TRIAL.id)
    assert decision.kind is DecisionKind.NO_IMPLANT
    assert (follow_up.month, follow_up.pain) == (3, Decimal("3.5"))


def test_that_a_confirmation_is_on_record_at_once(dialog, session):
    QTest.keyClicks(part(dialog, "confirm.functional_improvement"), "y")
    with session.reading() as work:
        (answer,) = work.notes.confirmations([TRIAL.id])[TRIAL.id]
    assert (answer.name, answer.answer) == ("functional_improvement", True)


def test_that_an_end_is_taken_back_with_a_reason(dialog, session, prompts):
    enter_end(dialog)
    part(dialog, "save").click()
    prompts.add("removed on paper only")
    part(dialog, "reopen").click()
    assert trial(session).trial_ended is None


def test_that_an_awaited_diary_is_cleared(dialog, session):
    enter_end(dialog)
    QTest.keyClicks(part(dialog, "awaiting_diary"), "y")
    part(dialog, "save").click()
    assert trial(session).awaiting_diary
    dialog.findChild(QPushButton, "end.diary_arrived").click()
    assert not trial(session).awaiting_diary


def test_that_enter_in_a_field_does_not_end_the_trial(dialog, session):
    enter_end(dialog)
    QTest.keyClick(part(dialog, "removed_time"), Qt.Key.Key_Return)
    assert trial(session).trial_ended is None
