"""The import assistant by keys and clicks, on a made-up file and a real encrypted record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
)

from scs_trial.domain.diary import Phase
from scs_trial.errors import UserError
from scs_trial.services.import_profiles import import_profiles
from scs_trial.ui.importing.dialog import ImportDialog
from scs_trial.ui.importing.imports_dialog import ImportsDialog
from scs_trial.ui.tasks import ImmediateRunner, Task, ThreadRunner
from scs_trial.ui.widgets import DateField
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from tests.records import make_session
from tests.services.importing import stored_days
from tests.ui.scripted import ScriptedPrompts
from tests.ui.test_every_window import nameless

FILE = """Date;Pain (0-10);Steps;Remark
2026-03-01;7;3.200;
2026-03-02;6,5;3.400;slept badly
2026-03-05;3;5.100;
2026-03-05;4;5.300;
2026-03-06;2;6.000;
2026-03-07;12;6.100;typo
"""
ANSWERS = {
    "role:Pain (0-10)": "pain_average",
    "scale:Pain (0-10)": "nrs_0_10",
    "scale:Steps": "as_recorded",
    "patient": "A 17",
    "trial_start": "2026-03-04",
    "several": "mean",
}
START = date(2026, 3, 4)
MRN = "A 17"


class Clinic:
    """What the helpers of the services' tests need."""

    def __init__(self, session):
        self.session = session


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path)


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "app.csv"
    made.write_text(FILE, encoding="utf-8")
    return made


def opened(qtbot, session, path, *answers, runner=None):
    prompts = ScriptedPrompts(*answers)
    dialog = ImportDialog(session, path, runner=runner or ImmediateRunner(), prompts=prompts)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def said(dialog, name="import.banner"):
    return dialog.findChild(Banner, name).accessibleName()


def press(qtbot, dialog, name):
    button = dialog.findChild(QPushButton, name)
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def choose(qtbot, dialog, question, value):
    button = dialog.findChild(QRadioButton, f"import.question.{question}.answer.{value}")
    qtbot.keyClick(button, Qt.Key.Key_Space)


def write(qtbot, dialog, question, text):
    line = dialog.findChild(QLineEdit, f"import.question.{question}.answer")
    line.setFocus()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def steps(dialog):
    rail = dialog.view.steps
    return [rail.item(row).text().split()[0] for row in range(rail.count())]


def answer_all(qtbot, dialog):
    """Answer every question as a nurse would who knows the file."""
    choose(qtbot, dialog, "role:Pain (0-10)", "pain_average")
    choose(qtbot, dialog, "scale:Pain (0-10)", "nrs_0_10")
    choose(qtbot, dialog, "scale:Steps", "as_recorded")
    write(qtbot, dialog, "patient", MRN)
    field = dialog.findChild(DateField, "import.question.trial_start.answer")
    field.set_value(START)
    choose(qtbot, dialog, "several", "mean")


def to_check(qtbot, dialog):
    answer_all(qtbot, dialog)
    assert dialog._reading.made.open_questions == ()
    for _ in range(4):
        press(qtbot, dialog, "import.next")


def test_that_the_file_is_shown_as_it_is_understood(qtbot, session, path):
    dialog = opened(qtbot, session, path)
    table = dialog.findChild(QTableView, "import.preview")
    texts = [
        str(table.model().index(row, column).data())
        for row in range(table.model().rowCount())
        for column in range(table.model().columnCount())
    ]
    assert "6,5 → 6.5" in texts
    assert "3.200 → 3200" in texts
    assert steps(dialog)[1] == "1?"
    assert steps(dialog)[-1] == "·"
    dialog.reject()


def test_that_an_open_question_keeps_the_import_away(qtbot, session, path):
    dialog = opened(qtbot, session, path)
    dialog.view.steps.setCurrentRow(4)
    assert "open questions: 1" in said(dialog)
    assert dialog.view.stack.currentIndex() == 1
    dialog.reject()


def test_that_a_file_comes_in_and_goes_out_again(qtbot, session, path):
    dialog = opened(qtbot, session, path, "wrong patient")
    to_check(qtbot, dialog)
    whom = dialog.findChild(QLabel, "import.whom").text()
    assert whom == f"{MRN}: not in the record, a new patient"
    run = dialog.findChild(QPushButton, "import.run")
    assert not run.isEnabled()
    faults = dialog.findChild(QTableView, "import.faults").model()
    assert [faults.index(0, column).data() for column in range(3)] == ["7", "Pain (0-10)", "12"]
    qtbot.keyClick(dialog.findChild(QCheckBox, "import.skip"), Qt.Key.Key_Space)
    qtbot.keyClicks(dialog.findChild(QLineEdit, "import.profile"), "Pain app")
    with qtbot.waitSignal(dialog.record_changed):
        press(qtbot, dialog, "import.run")
    assert "Nothing is written" not in dialog.findChild(QLabel, "import.summary").text()
    assert said(dialog).startswith("Imported: 1 new patient, 1 new trial, 4 new days")
    held = stored_days(Clinic(session), MRN, START)
    pain = {
        day: {str(series): value for series, value in one.values.items()}["pain_average"]
        for (day, _), one in held.items()
    }
    assert pain == {
        date(2026, 3, 1): Decimal(7),
        date(2026, 3, 2): Decimal("6.5"),
        date(2026, 3, 5): Decimal("3.5"),
        date(2026, 3, 6): Decimal(2),
    }
    assert {phase for day, phase in held if day < START} == {Phase.BASELINE}
    assert [one.name for one in import_profiles(session)] == ["Pain app"]
    press(qtbot, dialog, "import.undo")
    assert "taken back" in said(dialog)
    with session.reading() as work:
        patient = work.patients.by_mrn(MRN)
        live = () if patient is None else work.trials.of_patient(patient.id)
    assert not live
    dialog.reject()


