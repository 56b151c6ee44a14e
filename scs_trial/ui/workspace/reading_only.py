"""What of the workspace is put away where nothing can be entered: a copy for reading."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

_ACTS = (
    "workspace.action.",
    "workspace.red_flag.",
    "workspace.record.edit",
    "workspace.programs.",
    "workspace.medication.",
    "workspace.timeline.open.",
    "empty_state.button",
)
_STAYS = frozenset({"workspace.action.page"})


def put_acts_away(view: QWidget) -> None:
    """Hide every button that leads to an entry, and let no cell be edited."""
    for button in view.findChildren(QAbstractButton):
        name = button.objectName()
        if name not in _STAYS and name.startswith(_ACTS):
            button.hide()
    for table in view.findChildren(QAbstractItemView):
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
