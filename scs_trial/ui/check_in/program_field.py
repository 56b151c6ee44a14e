"""The stimulation program of the day: typed in short, taken from those in use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class ProgramField(QLineEdit):
    """Entry of a program's name.

    Enter completes the beginning of one known name ("p2" is "P2 burst"); an exact name wins; a
    beginning of several is refused with the choices; anything else is a new name. Up and Down
    step through the known names. The space bar confirms the grey suggestion.
    """

    program_changed = Signal(str)
    problem_changed = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[str, ...] = ()
        self._suggestion = ""
        self._problem = ""
        self.setAccessibleName(title)
        self.setMaxLength(200)
        self.textChanged.connect(self._on_text_changed)

    @property
    def problem(self) -> str:
        """Why the text is not taken yet; empty when it is."""
        return self._problem

    @property
    def suggestion(self) -> str:
        """The name offered in grey; no value."""
        return self._suggestion

    def set_known(self, names: Sequence[str]) -> None:
        """Name the programs in use."""
        self._known = tuple(names)

    def suggest(self, name: str, *, remark: str = "") -> None:
        """Offer a name in grey; empty offers nothing."""
        self._suggestion = name
        self.setPlaceholderText(f"{name}, {remark}" if name and remark else name)
        offered = self.tr("suggested {name}, space bar confirms").format(name=name)
        self.setAccessibleDescription(offered if name else "")

    def complete(self) -> bool:
        """Take the known name that was begun; False where several begin like this."""
        typed = self.text().strip().casefold()
        if not typed or any(name.casefold() == typed for name in self._known):
            return True
        begun = [name for name in self._known if name.casefold().startswith(typed)]
        if len(begun) == 1:
            self.setText(begun[0])
        elif begun:
            self._set_problem(self.tr("Which one: {names}?").format(names=", ".join(begun)))
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the known names with Up and Down."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not self._known:
            super().keyPressEvent(event)
            return
        start = -1 if step > 0 else 0
        place = self._known.index(self.text()) if self.text() in self._known else start
        self.setText(self._known[(place + step) % len(self._known)])

    def _on_text_changed(self, text: str) -> None:
        self._set_problem("")
        self.program_changed.emit(text)

    def _set_problem(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self.problem_changed.emit(problem)
