"""A workstation of its own that is made to be killed: the whole program, driven by keys.

``python -m tests.story.station FOLDER WHAT``: opens the record in FOLDER through the door with the
typed password, opens the first patient of the start page with Enter and the form with Ctrl+I.

``weakness``: answers "weakness" with yes and says ``answered``.
``notes``: types digits into the note for ever, saying each with the moment at which it was typed.
``late notes``: the same, with drafts that are kept five seconds late, as a planted fault.
"""

import os
import sys
import threading
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from scs_trial import app as program
from scs_trial.clock import FixedClock
from scs_trial.record_door import RecordDoor
from scs_trial.ui.check_in import draft_keeper
from tests.records import PASSWORD, RECORD_NAME
from tests.ui.check_in.conftest import SATURDAY_MORNING
from tests.ui.check_in.typist import Typist, focus_name

LONGEST_SECONDS = 60
STEP_MS = 20
BETWEEN_KEYS_MS = 40
LATE = "late notes"
LATE_MS = 5_000
TO_SAFETY = "\n2507" + "35\n7\n30\np1\n"


def watch(seconds=LONGEST_SECONDS):
    """End the process if it is stuck, so that no test waits for ever."""
    timer = threading.Timer(seconds, os._exit, [3])
    timer.daemon = True
    timer.start()


def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def until(ready, then):
    """Run ``then`` as soon as ``ready`` holds."""
    if ready():
        then()
    else:
        QTimer.singleShot(STEP_MS, partial(until, ready, then))


def find(name, kind=QWidget):
    """Return a visible widget by name."""
    for window in QApplication.topLevelWidgets():
        for widget in window.findChildren(kind, name):
            if widget.isVisible():
                return widget
    return None


def log_in():
    QTest.keyClicks(find("log_in.password", QLineEdit), PASSWORD + "\r")
    until(lambda: find("today.list") is not None, open_form)


def open_form():
    QTest.keyClicks(find("today.list"), "\r")
    (window,) = (w for w in QApplication.topLevelWidgets() if w.objectName() == "main_window")
    window.commands.action("patient.check_in").trigger()
    until(lambda: focus_name().startswith("check_in"), RUNS[sys.argv[2]])


def answer_weakness():
    Typist().type(TO_SAFETY + "y")
    say("answered")


def type_notes():
    Typist().type("\n")
    note = find("check_in.note")
    note.setFocus()
    type_on(note, 0)


def type_on(note, number):
    QTest.keyClicks(note, str(number % 10))
    say(number % 10, time.monotonic())
    QTimer.singleShot(BETWEEN_KEYS_MS, partial(type_on, note, number + 1))


RUNS = {"weakness": answer_weakness, "notes": type_notes, LATE: type_notes}


def fill(window, door):
    program.fill_first_screen(window, door=door)
    until(lambda: find("log_in.password") is not None, log_in)


def main(folder):
    watch()
    if sys.argv[2] == LATE:
        draft_keeper.DELAY_MS = LATE_MS
    door = RecordDoor(FixedClock(SATURDAY_MORNING), given=Path(folder) / RECORD_NAME)
    program.run(partial(fill, door=door))


if __name__ == "__main__":
    main(sys.argv[1])
