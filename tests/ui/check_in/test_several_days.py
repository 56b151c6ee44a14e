"""Friday to Sunday typed side by side, with real keys, into a real encrypted record."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from scs_trial.clock import FixedClock
from scs_trial.domain.check_in import HowObtained, SafetyCheckState
from scs_trial.domain.diary import Phase
from scs_trial.services.keep_draft import drafts
from scs_trial.ui.check_in.several_days import SeveralDays
from scs_trial.ui.widgets import NumberField
from tests.ui.check_in.conftest import record
from tests.ui.check_in.make import LEAST, MME, PAIN, SLEEP, TRIAL, WALKING, WORST
from tests.ui.check_in.test_access import nameless
from tests.ui.check_in.typist import focus_name

D = Decimal
FRIDAY, SATURDAY, SUNDAY = WEEKEND = tuple(date(2026, 11, day) for day in (20, 21, 22))


@pytest.fixture
def clock():
    return FixedClock(datetime(2026, 11, 23, 8, 41, tzinfo=UTC))


@pytest.fixture
def sheet(pane, review, qtbot):
    """The sheet, opened from the pane's day buttons on Monday."""
    pane.open_trial(review(), due_days=WEEKEND)
    together = pane.findChild(QPushButton, "check_in.together")
    assert together.isVisible()
    together.click()
    made = pane.findChild(SeveralDays)
    made.activateWindow()
    qtbot.waitUntil(lambda: focus_name() == "several_days.how")
    return made


def stored(session, day):
    with session.reading() as work:
        return work.check_ins.at(TRIAL.id, day, Phase.TRIAL)


def say_who(keys):
    """Choose the paper diary and confirm whose it is; the focus is then in the first field."""
    keys.press(Qt.Key.Key_Down)
    keys.type("\t ")
    keys.type("\t")


def field(sheet, day, name):
    return sheet.findChild(NumberField, f"several_days.{day.isoformat()}.{name}")


def test_that_a_weekend_of_a_paper_diary_is_typed_down_the_days(sheet, keys, session, qtbot, pane):
    say_who(keys)
    for pain in ("2,5", "3", "2"):
        keys.type(f"{pain}\t5\t1\t6\t40\t7\t30\tp2\t\t\t")
    assert focus_name() == "several_days.2026-11-22.full"
    with qtbot.waitSignal(pane.trial_changed):
        keys.save()
    friday = stored(session, FRIDAY)
    assert friday.values[PAIN] == D("2.5")
    assert friday.values[WORST] == D(5)
    assert friday.values[LEAST] == D(1)
    assert friday.values[WALKING] == D(40)
    assert friday.values[SLEEP] == D(7)
    assert friday.values[MME] == D(30)
    assert friday.program == "P2 burst"
    for day in WEEKEND:
        made = stored(session, day)
        assert made.how_obtained is HowObtained.PAPER_DIARY
        assert made.identity_confirmed
        assert made.safety.state is SafetyCheckState.NOT_ASKED
    assert stored(session, SUNDAY).values[PAIN] == D(2)
    assert not sheet.isVisible()
    assert not drafts(session)


def test_that_the_head_says_whose_and_each_column_which_day(sheet):
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert "Lindqvist, Per · 4 Mar 1960 · MRN 104901" in texts
    assert [t for t in texts if " · day " in t] == [
        "Fri 20 · day 5",
        "Sat 21 · day 6",
        "Sun 22 · day 7",
    ]
    assert any("stored as not asked" in text for text in texts)


def test_that_every_field_of_the_sheet_has_a_name(sheet):
    assert nameless(sheet) == []


def test_that_nothing_is_stored_before_somebody_confirmed_whose_it_is(sheet, keys, session):
    field(sheet, FRIDAY, "pain_average").setFocus()
    keys.type("2")
    keys.save()
    assert stored(session, FRIDAY) is None
    assert sheet.banner.isVisible()
    assert focus_name() == "several_days.how"


def test_that_a_refused_value_keeps_its_day_and_the_others_are_stored(sheet, keys, session):
    say_who(keys)
    keys.type("12")
    field(sheet, SATURDAY, "pain_average").setFocus()
    keys.type("3")
    keys.save()
    assert stored(session, FRIDAY) is None
    assert stored(session, SATURDAY).values == {PAIN: D(3)}
    assert sheet.isVisible()
    assert field(sheet, FRIDAY, "pain_average").text() == "12"
    assert not field(sheet, SATURDAY, "pain_average").isEnabled()
    says = [view._says.text() for view in sheet.columns]
    assert says == ["Allowed: 0 to 10.", "Stored", ""]
    field(sheet, FRIDAY, "pain_average").setFocus()
    keys.press(Qt.Key.Key_Backspace)
    keys.save()
    assert stored(session, FRIDAY).values == {PAIN: D(1)}
    assert not sheet.isVisible()


def test_that_a_day_taken_by_somebody_else_says_why_and_keeps_its_typing(
    sheet, keys, session, clock
):
    say_who(keys)
    keys.type("2")
    record(session, clock, FRIDAY, {PAIN: 4})
    keys.save()
    assert stored(session, FRIDAY).values == {PAIN: D(4)}
    assert "already has a check-in" in sheet.columns[0]._says.text()
    assert field(sheet, FRIDAY, "pain_average").text() == "2"


def test_that_a_day_ticked_as_missed_is_declared_missed(sheet, keys, session):
    sheet.findChild(QCheckBox, "several_days.2026-11-21.missed").setFocus()
    keys.type(" ")
    keys.save()
    assert stored(session, SATURDAY).missed
    assert stored(session, FRIDAY) is None


def test_that_a_jump_is_asked_about_once(sheet, keys, session):
    say_who(keys)
    keys.type("9")
    keys.save()
    assert stored(session, FRIDAY) is None
    assert "Fri 20 · day 5" in sheet.banner.accessibleName()
    keys.save()
    assert stored(session, FRIDAY).values == {PAIN: D(9)}


def test_that_typing_survives_closing_and_stands_in_the_single_form(sheet, keys, session, pane):
    say_who(keys)
    keys.type("2")
    keys.press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert [draft.key for draft in drafts(session)] == [pane.form.draft_key]
    assert pane.form.day == FRIDAY
    assert pane.form.values == {PAIN: D(2)}
    assert stored(session, FRIDAY) is None


def test_that_the_latest_day_opens_in_the_full_form_with_its_typing(sheet, keys, pane):
    field(sheet, SUNDAY, "pain_average").setFocus()
    keys.type("2")
    full = [view.full.isVisible() for view in sheet.columns]
    assert full == [False, False, True]
    sheet.columns[2].full.click()
    assert pane.form.day == SUNDAY
    assert pane.form.values == {PAIN: D(2)}
    assert pane.form.asks_safety


def test_that_one_open_day_offers_no_sheet(pane, review, session, clock):
    for day in (FRIDAY, SATURDAY):
        record(session, clock, day, {PAIN: 3})
    pane.open_trial(review(), due_days=(SUNDAY,))
    assert not pane.findChild(QPushButton, "check_in.together").isVisible()
    pane.open_several_days()
    assert pane.findChild(SeveralDays) is None
    assert QApplication.activeModalWidget() is None
