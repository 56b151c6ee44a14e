"""Program changes and opioids typed through, against a real encrypted record."""

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.manage_trial import save_trial
from scs_trial.services.register_patient import save_patient
from scs_trial.services.review_trial import open_workspace
from scs_trial.ui.ledgers.medication import medication_dialog
from scs_trial.ui.ledgers.program import program_dialog
from tests.records import make_session


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path)


@pytest.fixture
def trial(session):
    patient = save_patient(session, Patient(id=uuid4(), name="Okafor, Grace", mrn="104882"))
    return save_trial(
        session,
        Trial(
            id=uuid4(),
            patient_id=patient.id,
            trial_start=date(2026, 3, 4),
            target_region="low back",
        ),
    )


def review_of(session, trial):
    return open_workspace(session, trial.patient_id, trial_id=trial.id).review


def retype(qtbot, dialog, name, text):
    field = dialog.findChild(QLineEdit, name)
    field.clear()
    qtbot.keyClicks(field, text)


def test_that_a_program_change_is_on_record_with_its_units(qtbot, session, trial):
    dialog = program_dialog(session, trial.id)
    qtbot.addWidget(dialog)
    dialog.open()
    retype(qtbot, dialog, "program.time", "08:15")
    retype(qtbot, dialog, "program.name", "P2 burst")
    retype(qtbot, dialog, "program.amplitude", "1,1")
    retype(qtbot, dialog, "program.frequency_hz", "40")
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog.findChild(QPushButton, "program.save"), Qt.Key.Key_Space)
    (change,) = review_of(session, trial).programs
    assert change.name == "P2 burst"
    assert change.from_when == datetime(2026, 3, 10, 8, 15)  # noqa: DTZ001  (clinic-local)
    assert (change.amplitude, change.amplitude_unit) == (Decimal("1.1"), "mA")
    assert change.frequency_hz == Decimal(40)
    assert change.pulse_width_us is None


@pytest.mark.parametrize(
    "fault",
    [
        ("amplitude", "strong", "Enter a number from 0 to 100."),
        ("amplitude", "-1", "Enter a number from 0 to 100."),
        ("frequency_hz", "20001", "Enter a number from 0 to 20000."),
        ("time", "9.30", "Enter a time such as 09:30."),
    ],
)
def test_that_a_faulty_setting_is_said_beside_its_field(qtbot, session, trial, fault):
    field, text, said = fault
    dialog = program_dialog(session, trial.id)
    qtbot.addWidget(dialog)
    dialog.open()
    retype(qtbot, dialog, "program.name", "P1")
    retype(qtbot, dialog, f"program.{field}", text)
    with qtbot.assertNotEmitted(dialog.saved):
        qtbot.keyClick(dialog.findChild(QPushButton, "program.save"), Qt.Key.Key_Space)
    assert dialog.findChild(QLabel, f"program.{field}.problem").text() == said
    assert review_of(session, trial).programs == ()


def test_that_an_opioid_is_on_the_list_from_its_day(qtbot, session, trial):
    dialog = medication_dialog(session, trial.id)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.form.editor("drug").choose("oxycodone")
    retype(qtbot, dialog, "medication.amount", "20")
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog.findChild(QPushButton, "medication.save"), Qt.Key.Key_Space)
    (entry,) = review_of(session, trial).medication
    assert (entry.drug, entry.amount, entry.unit) == ("oxycodone", Decimal(20), "mg")
    assert entry.from_day == date(2026, 3, 10)
    assert entry.to_day is None
