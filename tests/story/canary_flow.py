"""A day of work in a process of its own, with marked texts in every field.

``python -m tests.story.canary_flow FOLDER``: makes a record in FOLDER, fills it, opens it in the
window by password, types a half-finished check-in, searches, previews and exports the page through
the file box, runs into defects that carry marked texts, says ``ready``, and closes the window once
``FOLDER/close`` exists.
"""

import hashlib
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

from scs_trial import app as program
from scs_trial.clock import SystemClock
from scs_trial.record_door import RecordDoor
from scs_trial.services.door import FirstAccount
from scs_trial.services.register_patient import find_patients
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.prompts import QuestionBox
from scs_trial.ui.tasks import ThreadRunner
from tests.records import PASSWORD
from tests.story.full_record import fill
from tests.story.station import find, say, until, watch
from tests.ui.check_in.typist import Typist, focus_name

MARK = "zanary"
"""Begins every marked text; ASCII without case, so that one search finds all of them."""


def marked(kind):
    """Return the marked text of a kind of field."""
    return MARK + hashlib.sha256(kind.encode()).hexdigest()[:10]


def main(folder):
    watch()
    door = RecordDoor(SystemClock(), given=folder / "record" / "clinic.scs")
    first = FirstAccount(user_name="anna", display_name="Anna", password=PASSWORD)
    made = door.create(door.last_path(), first, zone="UTC")
    kinds = set()
    fill(made.session, lambda kind: kinds.add(kind) or marked(kind))
    say("kinds", len(kinds))
    door.close()
    program.run(partial(log_in, door=door, folder=folder))
    door.close()


def log_in(window, *, door, folder):
    program.fill_first_screen(window, door=door)

    def type_password():
        QTest.keyClicks(find("log_in.password", QLineEdit), PASSWORD + "\r")
        until(lambda: find("today.list") is not None, partial(work, window, folder))

    until(lambda: find("log_in.password") is not None, type_password)


def work(window, folder):
    desk = window.findChild(ClinicDesk)
    (ended, open_one, begun) = hits(desk)
    for hit in (ended, open_one, begun):
        desk.open_patient(hit.patient.id, trial_id=hit.trial_id)
    desk.area.show_page("patients")
    QTest.keyClicks(find("patients.search"), marked("name"))
    desk.area.show_page("today")
    window.commands.action("edit.find").trigger()
    QTest.keyClicks(find("search.field"), marked("name"))
    find("search").close()
    window.commands.action("patient.baseline").trigger()
    until(lambda: focus_name().startswith("check_in"), partial(type_note, window, desk, folder))


def hits(desk):
    found = find_patients(desk._session, marked("name"))
    return sorted(found, key=lambda hit: hit.patient.mrn)


def type_note(window, desk, folder):
    Typist().type("\n")
    QTest.keyClicks(find("check_in.note"), marked("typed note"))
    desk.keep_drafts()
    desk.open_patient(hits(desk)[0].patient.id)
    window.commands.action("reports.page").trigger()
    ready = lambda: find("page.export") is not None and find("page.export").isEnabled()  # noqa: E731
    until(ready, partial(export, window, desk, folder))


def export(window, desk, folder):
    find("page.export", QPushButton).click()

    def choose():
        box = find("file_choice", QFileDialog)
        box.setDirectory(str(folder / "out" / marked("folder name")))
        box.selectFile(marked("file name") + ".pdf")
        box.accept()
        until(lambda: any((folder / "out").rglob("*.pdf")), partial(fail, window, desk, folder))

    until(lambda: find("file_choice", QFileDialog) is not None, choose)


def fail(window, desk, folder):
    find("page", QDialog).close()
    QTimer.singleShot(0, partial(broken, None))
    window.findChild(ThreadRunner).run_task(
        broken, on_done=say, on_error=said, title=marked("name")
    )
    until(lambda: len(window.findChildren(QuestionBox)) == 2, partial(finish, window, folder))


def broken(_progress):
    name, mrn = marked("name"), marked("mrn")
    raise RuntimeError(f"{name} {mrn}") from KeyError(name)


def said(error):
    (window,) = (w for w in QApplication.topLevelWidgets() if w.objectName() == "main_window")
    program.DialogPrompts(window).tell("Not done", str(error))


def finish(window, folder):
    for box in window.findChildren(QuestionBox):
        for label in box.findChildren(QWidget):
            assert MARK not in str(getattr(label, "text", str)() or "")
        box.accept()
    titles = [widget.windowTitle() for widget in QApplication.topLevelWidgets()]
    say("titles", *titles)
    say("ready")
    until((folder / "close").exists, window.close)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os.write(1, b"closed\n")
