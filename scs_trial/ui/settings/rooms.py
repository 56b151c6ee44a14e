"""The rooms of the settings that have windows of their own, each with the doors to them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from scs_trial.ui.actions import Actions
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.scrolled import scrolled


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One section: what it is for, and the commands that open its windows."""

    title: str
    guidance: str
    commands: tuple[str, ...]


ROOMS = (
    Room(
        title="Accounts",
        guidance="Who works with the record, in which roles; and the printed key that opens it when"
        " every password is lost.",
        commands=("view.accounts", "view.recovery_key"),
    ),
    Room(
        title="Backups",
        guidance="The record is backed up by itself; here backups are checked, tried out and"
        " restored, and a second folder is named.",
        commands=("file.backups", "file.back_up"),
    ),
    Room(
        title="Record check",
        guidance="Read the audit trail, check the whole record, and compare it with an anchor that"
        " was printed on a page.",
        commands=("view.audit",),
    ),
    Room(
        title="My password and PIN",
        guidance="The password opens the record. The PIN unlocks the screen within 15 minutes after"
        " it was locked.",
        commands=("view.own_password", "view.own_pin"),
    ),
)


def rooms_for(commands: Actions | None) -> tuple[tuple[Room, tuple[QAction, ...]], ...]:
    """Return the rooms of which a person may use a door, with those doors."""
    if commands is None:
        return ()
    open_now = {command.id for command in commands.available()}
    found = []
    for room in ROOMS:
        doors = tuple(commands.action(one) for one in room.commands if one in open_now)
        if doors:
            found.append((room, doors))
    return tuple(found)


def room_page(room: Room, doors: tuple[QAction, ...]) -> QWidget:
    """Return the page of a room: a sentence and a button for each door."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 2 * SPACE, 0)
    column.setSpacing(SPACE)
    column.addWidget(PlainLabel(room.title, size=TextSize.LARGE))
    column.addWidget(PlainLabel(room.guidance, role=Colour.MUTED, wrap=True))
    for door in doors:
        button = QPushButton(door.text().replace("&", ""))
        button.setObjectName(f"settings.{door.objectName()}")
        button.setAccessibleName(button.text().rstrip("…"))
        button.setAutoDefault(False)
        button.clicked.connect(door.trigger)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)
    return scrolled(f"settings.page.{room.title}", room.title, inner)
