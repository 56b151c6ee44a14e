import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from scs_trial.domain.verdict import Tone
from scs_trial.ui.main_window import TITLE, MainWindow
from scs_trial.ui.shell.rail import RailButton
from scs_trial.ui.shell.three_panes import Pane, ThreePanes
from scs_trial.ui.shell.work_area import WorkArea
from scs_trial.ui.tasks import Task
from scs_trial.ui.theme import Appearance
from tests.ui.shots_shell import make_window


@pytest.fixture
def window(qtbot):
    made = make_window()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def _panes(window):
    return window.findChild(ThreePanes)


def _visible(panes):
    return [pane.isVisible() for pane in panes._panes]


@pytest.mark.parametrize(
    ("width", "visible"),
    [(1440, [True] * 3), (1280, [True] * 3), (1000, [True] * 3), (999, [True, False, False])],
)
def test_that_panes_become_one_at_a_time_below_1000_pixels(qtbot, window, width, visible):
    window.resize(width, 720)
    qtbot.waitUntil(lambda: window.width() == width)
    assert _visible(_panes(window)) == visible


def test_that_a_narrow_window_changes_panes_by_its_bar(qtbot, window):
    window.resize(800, 600)
    panes = _panes(window)
    qtbot.waitUntil(lambda: panes.narrow)
    with qtbot.waitSignal(panes.pane_shown):
        tab = panes.findChild(QAbstractButton, "three_panes.check_in")
        qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert _visible(panes) == [False, False, True]
    panes.set_check_in_open(False)
    assert _visible(panes) == [False, True, False]
    window.resize(1300, 600)
    qtbot.waitUntil(lambda: not panes.narrow)
    assert _visible(panes) == [True, True, False]
    panes.show_pane(Pane.CHECK_IN)
    assert _visible(panes) == [True, True, True]


def test_that_nothing_is_cut_at_the_smallest_supported_size(qtbot, window):
    window.resize(1280, 720)
    panes = _panes(window)
    assert window.minimumSizeHint().width() < 1000
    assert sum(panes.sizes()) <= panes.width()


def test_that_the_rail_leads_to_its_page(qtbot, window):
    area = window.findChild(WorkArea)
    assert area.current == "today"
    button = window.findChild(RailButton, "rail.criteria")
    with qtbot.waitSignal(area.page_shown):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert area.current == "criteria"
    assert button.isChecked()
    with qtbot.waitSignal(area.opening_requested) as asked:
        qtbot.mouseClick(window.findChild(RailButton, "rail.settings"), Qt.MouseButton.LeftButton)
    assert asked.args == ["settings"]
    assert area.current == "criteria"


def test_that_the_door_hides_menus_status_and_panes(qtbot, window):
    door = QWidget()
    window.show_door(door)
    assert door.isVisible()
    assert not window.menuBar().isVisible()
    assert not window.status.isVisible()
    assert not _panes(window).isVisible()
    assert window.windowTitle() == TITLE


def test_that_the_lock_is_one_key(qtbot, window):
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    window.set_user("")
    assert not window.commands.action("app.lock").isEnabled()


def test_that_the_status_line_says_what_is_wrong_in_words_and_symbol(qtbot, window):
    window.status.set_saved("Not saved: the disk is full", Tone.DANGER)
    label = window.findChild(QLabel, "status.saved")
    assert label.text() == "▲ Not saved: the disk is full"
    window.status.clear_texts()
    assert not label.isVisible()


def test_that_a_long_task_shows_itself_and_can_be_cancelled(qtbot, window):
    done = []
    task = Task("Exporting", None, on_done=done.append, on_error=done.append)
    window.status.watch(task)
    cancel = window.findChild(QAbstractButton, "status.cancel")
    assert not cancel.isVisible()
    qtbot.waitUntil(cancel.isVisible, timeout=3000)
    task.progress.report(1, 2, "page 1")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    with pytest.raises(Exception, match="Cancelled"):
        task.progress.report(2, 2)
    task.finished.emit()
    assert not cancel.isVisible()


def test_that_the_demo_is_framed_on_every_screen(qtbot, window):
    window.set_demo(True)
    mark = window.findChild(QWidget, "demo_mark")
    assert mark.isVisible()
    window.show_door(QWidget())
    assert mark.isVisible()
    assert mark.geometry() == mark.parentWidget().rect()
    area = window.findChild(WorkArea)
    window.show_work(area)
    qtbot.mouseClick(window.findChild(RailButton, "rail.cohort"), Qt.MouseButton.LeftButton)
    assert area.current == "cohort"


def test_that_the_mark_of_the_demo_covers_nothing(qtbot, window):
    window.set_demo(True)
    area = window.findChild(WorkArea)
    stack = area.parentWidget()
    qtbot.waitUntil(lambda: area.geometry().bottom() <= stack.height() - 15)
    window.set_demo(False)
    qtbot.waitUntil(lambda: area.geometry() == stack.rect())


def test_that_the_size_is_remembered_and_nothing_else(qtbot, tmp_path):
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = MainWindow(memory=memory)
    qtbot.addWidget(first)
    first.resize(700, 500)
    first.show()
    with qtbot.waitSignal(first.closing):
        first.close()
    assert memory.allKeys() == ["window/geometry"]
    second = MainWindow(memory=memory)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (700, 500)


def test_that_everything_that_takes_the_focus_has_two_names(window):
    nameless = [
        (type(widget).__name__, widget.objectName())
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        if not widget.objectName()
        or not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_that_large_text_gets_wider_panes_or_one_at_a_time(qtbot, window, themed):
    try:
        themed.choose(Appearance.LIGHT, text_scale=1.5)
        window.resize(1280, 800)
        qtbot.waitUntil(lambda: _panes(window).narrow)
        window.resize(1600, 900)
        qtbot.waitUntil(lambda: not _panes(window).narrow)
        assert _panes(window).sizes()[2] >= 1.5 * 270
    finally:
        themed.choose(Appearance.LIGHT, text_scale=1.0)
