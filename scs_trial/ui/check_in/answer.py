"""One question of the check-in: title, value of before, editor, and what is to be said about it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from scs_trial.ui.check_in.fields import FieldSpec
from scs_trial.ui.check_in.key_flow import SIGNED, WHOLE_NUMBER, Entry
from scs_trial.ui.text import set_plain_tool_tip
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import NumberField, PlainLabel, ScoreStrip, TextSize

_HEAD_GAP = 6


class Answer(QWidget):
    """An editor under its title; beside the title what was answered before.

    Beneath the editor stands, the weightiest first: why the value is refused, what is asked once
    about it, or a remark on the keys.
    """

    def __init__(
        self, title: str, editor: Entry, parent: QWidget | None = None, *, question: str = ""
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._problem = self._query = self._remark = self._earlier_full = ""
        self.title = PlainLabel(title, self)
        self.title.setBuddy(editor)
        if question:
            set_plain_tool_tip(editor, question)
        self._earlier = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL)
        self._message = PlainLabel("", self, size=TextSize.SMALL, wrap=True)
        self._message.hide()
        head = QHBoxLayout()
        head.setSpacing(_HEAD_GAP)
        head.addWidget(self.title, 1)
        head.addWidget(self._earlier)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(editor)
        layout.addWidget(self._message)
        self.setFocusProxy(editor)

    @property
    def message(self) -> str:
        """What stands beneath the editor now."""
        return self._problem or self._query or self._remark

    @property
    def earlier_text(self) -> str:
        """What stands beside the title now, in full."""
        return self._earlier_full

    def show_earlier(self, text: str) -> None:
        """Show the value of before, e.g. "Thu 19: 35 min"; empty hides it."""
        self._earlier_full = text
        set_plain_tool_tip(self._earlier, text)
        self._earlier.setAccessibleName(text)
        self._earlier.setVisible(bool(text))
        self._fit_earlier()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title whole: the day goes where there is no room for both."""
        super().resizeEvent(event)
        self._fit_earlier()

    def _fit_earlier(self) -> None:
        full = self._earlier_full
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        room = self.width() - title - _HEAD_GAP - 2
        fits = self._earlier.fontMetrics().horizontalAdvance(full) <= room
        self._earlier.setText(full if fits else full.partition(": ")[2])

    def show_problem(self, problem: str) -> None:
        """Show why the value is refused."""
        self._problem = problem
        self._say()

    def show_query(self, query: str) -> None:
        """Show what is asked once about the value."""
        self._query = query
        self._say()

    def show_remark(self, remark: str) -> None:
        """Show a remark on the keys."""
        self._remark = remark
        self._say()

    def _say(self) -> None:
        role = Colour.MUTED
        if self._problem:
            role = Colour.DANGER
        elif self._query:
            role = Colour.WARNING
        self._message.set_role(role)
        self._message.setText(self.message)
        self._message.setVisible(bool(self.message))
        self._message.setAccessibleName(self.message)


def editor_for(spec: FieldSpec, parent: QWidget) -> ScoreStrip | NumberField:
    """Return the editor of a field: a strip for a 0-10 scale, else a number with its unit."""
    editor: ScoreStrip | NumberField
    if spec.is_score:
        editor = ScoreStrip(spec.title, parent)
    else:
        editor = NumberField(
            spec.title,
            parent,
            unit=spec.unit,
            low=spec.low,
            high=spec.high,
            decimals=spec.decimals,
        )
        editor.setProperty(WHOLE_NUMBER, spec.decimals == 0)
        editor.setProperty(SIGNED, spec.low < 0)
    editor.setObjectName(f"check_in.{spec.name}")
    return editor
