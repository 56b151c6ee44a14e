"""An editor under its label, with the reason of a refusal beneath it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets.labels import PlainLabel, TextSize


class Field(QWidget):
    """Label above, editor, and beneath it a hint or why the value is refused.

    An editor that has a ``problem_changed(str)`` signal is listened to.

    Parameters
    ----------
    title
        Label; also the accessible name where the editor has none.
    editor
        Any widget that takes the focus.
    hint
        Quiet remark beneath the editor; empty for none.
    """

    def __init__(
        self, title: str, editor: QWidget, parent: QWidget | None = None, *, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self.label = PlainLabel(title, self)
        self.label.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(title)
        self._message = PlainLabel("", self, size=TextSize.SMALL, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.label)
        layout.addWidget(editor)
        layout.addWidget(self._message)
        layout.addStretch(1)
        self.setFocusProxy(editor)
        self.show_problem(getattr(editor, "problem", ""))
        reports = getattr(editor, "problem_changed", None)
        if reports is not None:
            reports.connect(self.show_problem)

    @property
    def message(self) -> str:
        """What stands beneath the editor now."""
        return self._message.text()

    def show_problem(self, problem: str) -> None:
        """Show why the value is refused; empty text shows the hint again."""
        self._message.set_role(Colour.DANGER if problem else Colour.MUTED)
        self._message.setText(problem or self._hint)
        self._message.setVisible(bool(problem or self._hint))
