"""The end of the work, damage at work, and the ladder of repair, as a person sees them."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from scs_trial.ui.backup.check_desk import CheckDesk
from scs_trial.ui.backup.ending_page import EndingPage
from scs_trial.ui.door.repair_page import RepairPage
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner
from tests.ui.demo_clinic import demo_session, desk_on

STEPS = (
    "The record as it is was kept in the folder clinic-kept-20260318T094100Z.",
    "Building its indexes anew did not make it whole.",
    "Reading its rows into a new file made it whole, up to row 812 of the audit trail.",
)


def ending(state):
    window, page = MainWindow(), EndingPage()
    window.show_door(page)
    page.show_working("The window closes when the backup is made and checked.")
    if state == "skip":
        page.offer_skip()
    elif state == "failed":
        page.show_problem(
            "No backup was made: the disk is full. Free some space. The record and older backups"
            " are whole. Try again when that is put right. What was entered is saved in the record"
            " itself; only this computer holds it until a backup is made.",
            copies=True,
        )
    return window


def repair(state):
    window, page = MainWindow(), RepairPage()
    window.show_door(page)
    page.show_damage("The record is damaged and was left as it is; the password is right.")
    if state:
        page.show_working()
        for step in STEPS[: 2 if state == "working" else 3]:
            page.add_step(step)
    if state == "done":
        kept = Path("clinic-kept-20260318T094100Z")
        page.show_end(
            "The record is whole again",
            f"The record as it was is in the folder {kept} beside it. Log in to work with it, and"
            " look through the last entries.",
            again=False,
        )
    return window


def damage():
    from scs_trial.errors import DamagedError

    window, _desk = desk_on()
    checks = CheckDesk(window, demo_session(), runner=ImmediateRunner())
    checks._failed(DamagedError("The record is damaged and was left as it is."))
    assert checks.banner.findChild(QPushButton, "damage.repair")
    window.resize(1440, 900)
    return window


SHOTS = {
    "ending_working": partial(ending, ""),
    "ending_skip": partial(ending, "skip"),
    "ending_failed": partial(ending, "failed"),
    "repair_offered": partial(repair, ""),
    "repair_working": partial(repair, "working"),
    "repair_done": partial(repair, "done"),
    "damage_at_work": damage,
}
