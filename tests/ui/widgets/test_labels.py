"""Labels that show text as text."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from scs_trial.ui.theme import Colour, colour
from scs_trial.ui.widgets import PlainLabel


def test_that_a_label_keeps_its_colour_on_a_ground_of_another_role(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.setBackgroundRole(QPalette.ColorRole.Base)
    label = PlainLabel("late", ground, role=Colour.DANGER)
    drawn = label.palette().color(label.foregroundRole())
    assert drawn == colour(Colour.DANGER, label)
