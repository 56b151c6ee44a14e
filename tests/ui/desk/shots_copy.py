"""The window on a copy for reading of the demo clinic."""

import atexit
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from scs_trial.clock import FixedClock
from scs_trial.copy_door import open_session
from scs_trial.data.options import Options
from scs_trial.safekeeper import FileSafekeeper
from scs_trial.services.door import DEMO_PASSWORD
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.desk.copy_desk import CopyDesk
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import DialogPrompts
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import CHEAP
from tests.ui.demo_clinic import MORNING, demo_session, patient_of


@cache
def copy_session():
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    demo = demo_session()
    keeper = FileSafekeeper(records=demo.records, account=demo.account, clock=demo.clock)
    keeper.write_snapshot(Path(folder.name), at=MORNING)
    clock = FixedClock(MORNING + timedelta(minutes=12))
    pointer = Path(folder.name) / "clinic-snapshot.json"
    options = Options(clock=clock, cost=CHEAP, workstation="room 2")
    session, _ = open_session(pointer, demo.account.user_name, DEMO_PASSWORD, options)
    atexit.register(session.records.close)
    return session


def copy(name, days=0):
    session = copy_session()
    window = MainWindow()
    desk = ClinicDesk(
        window,
        session,
        prompts=DialogPrompts(window),
        runner=ImmediateRunner(),
        record_text="Copy for reading · clinic-snapshot.json",
        record_path="clinic-snapshot.json",
    )
    desk.start()
    clock = FixedClock(session.clock.now() + timedelta(days=days))
    follower = CopyDesk(
        window, session.copy, clock=clock, zone=session.zone(), runner=ImmediateRunner()
    )
    follower.start()
    window.closing.connect(follower.stop)
    window.resize(1440, 900)
    window.show()
    if name:
        desk.open_patient(patient_of(name, replace(session)).patient.id)
    window.keep = (desk, follower)
    return window


SHOTS = {
    "copy_today": partial(copy, ""),
    "copy_patient": partial(copy, "Sample, Sally"),
    "copy_emergency": partial(copy, "Sample, Sarah", days=2),
}
