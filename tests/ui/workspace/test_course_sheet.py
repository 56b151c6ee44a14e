"""The course sheet: one table and plot; editing, keyboard, hover, scrolling."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QMenu

from scs_trial.domain.course import EventMark
from scs_trial.domain.measures import Series
from scs_trial.ui.plots.strip_content import pain_content
from scs_trial.ui.theme import Appearance
from scs_trial.ui.workspace.course_model import FIRST_DAY, CourseModel
from scs_trial.ui.workspace.course_readout import readout
from scs_trial.ui.workspace.course_sheet import CourseSheet
from tests.domain import sample_diary as sample

PAIN = Series("pain_average")


@pytest.fixture
def sheet(qtbot):
    widget = CourseSheet()
    qtbot.addWidget(widget)
    widget.show_course(sample.course(asked_day=None))
    widget.resize(740, 620)
    with qtbot.waitSignal(widget.board.plots_ready):
        widget.show()
    return widget


def month(**changes):
    pain = " ".join(["4"] * 20)
    given = sample.diary({"pain_average": pain}, planned_days=28)
    today = sample.START + timedelta(days=21)
    return sample.course(given, asked_day=None, today=today, **changes)


def edit(qtbot, sheet, row, day, text, *, key=Qt.Key.Key_Return):
    table = sheet.board.table
    table.setFocus()
    table.setCurrentIndex(sheet.board.model.index(row, FIRST_DAY + day))
    table.edit(table.currentIndex())
    editor = table.findChild(QLineEdit, "course.cell_editor")
    editor.setText(text)
    qtbot.keyClick(editor, key)
    return editor


def test_that_the_model_keeps_the_rules_of_item_models(qtbot):
    model = CourseModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for course in (sample.course(), sample.course(sample.diary({})), month(), sample.course()):
        model.set_course(course)
    assert tester.model() is model


def test_that_a_typed_cell_is_handed_on_and_not_changed_here(sheet, qtbot):
    with qtbot.waitSignal(sheet.cell_edited) as caught:
        edit(qtbot, sheet, 0, 4, "2")
    assert caught.args == [PAIN, sample.START + timedelta(days=5), "2"]
    assert sheet.board.model.index(0, FIRST_DAY + 4).data() == "·"


@pytest.mark.parametrize(("text", "key"), [("5", Qt.Key.Key_Return), ("7", Qt.Key.Key_Escape)])
def test_that_an_unchanged_or_cancelled_cell_asks_for_nothing(sheet, qtbot, text, key):
    with qtbot.assertNotEmitted(sheet.cell_edited, wait=20):
        edit(qtbot, sheet, 0, 0, text, key=key)


def test_that_a_cleared_cell_asks_for_a_correction(sheet, qtbot):
    with qtbot.waitSignal(sheet.cell_edited) as caught:
        edit(qtbot, sheet, 0, 0, "")
    assert caught.args[2] == ""


def test_that_a_double_click_opens_the_exact_value(sheet, qtbot):
    given = sample.diary({"pain_average": "6.859999999999999"})
    sheet.show_course(sample.course(given))
    table = sheet.board.table
    place = table.visualRect(sheet.board.model.index(0, FIRST_DAY)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = table.findChild(QLineEdit, "course.cell_editor")
    assert sheet.board.model.index(0, FIRST_DAY).data() == "6.9"
    assert editor.text() == "6.859999999999999"
    assert "6.859999999999999" in editor.accessibleName()


def test_that_the_day_in_the_form_is_not_edited_in_the_table(sheet):
    day = sample.START + timedelta(days=4)
    sheet.show_course(sample.course(draft_day=day))
    flags = sheet.board.model.index(0, FIRST_DAY + 3).flags()
    assert not flags & Qt.ItemFlag.ItemIsEditable


def test_that_titles_means_and_changes_are_not_edited(sheet):
    model = sheet.board.model
    for column in (0, 1, model.columnCount() - 2, model.columnCount() - 1):
        assert not model.index(0, column).flags() & Qt.ItemFlag.ItemIsEditable
    sheet.set_editable(False)
    assert not model.index(0, FIRST_DAY).flags() & Qt.ItemFlag.ItemIsEditable


def test_that_a_cell_reads_its_row_day_and_exact_value(sheet):
    index = sheet.board.model.index(0, FIRST_DAY)
    words = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Low back, average, Mon 16 Nov, day 1: 5"
    nothing = sheet.board.model.index(0, FIRST_DAY + 5)
    assert nothing.data(Qt.ItemDataRole.AccessibleTextRole).endswith("day 6, today: no value yet")


def test_that_a_region_named_in_html_is_shown_as_text(sheet):
    sheet.show_course(sample.course(target_region="<b>x</b>"))
    index = sheet.board.model.index(0, 0)
    assert index.data() == "<b>x</b>, average"
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)


def test_that_left_and_right_read_out_each_day_in_the_plot(sheet, qtbot):
    plot = sheet.board.strips[0].plot
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert sheet.values.text().startswith("Baseline 10–14 Nov: Low back, average 7.7")
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert sheet.values.text().startswith("Mon 16 Nov, day 1: Low back, average 5")
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert sheet.values.text() == "Sun 22 Nov, day 7: no value"
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert sheet.values.text() == "Sun 22 Nov, day 7: no value"


def test_that_the_pointer_reads_out_the_day_under_it(sheet, qtbot):
    plot = sheet.board.strips[0].plot
    x = round(sheet.board.geometry_of_columns.day_centre(1))
    qtbot.mouseMove(plot.viewport(), QPoint(x, 40))
    qtbot.waitUntil(lambda: sheet.values.text().startswith("Tue 17 Nov, day 2"))


def test_that_the_read_out_has_all_digits_and_the_state():
    given = sample.diary({"pain_average": "6.859999999999999 missed"})
    course = sample.course(given, draft_day=sample.START + timedelta(days=1))
    assert (
        readout(course, 0)
        == "Mon 16 Nov, day 1: Low back, average 6.859999999999999 (not saved yet)"
    )
    assert readout(course, 1) == "Tue 17 Nov, day 2: declared missed"
    assert readout(course, None) == ""


def test_that_the_plot_has_no_menu_and_leaves_the_wheel_to_the_page(sheet, qtbot):
    plot = sheet.board.strips[0].plot
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.RightButton, pos=QPoint(80, 40))
    assert not [menu for menu in sheet.findChildren(QMenu) if menu.isVisible()]
    assert plot.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu


def test_that_the_plot_says_its_content_in_one_sentence(sheet):
    name = sheet.board.strips[0].plot.accessibleName()
    assert name.startswith("Low back, average: baseline 7.7; day 1 5, day 2 4")
    assert name.count(".") == name.count("7.7") + 4  # decimals and the full stop, no more


def test_that_twenty_eight_days_scroll_and_the_figures_stay(sheet, qtbot):
    sheet.show_course(month())
    board = sheet.board
    qtbot.waitUntil(lambda: board.geometry_of_columns.scrolls)
    assert board.geometry_of_columns.count <= 9
    assert board.geometry_of_columns.shows(20)  # today is in sight
    board.days_bar.setValue(0)
    assert board.geometry_of_columns.shows(0)
    header = board.table.horizontalHeader()
    shown = [s for s in range(board.model.columnCount()) if not header.isSectionHidden(s)]
    assert shown[:2] == [0, 1]
    assert shown[-2:] == [board.model.columnCount() - 2, board.model.columnCount() - 1]


def test_that_the_keyboard_reaches_days_out_of_sight(sheet, qtbot):
    sheet.show_course(month())
    board = sheet.board
    board.days_bar.setValue(0)
    table = board.table
    table.setFocus()
    last = board.geometry_of_columns.count - 1
    table.setCurrentIndex(board.model.index(0, FIRST_DAY + last))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().column() == FIRST_DAY + last + 1
    assert board.geometry_of_columns.shows(last + 1)


def test_that_typing_a_draft_keeps_scroll_and_cursor(sheet):
    sheet.show_course(month())
    sheet.board.days_bar.setValue(3)
    sheet.board.table.setCurrentIndex(sheet.board.model.index(1, FIRST_DAY + 4))
    sheet.show_course(month(draft_day=sample.START + timedelta(days=5)))
    assert sheet.board.geometry_of_columns.first == 3
    assert sheet.board.table.currentIndex().column() == FIRST_DAY + 4


def test_that_every_region_gets_a_strip_at_choice(sheet, qtbot):
    assert len(sheet.board.strips) == 2  # the target and the lower one
    qtbot.mouseClick(sheet.every_region, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert sheet.every_region.isChecked()
    names = [strip.plot.objectName() for strip in sheet.board.strips]
    assert names[:2] == ["course.plot.pain_average", "course.plot.pain_average[left leg]"]


def test_that_another_row_can_be_shown_below(sheet, qtbot):
    sheet.lower_choice.setFocus()
    qtbot.keyClick(sheet.lower_choice, Qt.Key.Key_Down)
    assert sheet.lower_choice.currentText() == "Walking, min"
    assert sheet.board.strips[-1].legend.accessibleName().startswith("Walking, min")


def test_that_the_sheet_is_high_enough_for_all_rows(sheet, qtbot):
    sheet.every_region.setChecked(True)
    board = sheet.board
    sheet.resize(sheet.width(), sheet.sizeHint().height())
    qtbot.waitUntil(lambda: board.height() >= board.sizeHint().height())
    assert board.table.geometry().bottom() <= board.height()


def test_that_the_plot_follows_the_scheme(sheet, qtbot, theme):
    plot = sheet.board.strips[0].plot
    before = plot.backgroundBrush().color()
    theme.choose(Appearance.DARK)
    qtbot.waitUntil(lambda: plot.backgroundBrush().color() != before)
    assert plot.backgroundBrush().color() == plot.palette().color(QPalette.ColorRole.Base)


def test_that_a_missing_day_is_a_gap_in_the_line():
    course = sample.course(sample.diary({"pain_average": "5 missed 3 2"}))
    content = pain_content(course, course.strips[0])
    assert [(a.index, b.index) for a, b in content.links()] == [(2, 3)]


def test_that_a_day_that_does_not_count_is_not_joined():
    off = sample.diary({"pain_average": "5 4 3"})
    stopped = replace(off.days[-1], stimulation_off=True)
    course = sample.course(sample.diary_with(off, days=(*off.days[:-1], stopped)))
    content = pain_content(course, course.strips[0])
    assert [(a.index, b.index) for a, b in content.links()] == [(0, 1)]
    assert [point.counted for point in content.points] == [True, True, False]


def test_that_a_threshold_beyond_the_scale_draws_no_line():
    given = sample.diary(baseline={"pain_average": "8"})
    course = sample.course(given)
    strip = replace(course.strips[0], threshold=course.strips[0].threshold * 0 - 1)
    assert pain_content(course, strip).threshold is None


@pytest.mark.parametrize(
    "appearance", [Appearance.LIGHT, Appearance.DARK, Appearance.HIGH_CONTRAST]
)
def test_that_an_empty_check_box_can_be_seen_in_every_scheme(sheet, theme, appearance):
    theme.choose(appearance)
    box = sheet.every_region
    image = box.grab().toImage()
    frame = box.palette().color(QPalette.ColorRole.Mid)
    middle = image.height() // 2
    assert any(image.pixelColor(x, middle) == frame for x in range(16))


def test_that_typing_a_figure_on_a_cell_replaces_it(sheet, qtbot):
    table = sheet.board.table
    table.setFocus()
    table.setCurrentIndex(sheet.board.model.index(0, FIRST_DAY))
    qtbot.keyClick(table, Qt.Key.Key_7)
    editor = table.findChild(QLineEdit, "course.cell_editor")
    assert editor.text() == "7"
    with qtbot.waitSignal(sheet.cell_edited) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args == [PAIN, sample.START + timedelta(days=1), "7"]


def test_that_each_further_strip_says_its_content_too(sheet):
    assert sheet.board.strips[1].plot.accessibleName() == (
        "Usual activity, 0–10: Baseline 3.0; by day 2, 4, 5, 6."
    )


def test_that_an_event_is_read_out_with_its_day():
    event = EventMark(day_number=2, kind="safety", text="Fever, chills")
    course = sample.course(sample.diary({"pain_average": "5 4"}), events=(event,))
    assert readout(course, 1).endswith("Low back, average 4 · Fever, chills")
    content = pain_content(course, course.strips[0])
    assert [(mark.index, mark.text) for mark in content.marks] == [(1, "Fever, chills")]


def test_that_the_workspace_opens_without_the_plotting_library():
    code = (
        "import sys; import scs_trial.ui.workspace.patient_workspace; "
        "sys.exit('pyqtgraph' in sys.modules or 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == 0


def test_that_the_plots_labels_and_the_heads_follow_the_locale(qtbot, any_locale):
    course = sample.course()
    content = pain_content(course, course.strips[0])
    sign = "." if any_locale == "C" else ","
    assert content.baseline_text == f"Baseline 7{sign}7"
    assert content.threshold_text == f"50 % relief 3{sign}85"
    model = CourseModel()
    model.set_course(course)
    month, day = {"C": ("Nov", "Mon"), "de_DE": ("Nov", "Mo"), "fr_FR": ("nov.", "lun.")}[
        any_locale
    ]
    assert model.header_lines(1)[1].startswith(f"10–14 {month}")
    heads = [model.header_lines(FIRST_DAY + n)[0] for n in range(len(course.columns))]
    assert any(head.startswith(day) for head in heads)
