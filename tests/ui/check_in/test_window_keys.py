"""The keys of the check-in and those of the window do not fight over one key."""

from PySide6.QtGui import QShortcut

from scs_trial.ui.desk.commands import COMMANDS


def test_that_no_key_of_the_check_in_belongs_to_the_window_too(pane):
    window = {command.shortcut for command in COMMANDS if command.shortcut}
    ours = {shortcut.key().toString() for shortcut in pane.findChildren(QShortcut)}
    assert ours
    assert ours & window == set()
