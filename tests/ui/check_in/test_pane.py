"""The check-in typed with real keys into a real encrypted record."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from sqlalchemy import Engine, event

from scs_trial.domain.check_in import CallOutcome, HowObtained, SafetyCheckState
from scs_trial.domain.diary import Phase
from scs_trial.domain.safety import Urgency
from scs_trial.services.keep_draft import drafts
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.register_patient import save_patient
from scs_trial.ui.check_in.answer import Answer
from scs_trial.ui.check_in.move_dialog import MoveDialog
from scs_trial.ui.check_in.pane import CheckInPane
from scs_trial.ui.widgets import NumberField
from tests.ui.check_in.conftest import record
from tests.ui.check_in.make import (
    ACTIVITY,
    FRIDAY,
    LEAST,
    MME,
    PAIN,
    PATIENT,
    SLEEP,
    TRIAL,
    WALKING,
    WORST,
)
from tests.ui.check_in.typist import focus_name

D = Decimal


def stored(session, day=FRIDAY, phase=Phase.TRIAL):
    with session.reading() as work:
        return work.check_ins.at(TRIAL.id, day, phase)


@contextmanager
def counted_commits():
    commits = []

    def note(connection):
        commits.append(connection)

    event.listen(Engine, "commit", note)
    try:
        yield commits
    finally:
        event.remove(Engine, "commit", note)


def audit_head(session):
    with session.reading() as work:
        return work.audit.head()


def test_that_a_full_check_in_takes_at_most_forty_keys_and_one_commit(pane, keys, session, qtbot):
    head = audit_head(session)
    keys.type("\n")  # speaking with Lindqvist, Per
    keys.type("251")  # average 2, worst 5, least 1 ...
    keys.type("\n")  # ... which waits for 0 or Enter
    keys.type("7")  # activity
    keys.type("45\n")  # walking
    keys.type("7.5\n")  # sleep
    keys.type("30\n")  # opioids
    keys.type("p1\n")  # program
    keys.type("nnnnnnnn")  # eight safety questions
    assert audit_head(session) == head  # so far drafts only
    with counted_commits() as commits, qtbot.waitSignal(pane.saved):
        keys.save()
    assert len(commits) == 1
    assert keys.count <= 40
    made = stored(session)
    assert made.values == {
        PAIN: D(2),
        WORST: D(5),
        LEAST: D(1),
        ACTIVITY: D(7),
        WALKING: D(45),
        SLEEP: D("7.5"),
        MME: D(30),
    }
    assert made.program == "P1 tonic"
    assert made.identity_confirmed
    assert made.how_obtained is HowObtained.PHONE
    assert made.safety.state is SafetyCheckState.ASKED_CLEAR


# Drafts


def kept(session):
    return {draft.key: draft for draft in drafts(session)}


@pytest.fixture
def another_pane(session, review, prompts, qtbot):
    """Open the pane of a program that was started again."""

    def opened():
        made = CheckInPane(session, prompts=prompts)
        qtbot.addWidget(made)
        made.resize(320, 780)
        made.show()
        made.activateWindow()
        made.open_trial(review())
        made.take_focus()
        return made

    return opened


def test_that_typing_is_kept_within_half_a_second_and_offered_again(
    pane, keys, session, another_pane, qtbot
):
    keys.type("\n25")
    qtbot.waitUntil(lambda: pane.form.draft_key in kept(session), timeout=500)
    again = another_pane()
    assert again.form.values == {PAIN: D(2), WORST: D(5)}
    assert again.form.id == pane.form.id
    assert again.view.banner.isVisible()
    assert not again.form.identity_confirmed
    assert again.form.dirty


def test_that_continuous_typing_is_kept_all_the_same(pane, keys, session, qtbot):
    keys.type("\n")
    pane._page.notes.edits["note"].setFocus()
    pane.form.identity_confirmed = True
    stored_at = []
    for _ in range(12):
        keys.type("x")
        qtbot.wait(60)
        stored_at.append(pane.form.draft_key in kept(session))
    assert any(stored_at)


def test_that_hiding_the_form_keeps_the_draft_at_once(pane, keys, session):
    keys.type("\n2")
    assert pane.form.draft_key not in kept(session)
    pane.hide()
    assert pane.form.draft_key in kept(session)


def test_that_a_draft_can_be_started_again(pane, keys, session, another_pane):
    keys.type("\n2")
    pane.flush_draft()
    again = another_pane()
    QTest.mouseClick(
        again.findChild(QPushButton, "check_in.banner.discard"), Qt.MouseButton.LeftButton
    )
    assert again.form.values == {}
    assert kept(session) == {}


def test_that_a_form_typed_empty_again_leaves_no_draft(pane, keys, session):
    keys.type("\n2")
    pane.flush_draft()
    keys.press(Qt.Key.Key_Backspace)  # back to the score
    keys.press(Qt.Key.Key_Backspace)  # and away with it
    assert pane.form.values == {}
    assert kept(session) == {}


def test_that_saving_leaves_no_draft(pane, keys, session, qtbot):
    keys.type("\n2")
    keys.save()
    qtbot.wait(350)
    assert kept(session) == {}
    assert stored(session).values == {PAIN: D(2)}


# Saving


def test_that_a_failed_save_leaves_the_form_dirty_and_says_so(pane, keys, session, clock):
    record(session, clock, FRIDAY, {PAIN: 7})  # another workstation was faster
    keys.type("\n2")
    keys.save()
    assert pane.form.dirty
    assert pane.form.values == {PAIN: D(2)}
    assert "Not saved" in pane.view.footer.state_text
    assert pane.view.banner.isVisible()
    assert pane.form.draft_key in kept(session) or pane._keeper._timer.isActive()
    assert stored(session).values == {PAIN: D(7)}


def test_that_nothing_is_saved_before_the_identity_is_confirmed(pane, keys, session):
    keys.save()
    assert stored(session) is None
    assert "Not saved" in pane.view.footer.state_text


def test_that_an_empty_form_is_not_saved(pane, keys, session):
    keys.type("\n")
    keys.save()
    assert stored(session) is None


def test_that_a_jump_is_asked_once_and_then_saved(pane, keys, session):
    keys.type("\n9")
    keys.save()
    assert stored(session) is None
    assert "far from the last value" in pane.view.banner.accessibleName()
    assert focus_name() == "check_in.pain_average"
    keys.save()
    assert stored(session).values == {PAIN: D(9)}


def test_that_after_saving_no_score_has_the_focus_until_enter_confirms(pane, keys, review):
    seen = []
    pane.next_wanted.connect(lambda: seen.append(True))
    keys.type("\n2")
    keys.save()
    assert seen == [True]
    pane.open_trial(review(), day=date(2026, 11, 21))
    pane.take_focus()
    assert focus_name() == "check_in.identity"
    keys.type("5")
    assert pane.form.values == {}


def test_that_typing_tells_the_workspace(pane, keys, qtbot):
    with qtbot.waitSignal(pane.draft_changed) as told:
        keys.type("\n2")
    assert told.args[0].values == {PAIN: D(2)}
    shown = []
    pane.earlier_shown.connect(shown.append)
    keys.press(Qt.Key.Key_Backspace)
    keys.press(Qt.Key.Key_Backspace)
    assert shown[-1] is False


@pytest.mark.parametrize(
    ("key", "how"),
    [
        ("\n", HowObtained.PHONE),
        ("v", HowObtained.VISIT),
        ("d", HowObtained.PAPER_DIARY),
        ("e", HowObtained.MESSAGE),
        ("o", HowObtained.PROXY),
        ("r", HowObtained.REPRESENTATIVE),
    ],
)
def test_that_one_key_says_how_the_answers_were_obtained(pane, keys, session, key, how):
    keys.type(key + "2")
    keys.save()
    assert stored(session).how_obtained is how


# Header and days


def test_that_the_header_says_whom_which_day_and_when(pane):
    text = pane.view.header.text
    for part in (
        "about Fri 20, day 5",
        "Lindqvist, Per",
        "4 Mar 1960",
        "104901",
        "called Sat 21, 09:41",
        "+1 555 0142",
        "Anna",
    ):
        assert part in text


def test_that_one_key_asks_about_today_instead(pane, keys):
    keys.press(Qt.Key.Key_F4)
    assert pane.form.day == date(2026, 11, 21)
    keys.press(Qt.Key.Key_F4)
    assert pane.form.day == FRIDAY
    keys.type("t")
    assert pane.form.day == date(2026, 11, 21)


def test_that_several_due_days_are_asked_in_one_call(pane, keys, session, clock, review):
    clock.move_to(datetime(2026, 11, 23, 8, 41, tzinfo=UTC))
    days = [date(2026, 11, d) for d in (20, 21, 22)]
    done = []
    pane.next_wanted.connect(lambda: done.append(True))
    pane.open_trial(review(), due_days=days)
    pane.take_focus()
    keys.type("\n2")
    keys.save()
    assert pane.form.day == days[1]
    assert pane.form.identity_confirmed
    keys.type("3")
    keys.save()
    assert done == []
    keys.type("4")
    keys.save()
    assert done == [True]
    assert [stored(session, day).values[PAIN] for day in days] == [D(2), D(3), D(4)]
    # Friday and Saturday come later than the next day; Sunday is yesterday.
    assert [stored(session, day).safety.state for day in days] == [SafetyCheckState.NOT_ASKED] * 3


def test_that_safety_is_offered_for_yesterday_and_put_away_for_days_before(pane, clock, review):
    clock.move_to(datetime(2026, 11, 23, 8, 41, tzinfo=UTC))
    pane.open_trial(review(), day=FRIDAY)
    assert not pane.form.safety.offered
    pane.open_trial(review(), day=date(2026, 11, 22))
    assert pane.form.safety.offered


def test_that_keys_go_to_the_day_before_and_after_with_the_same_call(pane, keys):
    keys.type("\n")
    keys.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert pane.form.day == date(2026, 11, 21)
    assert pane.form.identity_confirmed
    keys.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert pane.form.day == date(2026, 11, 21)  # the future is not asked about
    keys.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    keys.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert pane.form.day == date(2026, 11, 19)
    assert pane.form.is_correction


def test_that_what_was_typed_about_one_day_is_there_when_one_comes_back(pane, keys):
    keys.type("\n2")
    keys.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    keys.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert pane.form.values == {PAIN: D(2)}


def test_that_a_baseline_check_in_is_typed_the_same_way(pane, keys, session, review):
    day = date(2026, 11, 13)
    pane.open_trial(review(), day=day, phase=Phase.BASELINE)
    pane.take_focus()
    keys.type("v68")
    keys.save()
    assert stored(session, day, Phase.BASELINE).values == {PAIN: D(6), WORST: D(8)}


def test_that_the_placement_date_holds_baseline_and_trial(pane, keys, review):
    pane.open_trial(review(), day=date(2026, 11, 16))
    keys.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert (pane.form.day, pane.form.phase) == (date(2026, 11, 15), Phase.TRIAL)
    keys.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert (pane.form.day, pane.form.phase) == (date(2026, 11, 15), Phase.BASELINE)
    keys.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert (pane.form.day, pane.form.phase) == (date(2026, 11, 14), Phase.BASELINE)


# Calls


def calls(session):
    with session.reading() as work:
        return work.notes.calls([TRIAL.id]).get(TRIAL.id, ())


@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        ("n", CallOutcome.NO_ANSWER),
        (Qt.Key.Key_F7, CallOutcome.NO_ANSWER),
        ("l", CallOutcome.MESSAGE_LEFT),
        (Qt.Key.Key_F8, CallOutcome.MESSAGE_LEFT),
    ],
)
def test_that_one_key_notes_a_call_and_the_day_stays_open(pane, keys, session, key, outcome):
    done = []
    pane.next_wanted.connect(lambda: done.append(True))
    keys.press(key)
    assert [(c.outcome, c.about_day) for c in calls(session)] == [(outcome, FRIDAY)]
    assert stored(session) is None
    assert done == [True]


def test_that_a_call_back_asks_for_its_time(pane, keys, session, prompts):
    prompts.add("later", "14:30")
    keys.type("b")
    call = calls(session)[0]
    assert call.outcome is CallOutcome.CALL_BACK
    assert call.call_back_at == datetime(2026, 11, 21, 13, 30, tzinfo=UTC)
    assert len(prompts.asked) == 2  # "later" is no time


# Safety


def events(session):
    with session.reading() as work:
        return list(work.safety.open())


def to_safety(keys):
    keys.type("\n2507" + "35\n7\n30\np1\n")
    assert focus_name() == "check_in.safety.weakness"


def test_that_an_emergency_is_on_record_while_the_form_is_unsaved(pane, keys, session):
    to_safety(keys)
    keys.type("y")
    found = events(session)
    assert [(e.item_id, e.urgency, e.check_in_day) for e in found] == [
        ("weakness", Urgency.EMERGENCY, FRIDAY)
    ]
    assert stored(session) is None
    assert pane.form.dirty
    assert focus_name() == "check_in.safety.fever"
    assert pane.findChild(QWidget, "check_in.event.weakness").isVisibleTo(pane)


def test_that_the_finding_and_the_save_make_one_event(pane, keys, session):
    to_safety(keys)
    keys.type("y")
    keys.save()
    assert len(events(session)) == 1
    assert stored(session).safety.state is SafetyCheckState.FINDING


def test_that_a_note_goes_on_record_with_the_save(pane, keys, session):
    to_safety(keys)
    keys.type("nnnnnnny")
    assert events(session) == []
    keys.save()
    assert [e.item_id for e in events(session)] == ["other"]


def test_that_a_draft_with_a_finding_brings_its_event_back_once(pane, keys, session, another_pane):
    to_safety(keys)
    keys.type("y")
    again = another_pane()
    assert again.form.safety.answers["weakness"] is True
    assert len(events(session)) == 1
    assert again.findChild(QWidget, "check_in.event.weakness") is not None


def test_that_an_event_entered_in_error_leaves_and_a_later_yes_opens_a_new_one(
    pane, keys, session, prompts
):
    to_safety(keys)
    keys.type("y")
    first = events(session)[0]
    prompts.add("pressed the wrong key")
    button = pane.findChild(QPushButton, "check_in.event.weakness.error")
    button.click()
    assert events(session) == []
    assert pane.form.safety.answers["weakness"] is None
    pane.findChild(QWidget, "check_in.safety.weakness").setFocus()
    keys.type("y")
    assert len(events(session)) == 1
    assert events(session)[0].id != first.id


# Corrections


@pytest.fixture
def recorded(pane, keys):
    """Friday is saved and open as a correction."""
    keys.type("\n25")
    keys.press("s", Qt.KeyboardModifier.ControlModifier)
    assert pane.form.is_correction
    pane.take_focus()
    return pane


def test_that_a_typing_error_is_one_key_while_it_is_fresh(recorded, keys, session):
    keys.type("4")
    keys.save()
    keys.type("\n")
    made = stored(session)
    assert (made.values[PAIN], made.revision, made.reason) == (D(4), 2, "typing error")
    history = recorded.findChild(QWidget, "check_in.history")
    texts = [label.text() for label in history.findChildren(QLabel)]
    assert "Average pain: 2 → 4" in texts


def test_that_a_correction_says_when_and_by_whom_it_was_asked(recorded, clock, review):
    said = recorded.view.header.text
    clock.advance(timedelta(hours=3))
    recorded.reload(review())
    assert "09:41" in said
    assert recorded.view.header.text == said


def test_that_the_title_of_a_narrow_field_stays_whole_beside_the_earlier_value(qtbot):
    answer = Answer("Stated relief", NumberField("Stated relief", unit="%"))
    qtbot.addWidget(answer)
    answer.resize(125, 60)
    answer.show_earlier("Mon 16: 60 %")
    answer.show()
    label = answer.findChildren(QLabel)[1]
    assert label.text() == "60 %"
    assert answer.earlier_text == "Mon 16: 60 %"
    answer.resize(300, 60)
    qtbot.waitUntil(lambda: label.text() == "Mon 16: 60 %")


def test_that_later_a_correction_needs_a_reason(recorded, keys, session, clock):
    clock.advance(timedelta(minutes=16))
    keys.type("4")
    keys.save()
    assert focus_name() == "check_in.reason"
    keys.type("\n")
    assert stored(session).revision == 1
    keys.type("wrong patient's diary\n")
    assert stored(session).reason == "wrong patient's diary"
    assert stored(session).values[PAIN] == D(4)


def test_that_a_correction_without_a_change_is_not_stored(recorded, keys, session):
    keys.save()
    assert stored(session).revision == 1
    assert "Nothing was changed" in recorded.view.footer.state_text


def test_that_entered_in_error_opens_the_day_again(recorded, session, prompts):
    prompts.add("other patient")
    recorded.findChild(QAction, "check_in.error").trigger()
    assert stored(session) is None
    assert not recorded.form.is_correction


def test_that_a_day_is_declared_missed_and_answered_later_with_a_reason(pane, keys, session):
    pane.findChild(QAction, "check_in.missed").trigger()
    assert stored(session).missed
    assert pane.form.is_correction
    pane.take_focus()
    keys.type("3")
    keys.save()
    keys.type("diary came back\n")
    assert not stored(session).missed
    assert stored(session).values == {PAIN: D(3)}


def test_that_a_check_in_moves_to_the_right_patient(recorded, session, qtbot):
    other = replace(PATIENT, id=UUID(int=21), name="Haddad, Samir", mrn="104915")
    save_patient(session, other)
    save_trial(session, replace(TRIAL, id=UUID(int=22), patient_id=other.id))
    recorded.findChild(QAction, "check_in.move").trigger()
    dialog = recorded.findChild(MoveDialog)
    dialog.findChild(QLineEdit, "move_check_in.search").setText("Haddad")
    dialog.findChild(QLineEdit, "move_check_in.reason").setText("wrong patient")
    dialog.findChild(QPushButton, "move_check_in.move").click()
    assert stored(session) is None
    with session.reading() as work:
        moved = work.check_ins.at(UUID(int=22), FRIDAY, Phase.TRIAL)
    assert moved.values[PAIN] == D(2)


def test_that_earlier_values_are_put_away_during_the_call_until_the_score_is_typed(pane, keys):
    shown = []
    pane.earlier_shown.connect(shown.append)
    keys.type("\n")
    assert shown[-1] is False
    keys.type("-5")  # the worst pain first: the target's average is not answered yet
    assert shown[-1] is False
    keys.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    keys.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    keys.type("2")
    assert shown[-1] is True
