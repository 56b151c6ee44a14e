import logging
import sys
import threading

import pytest
from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtWidgets import QPushButton

from scs_trial import app
from scs_trial.logging_setup import log_defect, set_up_log
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import QuestionBox
from scs_trial.ui.widgets import PlainLabel


def test_that_the_arguments_name_a_record_or_the_demo(tmp_path):
    arguments = app.parse_arguments([str(tmp_path / "a.scs")])
    assert arguments.record == tmp_path / "a.scs"
    assert app.parse_arguments(["--demo"]).demo
    with pytest.raises(SystemExit):
        app.parse_arguments(["--nonsense"])


@pytest.fixture
def hooked(qtbot):
    before = (sys.excepthook, threading.excepthook)
    handler = qInstallMessageHandler(None)
    qInstallMessageHandler(handler)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    app.install_hooks(window)
    yield window
    sys.excepthook, threading.excepthook = before
    qInstallMessageHandler(handler)


def test_that_a_defect_is_shown_by_number_and_never_by_its_text(qtbot, hooked, caplog):
    try:
        raise KeyError("Okafor, Grace")
    except KeyError as error:
        with caplog.at_level(logging.ERROR, "scs_trial"):
            sys.excepthook(type(error), error, error.__traceback__)
    box = hooked.findChild(QuestionBox)
    said = " ".join(label.text() for label in box.findChildren(PlainLabel))
    reference = caplog.records[-1].getMessage().split()[1].rstrip(":")
    assert reference in said
    assert "Okafor" not in said + caplog.text
    qtbot.mouseClick(box.findChild(QPushButton, "question.ok"), Qt.MouseButton.LeftButton)


def test_that_the_log_is_private_and_names_places_only(tmp_path):
    logger = logging.getLogger("scs_trial")
    before, propagate, level = logger.handlers[:], logger.propagate, logger.level
    try:
        path = set_up_log(tmp_path / "log")
        try:
            raise ValueError("Okafor, Grace") from KeyError("MRN 104 882")
        except ValueError as error:
            reference = log_defect(type(error), error, error.__traceback__)
        text = path.read_text(encoding="utf-8")
    finally:
        for handler in set(logger.handlers) - set(before):
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = propagate
        logger.setLevel(level)
    assert reference in text
    assert "ValueError from KeyError" in text
    assert "test_app.py" in text
    assert "Okafor" not in text
    assert "104 882" not in text
    assert path.stat().st_mode & 0o077 == 0


def test_that_a_folder_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert set_up_log(tmp_path / "file" / "log") is None
