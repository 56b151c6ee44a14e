"""The import assistant and the list of imports, on a made-up file."""

import tempfile
from pathlib import Path

from scs_trial.ui.importing.dialog import ImportDialog
from scs_trial.ui.importing.imports_dialog import ImportsDialog
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import make_session
from tests.ui.importing.test_import_dialog import ANSWERS, FILE


def step(row, answers=ANSWERS):
    folder = Path(tempfile.mkdtemp())
    path = folder / "pain app.csv"
    path.write_text(FILE, encoding="utf-8")
    dialog = ImportDialog(make_session(folder), path, runner=ImmediateRunner())
    for question, answer in answers.items():
        dialog._reading.answer(question, answer)
    dialog.show()
    dialog.view.steps.setCurrentRow(row)
    return dialog


def imported():
    dialog = step(4)
    dialog.view.check.skip.setChecked(True)
    dialog.view.run.click()
    return dialog


def listed():
    dialog = imported()
    return ImportsDialog(dialog._session, runner=ImmediateRunner())


SHOTS = {
    "import_reading": lambda: step(0),
    "import_columns": lambda: step(1, {}),
    "import_meaning": lambda: step(2, {"role:Pain (0-10)": "pain_average"}),
    "import_whom": lambda: step(3),
    "import_check": lambda: step(4),
    "import_done": imported,
    "imports": listed,
}
