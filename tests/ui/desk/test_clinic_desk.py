"""The clinic at work, through keys, on a real encrypted record."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QWidget

from scs_trial.assemble import first_settings
from scs_trial.clock import FixedClock
from scs_trial.domain.clinic import Role
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.manage_trial import retract_trial, save_trial
from scs_trial.services.record_check_in import RecordCheckIn, record_check_in
from scs_trial.services.register_patient import save_patient
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.door.lock import Lock
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import DialogPrompts
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import PASSWORD, RECORD_NAME, make_session

PAIN = Series("pain_average")


class OwnDoor:
    """The door of a record that a test made."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open_path(self) -> Path:
        return self._path

    def has_pin(self) -> bool:
        return False

    def accounts(self, path: Path):
        from scs_trial.data.key_file import account_names

        return account_names(path)

    def note(self, event, *, why: str = "") -> None:
        pass

    def check_password(self, user_name: str, password: str) -> None:
        from scs_trial.data.way_in import check_password

        check_password(self._path, user_name, password)


def start_trial(session, name: str, mrn: str) -> Trial:
    patient = save_patient(session, Patient(id=uuid4(), name=name, mrn=mrn))
    trial = save_trial(
        session,
        Trial(
            id=uuid4(),
            patient_id=patient.id,
            trial_start=date(2026, 3, 8),
            target_region="low back",
            measures_asked=("pain_average", "pain_worst", "pain_least"),
        ),
    )
    for day in (5, 6, 7):
        record_check_in(
            session,
            RecordCheckIn(
                id=uuid4(),
                trial_id=trial.id,
                day=date(2026, 3, day),
                phase=Phase.BASELINE,
                values={PAIN: Decimal(8)},
            ),
        )
    return trial


@pytest.fixture
def session(tmp_path):
    clock = FixedClock(datetime(2026, 3, 10, 8, 30, tzinfo=UTC))
    made = make_session(tmp_path, clock=clock, settings=first_settings("Europe/Berlin"))
    start_trial(made, "Okafor, Grace", "104882")
    start_trial(made, "Lindqvist, Per", "104901")
    return made


def desk_on(qtbot, session) -> tuple[MainWindow, ClinicDesk]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    desk = ClinicDesk(
        window,
        session,
        prompts=DialogPrompts(window),
        runner=ImmediateRunner(),
        record_text="Encrypted file · clinic.scs",
        record_path="clinic.scs",
    )
    desk.start()
    window.show()
    return window, desk


@pytest.fixture
def clinic(qtbot, session):
    window, desk = desk_on(qtbot, session)
    yield window, desk
    desk.stop()


def open_first(qtbot, window):
    view = window.findChild(QListView, "today.list")
    qtbot.keyClick(view, Qt.Key.Key_Return)


def texts(window) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_that_enter_on_the_first_row_opens_patient_and_check_in(qtbot, clinic):
    window, desk = clinic
    open_first(qtbot, window)
    shown = desk.workspace.shown
    assert shown is not None
    assert shown.patient.name in ("Okafor, Grace", "Lindqvist, Per")
    assert desk.check_in.isVisible()
    assert desk.check_in.form.day == date(2026, 3, 9)


def test_that_the_title_never_names_a_patient(qtbot, clinic):
    window, _desk = clinic
    open_first(qtbot, window)
    assert window.windowTitle() == "SCS Trial"


def test_that_typing_a_score_moves_verdict_and_saving_goes_to_the_next_patient(qtbot, clinic):
    window, desk = clinic
    open_first(qtbot, window)
    first = desk.workspace.shown.patient
    desk.check_in.take_focus()
    qtbot.keyClick(QWidget.keyboardGrabber() or window.focusWidget(), Qt.Key.Key_Return)
    editor = desk.check_in.findChild(QWidget, "check_in.pain_average")
    qtbot.keyClick(editor, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: "50.0 %" in texts(desk.workspace), timeout=2000)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.workspace.shown.patient.id != first.id, timeout=3000)
    assert desk.check_in.form.day == date(2026, 3, 9)


def test_that_ctrl_k_finds_a_patient_and_then_a_command(qtbot, clinic):
    window, desk = clinic
    window.commands.action("edit.find").trigger()
    panel = window.findChild(QWidget, "search")
    field = panel.findChild(QLineEdit, "search.field")
    qtbot.keyClicks(field, "lindq")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.workspace.shown.patient.name == "Lindqvist, Per"
    window.commands.action("edit.find").trigger()
    field.clear()
    qtbot.keyClicks(field, "criter")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.area.current == "criteria"


def test_that_a_nurse_is_not_offered_what_the_service_refuses(qtbot, tmp_path):
    session = make_session(tmp_path, roles=[Role.NURSE], settings=first_settings("UTC"))
    window, desk = desk_on(qtbot, session)
    visible = {command.id for command in window.commands.available()}
    assert "view.accounts" not in visible
    assert "patient.new" in visible
    desk.stop()


def test_that_a_locked_window_shows_no_patient_until_the_password(qtbot, clinic, session, tmp_path):
    window, desk = clinic
    open_first(qtbot, window)
    name = desk.workspace.shown.patient.name
    assert name in texts(window)
    lock = Lock(
        window,
        OwnDoor(tmp_path / RECORD_NAME),
        runner=ImmediateRunner(),
        work_area=desk.area,
        account=session.account,
        clock=session.clock,
    )
    lock.lock()
    assert "Okafor" not in texts(window)
    assert "Lindqvist" not in texts(window)
    field = window.findChild(QLineEdit, "log_in.password")
    qtbot.keyClicks(field, "not the password")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not desk.area.isVisible()
    field.clear()
    qtbot.keyClicks(field, PASSWORD)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.area.isVisible()
    assert name in texts(window)


def test_that_half_typed_scores_are_kept_when_the_window_closes(qtbot, clinic, session):
    from scs_trial.services.keep_draft import drafts

    window, desk = clinic
    open_first(qtbot, window)
    desk.check_in.take_focus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(desk.check_in.findChild(QWidget, "check_in.pain_average"), Qt.Key.Key_4)
    window.close()
    assert any("check_in:" in draft.key for draft in drafts(session))


def test_that_a_retracted_trial_takes_its_check_in_form_with_it(qtbot, clinic, session):
    window, desk = clinic
    open_first(qtbot, window)
    trial = desk.check_in.form.subject.trial
    retract_trial(session, trial.id, reason="wrong patient")
    desk.reload()
    assert desk.check_in.form is None
    assert not desk.check_in.isVisible()
    assert desk.workspace.shown.review is None
