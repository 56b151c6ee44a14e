"""One registry of everything that can be done: menus, tool bar, Ctrl+K box and key list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from scs_trial.ui.icons import icon
from scs_trial.ui.text import folded

if TYPE_CHECKING:
    from scs_trial.domain.clinic import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done.

    Attributes
    ----------
    id
        Stable name, e.g. ``"patient.new_trial"``; the action's object name.
    text
        As in the menu, with ``&`` before the access key.
    menu
        Title of its menu; empty for none (the Ctrl+K box and the key list still have it).
    shortcut
        Portable text such as ``"Ctrl+K"``; empty for none.
    icon
        Shipped icon; empty for none.
    roles
        Roles of which one is needed; empty for everybody.
    separator
        Whether a line stands above it in its menu.
    """

    id: str
    text: str
    menu: str = ""
    shortcut: str = ""
    icon: str = ""
    roles: frozenset[Role] = frozenset()
    separator: bool = False

    @property
    def plain_text(self) -> str:
        """The text without access key and dots."""
        return self.text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("….")


class Actions(QObject):
    """The registry. Hides what the account's roles do not allow; the services refuse it too.

    Parameters
    ----------
    window
        The window in which the shortcuts work.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._suspended: dict[str, bool] | None = None

    def add(self, command: Command, run: Callable[[], object] | None = None) -> QAction:
        """Register a command and what it does.

        Raises
        ------
        ValueError
            When the id or the shortcut is taken.
        """
        taken = {c.shortcut for c in self._commands.values() if c.shortcut}
        if command.id in self._commands or command.shortcut in taken:
            raise ValueError(f"taken: {command.id} {command.shortcut}")
        action = QAction(command.text, self)
        action.setObjectName(command.id)
        if command.icon:
            action.setIcon(icon(command.icon))
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if run is not None:
            action.triggered.connect(lambda _checked=False: run())
        self._window.addAction(action)
        self._commands[command.id] = command
        self._actions[command.id] = action
        return action

    def action(self, command_id: str) -> QAction:
        """Return the Qt action of a command, for a button or to connect to it."""
        return self._actions[command_id]

    def set_enabled(self, enabled: bool, *command_ids: str) -> None:
        """Enable or disable commands, e.g. those that need an open patient."""
        for command_id in command_ids:
            if self._suspended is not None:
                self._suspended[command_id] = enabled
            else:
                self._actions[command_id].setEnabled(enabled)

    def suspend(self) -> None:
        """Let no command run, not by its key either: the screen is locked."""
        if self._suspended is None:
            self._suspended = {key: held.isEnabled() for key, held in self._actions.items()}
            for action in self._actions.values():
                action.setEnabled(False)

    def resume(self) -> None:
        """Let the commands run again that could before."""
        held, self._suspended = self._suspended or {}, None
        for key, enabled in held.items():
            if key in self._actions:
                self._actions[key].setEnabled(enabled)

    def forget(self, *, keep: str) -> None:
        """Take every command away but one: somebody else comes in."""
        self.resume()
        for key in [key for key in self._commands if key != keep]:
            action = self._actions.pop(key)
            del self._commands[key]
            self._window.removeAction(action)
            action.deleteLater()

    def set_roles(self, roles: Iterable[Role], *, only: frozenset[str] | None = None) -> None:
        """Show what these roles may do and hide the rest; ``only`` names what there is at all."""
        held = frozenset(roles)
        for command in self._commands.values():
            allowed = not command.roles or bool(command.roles & held)
            offered = only is None or command.id in only
            self._actions[command.id].setVisible(allowed and offered)

    def available(self) -> tuple[Command, ...]:
        """Return the commands that can be run now, in the order of registration."""
        return tuple(
            command
            for command in self._commands.values()
            if self._actions[command.id].isVisible() and self._actions[command.id].isEnabled()
        )

    def matching(self, text: str) -> tuple[Command, ...]:
        """Return the available commands in which every typed word occurs, accents ignored."""
        words = folded(text).split()
        return tuple(
            command
            for command in self.available()
            if all(word in folded(command.plain_text) for word in words)
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return (key, text) of every allowed command with a shortcut, for the key list."""
        return tuple(
            (
                self._actions[command.id]
                .shortcut()
                .toString(QKeySequence.SequenceFormat.NativeText),
                command.plain_text,
            )
            for command in self._commands.values()
            if command.shortcut and self._actions[command.id].isVisible()
        )

    def fill_menu_bar(self, bar: QMenuBar, menus: Iterable[str]) -> None:
        """Make the menus, in the given order, from the commands that name them."""
        for title in menus:
            menu = bar.addMenu(title)
            menu.setObjectName(f"menu.{title.replace('&', '').lower()}")
            self.fill_menu(menu, title)

    def fill_menu(self, menu: QMenu, title: str) -> None:
        """Put the commands of a menu into it."""
        for command in self._commands.values():
            if command.menu == title:
                if command.separator:
                    menu.addSeparator()
                menu.addAction(self._actions[command.id])
