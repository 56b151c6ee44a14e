"""Help and About are plain text and hold what they must."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QScrollArea

from scs_trial.paths import resources
from scs_trial.ui.help.about import about_page
from scs_trial.ui.help.text_page import help_page


@pytest.mark.parametrize("topic", ["today", "workspace", "check_in", "criteria"])
def test_that_each_page_has_a_help_that_opens_and_closes_with_f1(qtbot, topic):
    page = help_page(topic)
    qtbot.addWidget(page)
    page.show()
    said = page.findChild(QScrollArea, "help.text").accessibleDescription()
    assert len(said) > 200
    with qtbot.waitSignal(page.accepted):
        qtbot.keyClick(page, Qt.Key.Key_F1)


def test_that_about_states_the_intended_use_word_for_word(qtbot):
    page = about_page(record_kind="encrypted file", record_path="/records/Okafor/clinic.scs")
    qtbot.addWidget(page)
    said = page.findChild(QScrollArea, "about.text").accessibleDescription()
    assert resources("help", "intended_use.txt").read_text(encoding="utf-8").strip() in said
    assert "Not cleared or approved as a medical device." in said


def test_that_copied_diagnostics_name_versions_and_no_path(qtbot):
    page = about_page(record_kind="encrypted file", record_path="/records/Okafor/clinic.scs")
    qtbot.addWidget(page)
    page.show()
    qtbot.mouseClick(page.findChild(QPushButton, "about.copy"), Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("scs-trial ")
    assert "Okafor" not in text
