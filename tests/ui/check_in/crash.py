"""A program of its own that types into the check-in, says so, and waits to be killed.

``python -m tests.ui.check_in.crash FOLDER KEYS PAUSE``: PAUSE milliseconds after the last key the
word "typed" is written to standard output.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from scs_trial.clock import FixedClock
from scs_trial.services.review_trial import reload_workspace
from scs_trial.ui.check_in.pane import CheckInPane
from scs_trial.ui.theme import Theme
from tests.ui.check_in.conftest import SATURDAY_MORNING, build
from tests.ui.check_in.make import PATIENT, TRIAL
from tests.ui.check_in.typist import Typist
from tests.ui.scripted import ScriptedPrompts


def main(folder, typed, pause):
    app = QApplication([])
    Theme(app)
    session = build(Path(folder), FixedClock(SATURDAY_MORNING))
    pane = CheckInPane(session, prompts=ScriptedPrompts())
    pane.resize(320, 780)
    pane.show()
    pane.activateWindow()

    def type_it():
        pane.open_trial(reload_workspace(session, PATIENT.id, trial_id=TRIAL.id).review)
        pane.take_focus()
        Typist().type(typed)
        QTimer.singleShot(int(pause), say)

    def say():
        os.write(1, b"typed\n")

    QTimer.singleShot(50, type_it)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
