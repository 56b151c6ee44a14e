from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from scs_trial.ui.widgets import ScoreStrip

TYPED = [
    ("7", "7"),
    ("0", "0"),
    ("10", "10"),
    ("1", "1"),
    ("100", "0"),
    ("210", "10"),
    ("4.", "4.5"),
    ("4,", "4.5"),
    ("4..", "4"),
    ("0.", "0.5"),
    ("10.", "10"),
    ("1.0", "0"),
    (".", None),
    ("5\b", None),
    ("", None),
    ("x", None),
]


@pytest.mark.parametrize(("keys", "value"), TYPED)
def test_that_keys_set_the_score(qtbot, show, keys, value):
    strip = show(ScoreStrip("Average pain"))
    for key in keys:
        if key == "\b":
            qtbot.keyClick(strip, Qt.Key.Key_Backspace)
        else:
            qtbot.keyClicks(strip, key)
    assert strip.value == (None if value is None else Decimal(value))


def test_that_empty_is_not_zero(qtbot, show):
    strip = show(ScoreStrip("Average pain"))
    assert strip.value is None
    assert strip.accessibleDescription() == "empty, 0 to 10"
    qtbot.keyClicks(strip, "0")
    assert strip.value == 0
    assert strip.value is not None
    assert strip.accessibleDescription() == "0 of 10"


def test_that_arrows_step_within_the_scale(qtbot, show):
    strip = show(ScoreStrip("Average pain"))
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.value is None
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.value == 0
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.value == 0
    qtbot.keyClick(strip, Qt.Key.Key_End)
    qtbot.keyClick(strip, Qt.Key.Key_Up)
    assert strip.value == 10
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert strip.value == 0


def test_that_a_click_sets_the_number_and_a_second_adds_a_half(qtbot, show):
    strip = show(ScoreStrip("Average pain"))
    centre = strip.cell_rect(6).center().toPoint()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=centre)
    assert strip.value == 6
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=centre)
    assert strip.value == Decimal("6.5")


def test_that_leaving_the_field_forgets_a_half_typed_ten(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    strip, other = ScoreStrip("Average pain"), QLineEdit()
    layout = QVBoxLayout(page)
    layout.addWidget(strip)
    layout.addWidget(other)
    page.show()
    page.activateWindow()
    strip.setFocus()
    qtbot.waitUntil(strip.hasFocus)
    qtbot.keyClicks(strip, "1")
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert other.hasFocus()
    strip.setFocus()
    qtbot.keyClicks(strip, "0")
    assert strip.value == 0


def _wheel(strip, notches=1):
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip, event)
    return event.isAccepted()


def test_that_the_wheel_counts_only_with_the_focus(qtbot, show):
    strip = show(ScoreStrip("Average pain"))
    assert not _wheel(strip)
    assert strip.value is None
    strip.set_value(Decimal(4))
    strip.clearFocus()
    assert not _wheel(strip)
    assert strip.value == 4
    strip.setFocus()
    assert _wheel(strip, 2)
    assert strip.value == 6


def test_that_a_value_from_a_file_is_shown_exactly(qtbot):
    strip = ScoreStrip("Average pain")
    qtbot.addWidget(strip)
    strip.set_value(Decimal("7.37"))
    assert strip.chosen_text() == "7.37"
    assert strip.chosen_cell() == 7


@pytest.mark.parametrize("value", ["-1", "10.5"])
def test_that_a_score_outside_the_scale_is_a_mistake_of_the_program(qtbot, value):
    strip = ScoreStrip("Average pain")
    qtbot.addWidget(strip)
    with pytest.raises(ValueError, match="0 to 10"):
        strip.set_value(Decimal(value))


def test_that_a_change_is_told_once(qtbot, show):
    strip = show(ScoreStrip("Average pain"))
    told = []
    strip.value_changed.connect(told.append)
    qtbot.keyClicks(strip, "44")
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert told == [Decimal(4), None]


def test_that_a_screen_reader_hears_name_and_score(qtbot, show):
    strip = show(ScoreStrip("Average pain"))
    qtbot.keyClicks(strip, "4.")
    interface = QAccessible.queryAccessibleInterface(strip)
    assert interface.text(QAccessible.Text.Name) == "Average pain"
    assert interface.text(QAccessible.Text.Description) == "4.5 of 10"
