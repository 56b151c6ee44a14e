import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from scs_trial.domain.clinic import Role
from scs_trial.ui.actions import Actions, Command
from scs_trial.ui.key_list import KeyList


@pytest.fixture
def done():
    return []


@pytest.fixture
def actions(qtbot, done):
    window = QWidget()
    qtbot.addWidget(window)
    registry = Actions(window)
    registry.add(
        Command(id="patient.new_trial", text="&New trial…", menu="&Patient", shortcut="Ctrl+N"),
        lambda: done.append("new"),
    )
    registry.add(
        Command(
            id="trial.sign",
            text="&Sign decision",
            menu="&Patient",
            roles=frozenset({Role.CLINICIAN}),
        ),
        lambda: done.append("sign"),
    )
    return registry


def test_that_menus_are_made_from_the_registry(qtbot, actions, done):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill_menu_bar(bar, ["&Patient"])
    menu = bar.findChild(QMenu, "menu.patient")
    assert [entry.text() for entry in menu.actions()] == ["&New trial…", "&Sign decision"]
    menu.actions()[0].trigger()
    assert done == ["new"]


def test_that_a_taken_id_or_key_is_refused(actions):
    with pytest.raises(ValueError, match="taken"):
        actions.add(Command(id="patient.new_trial", text="x"))
    with pytest.raises(ValueError, match="taken"):
        actions.add(Command(id="other", text="x", shortcut="Ctrl+N"))


def test_that_a_role_sees_only_its_commands(actions):
    actions.set_roles({Role.NURSE})
    assert [command.id for command in actions.available()] == ["patient.new_trial"]
    actions.set_roles({Role.NURSE, Role.CLINICIAN})
    assert len(actions.available()) == 2
    actions.set_enabled(False, "trial.sign")
    assert len(actions.available()) == 1


def test_that_shortcuts_work_in_the_window(qtbot, actions, done):
    window = actions.parent()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == ["new"]


def test_that_keys_are_listed(qtbot, actions):
    assert actions.keys() == (("Ctrl+N", "New trial"),)
    page = KeyList(actions.keys())
    qtbot.addWidget(page)
    page.open()
    assert page.isVisible()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["patient.new_trial", "trial.sign"]),
        ("néw", ["patient.new_trial"]),
        ("decision sign", ["trial.sign"]),
        ("x", []),
    ],
)
def test_that_commands_are_found_by_their_words(actions, text, found):
    assert [command.id for command in actions.matching(text)] == found


def test_that_a_command_without_the_role_is_not_found(actions):
    actions.set_roles({Role.NURSE})
    assert actions.matching("sign") == ()
