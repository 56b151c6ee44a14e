"""No key of a command is one that a text field takes for itself and edits with."""

import pytest
from PySide6.QtGui import QKeySequence

from scs_trial.ui.desk.commands import COMMANDS

EDITING = (
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.DeleteCompleteLine,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.DeleteStartOfWord,
    QKeySequence.StandardKey.MoveToEndOfLine,
    QKeySequence.StandardKey.MoveToStartOfLine,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
)
# What Qt binds on X11 and macOS but not offscreen: U and D delete, E and A move.
ELSEWHERE = {"Ctrl+U", "Ctrl+D", "Ctrl+E", "Ctrl+A", "Ctrl+H", "Ctrl+W"}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.shortcut], ids=lambda c: c.id)
def test_that_a_command_takes_no_editing_key(qapp, command):
    bound = {key.toString() for kind in EDITING for key in QKeySequence.keyBindings(kind)}
    assert QKeySequence(command.shortcut).toString() not in bound | ELSEWHERE


def test_that_each_shortcut_stands_for_one_command():
    shortcuts = [command.shortcut for command in COMMANDS if command.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
