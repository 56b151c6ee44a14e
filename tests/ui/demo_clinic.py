"""The whole program on the demo clinic of one fixed morning, for pictures and for reading through.

The clinic is made once in a process; a window of its own is made for each picture.
"""

import atexit
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from scs_trial.clock import FixedClock
from scs_trial.demo.build import build_demo
from scs_trial.services.keep_draft import discard_draft, drafts
from scs_trial.services.register_patient import find_patients
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import DialogPrompts
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import CHEAP

MORNING = datetime(2026, 3, 18, 9, 41, tzinfo=UTC)
"""A Wednesday; no day of the demo depends on it."""


@cache
def demo_session():
    """Open the demo clinic; it is closed when the process ends."""
    folder = tempfile.TemporaryDirectory()
    session = build_demo(Path(folder.name) / "clinic.scs", clock=FixedClock(MORNING), cost=CHEAP)
    atexit.register(folder.cleanup)
    atexit.register(session.records.close)
    return session


def desk_on(session=None):
    """Return a window at work, with nothing half typed; the desk stops when the window closes."""
    session = session or demo_session()
    for draft in drafts(session):
        discard_draft(session, draft.key)
    return desk_of(session)


def desk_of(session):
    """Return a window at work as the record stands."""
    window = MainWindow()
    desk = ClinicDesk(
        window,
        session,
        prompts=DialogPrompts(window),
        runner=ImmediateRunner(),
        record_text="Encrypted file · clinic.scs",
        record_path="clinic.scs",
    )
    desk.start()
    return window, desk


def patient_of(name, session=None):
    """Return the patient of a name."""
    (hit, *_) = find_patients(session or demo_session(), name)
    return hit