def test_that_a_known_kind_of_file_is_filled_in_and_the_scale_shown(qtbot, session, path):
    first = opened(qtbot, session, path)
    to_check(qtbot, first)
    qtbot.keyClick(first.findChild(QCheckBox, "import.skip"), Qt.Key.Key_Space)
    qtbot.keyClicks(first.findChild(QLineEdit, "import.profile"), "Pain app")
    press(qtbot, first, "import.run")
    first.reject()
    again = opened(qtbot, session, path)
    assert "A known kind of file: Pain app" in said(again)
    scale = next(one for one in again._reading.made.questions if one.id == "scale:Pain (0-10)")
    assert "Pain app" in scale.confirmed
    assert again._reading.made.open_questions[0].id == "patient"
    again.reject()


def test_that_a_role_is_changed_in_the_table_of_columns(qtbot, session, path):
    dialog = opened(qtbot, session, path)
    box = dialog.findChild(ChoiceBox, "import.column.Steps")
    box.setCurrentIndex(box.findData("ignore"))
    box.activated.emit(box.currentIndex())
    column = next(one for one in dialog._reading.made.columns if one.name == "Steps")
    assert column.target == "ignore"
    pain = dialog.findChild(ChoiceBox, "import.column.Pain (0-10)")
    pain.setCurrentIndex(pain.findData("pain_average"))
    pain.activated.emit(pain.currentIndex())
    region = dialog.findChild(QLineEdit, "import.region.Pain (0-10)")
    region.setText("left leg")
    region.editingFinished.emit()
    column = next(one for one in dialog._reading.made.columns if one.name == "Pain (0-10)")
    assert column.target == "pain_average[left leg]"
    dialog.reject()


def test_that_a_finding_is_overruled(qtbot, session, path):
    dialog = opened(qtbot, session, path)
    box = dialog.findChild(ChoiceBox, "import.finding.decimal.choice")
    box.choose(".")
    box.activated.emit(box.currentIndex())
    assert dialog._reading.made.options.decimal == "."
    assert dialog.findChild(ChoiceBox, "import.finding.decimal.choice").key() == "."
    dialog.reject()


def test_that_a_file_that_is_none_is_refused_in_words(qtbot, session, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("")
    dialog = opened(qtbot, session, path)
    assert said(dialog).startswith("The file is empty.")
    dialog.reject()


def test_that_every_widget_has_a_name_at_every_step(qtbot, session, path):
    dialog = opened(qtbot, session, path)
    assert nameless(dialog) == []
    to_check(qtbot, dialog)
    assert nameless(dialog) == []
    dialog.reject()


def test_that_it_works_in_the_background(qtbot, session, path):
    runner = ThreadRunner()
    dialog = opened(qtbot, session, path, runner=runner)
    qtbot.waitUntil(lambda: dialog._reading.made is not None)
    choose(qtbot, dialog, "role:Pain (0-10)", "pain_average")
    qtbot.waitUntil(lambda: steps(dialog)[2] != "·")
    dialog.reject()
    runner.shut_down()


def test_that_the_list_of_imports_tells_and_takes_back(qtbot, session, path):
    dialog = opened(qtbot, session, path)
    to_check(qtbot, dialog)
    qtbot.keyClick(dialog.findChild(QCheckBox, "import.skip"), Qt.Key.Key_Space)
    press(qtbot, dialog, "import.run")
    dialog.reject()
    listed = ImportsDialog(session, runner=ImmediateRunner(), prompts=ScriptedPrompts("mixed up"))
    qtbot.addWidget(listed)
    listed.open()
    assert nameless(listed) == []
    detail = listed.findChild(QPlainTextEdit, "imports.detail").toPlainText()
    assert "skipped: row 7, Pain (0-10)" in detail
    press(qtbot, listed, "imports.undo")
    assert "taken back" in said(listed, "imports.banner")
    table = listed.findChild(QAbstractItemView, "imports.table")
    assert table.model().index(0, 4).data() == "taken back"
    assert not listed.findChild(QPushButton, "imports.undo").isEnabled()
    listed.reject()


class HeldRunner(ImmediateRunner):
    """Runs at once, but for one task that waits until the test lets it go."""

    hold = False

    def run_task(self, fn, *, on_done, on_error, title=""):
        if not self.hold:
            return super().run_task(fn, on_done=on_done, on_error=on_error, title=title)
        self.hold = False
        task = Task(title, None, on_done=on_done, on_error=on_error)
        self.release = lambda: _end(fn, task, on_done, on_error)
        return task


def _end(fn, task, on_done, on_error):
    try:
        made = fn(task.progress)
    except UserError as error:
        on_error(error)
    else:
        on_done(made)


def test_that_a_cancelled_import_leaves_nothing_behind(qtbot, session, path):
    runner = HeldRunner()
    dialog = opened(qtbot, session, path, runner=runner)
    for question, answer in ANSWERS.items():
        dialog._reading.answer(question, answer)
    dialog.view.steps.setCurrentRow(4)
    dialog.view.check.skip.setChecked(True)
    runner.hold = True
    press(qtbot, dialog, "import.run")
    press(qtbot, dialog, "import.cancel")
    runner.release()
    with session.reading() as work:
        assert work.patients.by_mrn(MRN) is None
        assert tuple(work.imports.all()) == ()
    assert not said(dialog).startswith("Imported")
    assert dialog.findChild(QPushButton, "import.run").isEnabled()
    press(qtbot, dialog, "import.run")
    assert said(dialog).startswith("Imported")
    dialog.reject()
