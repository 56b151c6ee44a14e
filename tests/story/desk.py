"""The window of an open record, as the program puts it together."""

from PySide6.QtWidgets import QLabel

from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import DialogPrompts
from scs_trial.ui.tasks import ImmediateRunner


def desk_on(qtbot, session, *, prompts=None, size=(1440, 900)):
    """Show the window on a session; the caller stops the desk."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(*size)
    desk = ClinicDesk(
        window,
        session,
        prompts=prompts or DialogPrompts(window),
        runner=ImmediateRunner(),
        record_text="Encrypted file · clinic.scs",
        record_path="clinic.scs",
    )
    desk.start()
    window.show()
    qtbot.waitExposed(window)
    return window, desk


def visible_texts(widget):
    """Return the text of every label in sight."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
