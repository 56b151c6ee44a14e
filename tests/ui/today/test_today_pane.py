"""The start page through keys and clicks."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView

from scs_trial.domain.patient import Patient
from scs_trial.services.today import DayMark, Section, TodayList, TodayRow
from scs_trial.ui.today.today_model import Heading, TodayModel, TodayRole
from scs_trial.ui.today.today_pane import TodayPane


def row(section: Section, name: str, **more) -> TodayRow:
    patient = Patient(id=uuid4(), name=name, mrn="104")
    return TodayRow(section=section, patient=patient, trial_id=uuid4(), **more)


GRACE = row(
    Section.DUE,
    "Okafor, Grace",
    badge="Day 5 due",
    badge_role="warning",
    detail="MRN 104 · day 6 of 7",
    marks=(DayMark.RECORDED, DayMark.MISSED, DayMark.OVERDUE, DayMark.OPEN),
    figure="51 %",
)
PER = row(Section.DUE, "Lindqvist, Per")
ELEANOR = row(Section.OVERDUE, "Marsh, Eleanor")
CARLO = row(Section.DONE, "<b>Rossi</b>, Carlo")
TODAY = TodayList(today=date(2026, 11, 21), rows=(CARLO, ELEANOR, GRACE, PER), running_trials=4)


def filled(qtbot) -> TodayPane:
    pane = TodayPane()
    qtbot.addWidget(pane)
    pane.resize(300, 600)
    pane.show_list(TODAY)
    pane.show()
    return pane


def test_that_sections_stand_in_the_order_of_the_page_whatever_the_order_of_rows(qtmodeltester):
    model = TodayModel()
    qtmodeltester.check(model)
    model.set_list(TODAY)
    shown = [model.index(n).data() for n in range(model.rowCount())]
    assert shown == [
        "Check-in due",
        "Okafor, Grace",
        "Lindqvist, Per",
        "Overdue",
        "Marsh, Eleanor",
        "Checked in today",
        "<b>Rossi</b>, Carlo",
    ]


def test_that_a_heading_counts_its_rows_and_cant_be_chosen():
    model = TodayModel()
    model.set_list(TODAY)
    heading = model.index(0)
    assert heading.data(TodayRole.ENTRY) == Heading(
        section=Section.DUE, title="Check-in due", count=2
    )
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable


def test_that_a_screen_reader_hears_name_state_day_and_figure():
    model = TodayModel()
    model.set_list(TODAY)
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Okafor, Grace, Day 5 due, MRN 104 · day 6 of 7, 51 %"


def test_that_arrow_and_enter_open_a_patient(qtbot):
    pane = filled(qtbot)
    pane.focus_list()
    view = pane.findChild(QListView, "today.list")
    with qtbot.waitSignal(pane.row_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Down)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [PER]


def test_that_a_click_opens_a_patient(qtbot):
    pane = filled(qtbot)
    view = pane.findChild(QListView, "today.list")
    where = view.visualRect(view.model().index(4)).center()
    with qtbot.waitSignal(pane.row_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == [ELEANOR]


def test_that_the_chosen_patient_stays_chosen_when_the_list_changes(qtbot):
    pane = filled(qtbot)
    pane.mark_patient(ELEANOR.patient.id)
    pane.show_list(TodayList(today=TODAY.today, rows=(ELEANOR, CARLO), running_trials=2))
    view = pane.findChild(QListView, "today.list")
    assert view.currentIndex().data(TodayRole.PATIENT_ID) == ELEANOR.patient.id


def test_that_save_and_next_goes_through_everybody_who_is_due_and_then_stops(qtbot):
    pane = filled(qtbot)
    assert pane.next_to_call(GRACE.patient.id) == PER
    assert pane.next_to_call(None) == GRACE
    only_done = TodayList(today=TODAY.today, rows=(CARLO,), running_trials=1)
    pane.show_list(only_done)
    assert pane.next_to_call(None) is None


def test_that_an_empty_clinic_is_told_what_to_do_next(qtbot):
    pane = filled(qtbot)
    pane.show_list(TodayList(today=TODAY.today, rows=(), running_trials=0))
    button = pane.findChild(object, "today.empty").button
    assert button.isVisible()
    with qtbot.waitSignal(pane.new_trial_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_typing_into_the_box_above_the_list_opens_the_search(qtbot):
    pane = filled(qtbot)
    box = pane.findChild(QLineEdit, "today.search")
    with qtbot.waitSignal(pane.search_requested):
        qtbot.keyClick(box, Qt.Key.Key_O)


def test_that_the_days_to_ask_about_are_known_by_trial_however_a_patient_is_opened(qtbot):
    days = (date(2026, 11, 19), date(2026, 11, 20))
    due = row(Section.OVERDUE, "Marsh, Eleanor", due_days=days)
    pane = TodayPane()
    qtbot.addWidget(pane)
    pane.show_list(TodayList(today=TODAY.today, rows=(due, CARLO), running_trials=2))
    assert pane.due_days(due.trial_id) == days
    assert pane.due_days(CARLO.trial_id) == ()
    assert pane.due_days(None) == ()


def test_that_days_follow_the_locale_and_the_mrn_stays_as_typed(any_locale):
    typed = row(
        Section.OVERDUE,
        "Sun, Mai",
        badge="Last day Wed",
        detail="MRN 104 · ended 12 Dec",
        call="call back Wed 15:00",
    )
    typed = replace(typed, patient=replace(typed.patient, mrn="3 Dec"))
    typed = replace(typed, detail="MRN 3 Dec · ended 12 Dec")
    model = TodayModel()
    model.set_list(replace(TODAY, rows=(typed,)))
    shown = model.entry(model.index(1))
    day, month = {"C": ("Wed", "Dec"), "de_DE": ("Mi", "Dez"), "fr_FR": ("mer.", "déc.")}[
        any_locale
    ]
    said = [
        text.replace("Mi.", "Mi").replace("Dez.", "Dez") for text in (shown.badge, shown.detail)
    ]
    assert said == [f"Last day {day}", f"MRN 3 Dec · ended 12 {month}"]
    assert shown.patient.name == "Sun, Mai"
