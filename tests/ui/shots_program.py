"""The whole window on the demo clinic: every page, ten patients, every dialog."""

from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QPushButton, QWidget

from scs_trial.domain.measures import Series
from scs_trial.services.door import AccountName
from scs_trial.ui.door.first_start_page import FirstStartPage
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.main_window import MainWindow
from tests.ui.check_in.typist import Typist
from tests.ui.crowded_clinic import LONG, crowded_session
from tests.ui.demo_clinic import desk_on, patient_of

PATIENTS = {
    "due": "Sample, Sally",
    "overdue": "Madeup, Marsha",
    "settled": "Placeholder, Pat",
    "on_the_line": "Halfway, Hanna",
    "rebound": "Seesaw, Stan",
    "weekend": "Weekender, Wilma",
    "ended_for_safety": "Redspot, Rita",
    "region_conflict": "Twoways, Tessa",
    "no_baseline": "Startless, Stella",
    "decided": "Ficticio, Fernando",
    "awaiting_decision": "Exampleson, Thi",
    "emergency": "Sample, Sarah",
    "half_set_up": "Upcoming, Uma",
}
PAIN = Series("pain_average")
RECORD = Path("/home/clinic/records/clinic.scs")


def shown(window):
    """Show a window now, so that the focus is where a person has it."""
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    return window


def today():
    window, _desk = desk_on()
    return window


def opened(name):
    """Open a patient; what is due is asked as from the start page."""
    window, desk = desk_on()
    window.resize(1440, 900)
    shown(window)
    hit = patient_of(name)
    desk.open_patient(hit.patient.id, trial_id=hit.trial_id)
    window.keep_desk = desk
    return window


def typing(keys):
    window = opened("Sample, Sally")
    window.keep_desk.check_in.take_focus()
    Typist().type(keys)
    return window


def correction():
    window = opened("Sample, Sally")
    desk = window.keep_desk
    review = desk.workspace.shown.review
    entry = [c for c in review.check_ins if not c.missed][-1]
    desk.workspace.cell_edited.emit(PAIN, entry.day, "")
    return window


def page(command):
    window, _desk = desk_on()
    window.commands.action(command).trigger()
    return window


def dialog(command, name=None, *, press="", row=0):
    """Open a dialog by its command, and return it."""
    window = opened(name) if name else shown(desk_on()[0])
    window.commands.action(command).trigger()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    made = found[-1]
    made.keep_window = window
    steps = next(iter(made.findChildren(QListWidget)), None)
    if row and steps is not None:
        steps.setCurrentRow(row)
    if press:
        made.findChild(QPushButton, press).click()
    return made


def search(text):
    window, _desk = desk_on()
    shown(window)
    window.commands.action("edit.find").trigger()
    panel = window.findChild(QWidget, "search")
    QTest.keyClicks(panel.findChild(QWidget, "search.field"), text)
    panel.keep_window = window
    return panel


def first_start(step):
    window = MainWindow()
    start = FirstStartPage(RECORD)
    window.show_door(start)
    if step == "account":
        start.findChild(QPushButton, "first_start.create").click()
    elif step == "key":
        start.show_recovery_key([f"{n:05d}" for n in range(11111, 99999, 11111)])
    return window


def log_in(error="", *, locked=False):
    window = MainWindow()
    start = LogInPage()
    if locked:
        start.hide_other_ways()
    window.show_door(start)
    start.show_record(RECORD, (AccountName(user_name="anna", display_name="Alvarez, Anna"),))
    if error:
        start.show_error(error)
    return window


def crowded():
    """Open the worst case: a long name, three regions, 28 days, all measures, an emergency."""
    session = crowded_session()
    window, desk = desk_on(session)
    window.resize(1440, 900)
    shown(window)
    desk.open_patient(patient_of(LONG[:8], session).patient.id)
    desk.workspace.view.course.every_region.setChecked(True)
    window.keep_desk = desk
    return window


def crowded_dialog(command):
    window = crowded()
    window.commands.action(command).trigger()
    made = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    made[-1].keep_window = window
    return made[-1]


SHOTS = {
    "crowded": crowded,
    "crowded_end": partial(crowded_dialog, "patient.end"),
    "crowded_safety": partial(crowded_dialog, "patient.safety"),
    "crowded_set_up": partial(crowded_dialog, "patient.set_up"),
    "crowded_merge": partial(crowded_dialog, "patient.merge"),
    "crowded_page": partial(crowded_dialog, "reports.page"),
    "crowded_also": partial(crowded_dialog, "patient.also"),
    "program_today": today,
    "program_patients": partial(page, "view.patients"),
    "program_criteria": partial(page, "view.criteria"),
    "program_search": partial(search, "sam"),
    "program_search_command": partial(search, "saf"),
    "door_first_start": partial(first_start, ""),
    "door_account": partial(first_start, "account"),
    "door_key": partial(first_start, "key"),
    "door_log_in": log_in,
    "door_locked": partial(log_in, locked=True),
    "door_log_in_refused": partial(log_in, "The password is wrong."),
    "check_in_typing": partial(typing, "\n250"),
    "check_in_safety": partial(typing, "\n250735\n7\n30\np1\n"),
    "check_in_correction": correction,
    "check_in_late": partial(opened, "Weekender, Wilma"),
    "dialog_safety": partial(dialog, "patient.safety", "Sample, Sally"),
    "dialog_program": partial(dialog, "patient.program", "Sample, Sally"),
    "dialog_medication": partial(dialog, "patient.medication", "Sample, Sally"),
    "dialog_end": partial(dialog, "patient.end", "Sample, Sally"),
    "dialog_end_problem": partial(dialog, "patient.end", "Sample, Sally", press="end.save"),
    "dialog_decision": partial(dialog, "patient.decision", "Exampleson, Thi"),
    "dialog_follow_up": partial(dialog, "patient.decision", "Ficticio, Fernando"),
    "dialog_page": partial(dialog, "reports.page", "Ficticio, Fernando"),
    "dialog_also": partial(dialog, "patient.also", "Sample, Sally"),
    "dialog_merge": partial(dialog, "patient.merge", "Sample, Sally"),
    "dialog_help": partial(dialog, "help.page"),
    "dialog_keys": partial(dialog, "help.keys"),
    "dialog_about": partial(dialog, "help.about"),
    "dialog_new_trial_problem": partial(dialog, "patient.new", press="new_trial.save"),
}
SHOTS |= {f"patient_{key}": partial(opened, name) for key, name in PATIENTS.items()}
SHOTS |= {f"dialog_new_trial_{n}": partial(dialog, "patient.new", row=n) for n in range(5)}
SHOTS |= {f"dialog_settings_{n}": partial(dialog, "view.settings", row=n) for n in range(5)}
