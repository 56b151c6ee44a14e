"""How the keys move through a check-in, so that no digit lands in a wrong field unseen.

The rules, for one who types without looking and for one who looks:

* A score that is complete goes on by itself: 0 and 2 to 9 at once. "1" waits: "0" makes ten, Enter
  or Tab keeps one, "." makes one and a half; any other digit is refused with a remark, because it
  could be meant as a correction here or as the answer to the next question.
* Going on leads to the next unanswered field, so a corrected score never sends later digits into
  an answered one.
* Enter or Tab right after the form went on by itself confirms the score before and stays; a second
  one leaves the field empty. So "7 Enter 5 Enter" and "75" mean the same.
* "." right after going on adds the half to the score before, unless the field could begin with it.
* A key that is held down answers once.
* "-" leaves a field empty and goes on; Backspace in an empty field goes back.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from scs_trial.ui.check_in.program_field import ProgramField
from scs_trial.ui.widgets import NumberField, ScoreStrip, YesNo

Entry = ScoreStrip | NumberField | ProgramField | YesNo
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HALF = (".", ",")
WHOLE_NUMBER = "whole_number"
"""Property of number fields without decimals."""
SIGNED = "signed"
"""Property of number fields that may begin with a minus."""


def is_empty(entry: QWidget) -> bool:
    """Return whether nothing was typed or chosen."""
    if isinstance(entry, ScoreStrip):
        return entry.value is None
    if isinstance(entry, YesNo):
        return entry.answer is None
    assert isinstance(entry, NumberField | ProgramField)
    return not entry.text()


class KeyFlow(QObject):
    """Watches the entries of one form and moves the focus.

    Signals
    -------
    remarked
        Something to say beside an entry; empty text takes it away.
    ended
        The last entry was answered.
    none_wanted
        "None of these" was pressed on a safety question.
    """

    remarked = Signal(QWidget, str)
    ended = Signal()
    none_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: tuple[Entry, ...] = ()
        self._arrived: QWidget | None = None
        self._before: QWidget | None = None
        self._one: ScoreStrip | None = None

    def set_order(self, entries: Sequence[Entry]) -> None:
        """Name the entries in the order in which they are asked."""
        for entry in self._order:
            entry.removeEventFilter(self)
        self._order = tuple(entries)
        self._arrived = self._before = self._one = None
        for entry in self._order:
            entry.installEventFilter(self)

    def begin(self) -> None:
        """Give the focus to the first unanswered entry."""
        for entry in self._usable():
            if is_empty(entry):
                entry.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.ended.emit()

    def go_on_from(self, entry: QWidget) -> None:
        """Go to the next unanswered entry after one that is answered now."""
        after = self._after(entry)
        target = next((other for other in after if is_empty(other)), None)
        if target is None:
            self.ended.emit()
            return
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrived, self._before = target, entry

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take over the keys that move; leave the others to the entry."""
        if event.type() is QEvent.Type.FocusOut:
            self._forget(watched)
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        if isinstance(watched, ScoreStrip | NumberField | ProgramField | YesNo):
            return self._on_key(watched, event)
        return False

    def _on_key(self, entry: Entry, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() and isinstance(entry, ScoreStrip | YesNo) and event.text():
            return True
        arrived = self._arrived is entry
        if arrived and self._confirms_the_one_before(entry, event):
            return True
        self._arrived = None
        self.remarked.emit(entry, "")
        if self._moves(entry, event):
            return True
        if isinstance(entry, ScoreStrip):
            return self._on_score_key(entry, event)
        if isinstance(entry, YesNo):
            return self._on_answer_key(entry, event)
        return self._on_text_key(entry, event)

    def _confirms_the_one_before(self, entry: Entry, event: QKeyEvent) -> bool:
        """Absorb what still belongs to the score that was answered just now."""
        if event.key() in (*_ENTER, Qt.Key.Key_Tab) and is_empty(entry):
            self._arrived = None
            self.remarked.emit(entry, self.tr("Enter once more leaves it empty."))
            return True
        no_half_here = isinstance(entry, ScoreStrip) or entry.property(WHOLE_NUMBER) is True
        if event.text() in _HALF and no_half_here and isinstance(self._before, ScoreStrip):
            self._before.handle_key(event)
            self._before = None
            return True
        return False

    def _moves(self, entry: Entry, event: QKeyEvent) -> bool:
        """Go on, leave empty or go back."""
        if event.key() in _ENTER:
            if isinstance(entry, NumberField) and entry.problem:
                return True
            if isinstance(entry, ProgramField) and not entry.complete():
                return True
            self._one = None
            self._step(entry, 1)
            return True
        if event.text() == "-" and is_empty(entry) and entry.property(SIGNED) is not True:
            self._step(entry, 1)
            return True
        if event.key() == Qt.Key.Key_Backspace and is_empty(entry):
            self._step(entry, -1)
            return True
        return False

    def _on_score_key(self, strip: ScoreStrip, event: QKeyEvent) -> bool:
        text = event.text()
        is_digit = len(text) == 1 and text in "0123456789"
        if self._one is strip and is_digit and text != "0":
            self.remarked.emit(strip, self.tr("1 or 10? Enter keeps 1, 0 makes ten."))
            return True
        if not is_digit and text not in _HALF:
            self._one = None
            return False
        if text in _HALF and self._one is not strip:
            return False
        strip.handle_key(event)
        if text == "1" and self._one is not strip:
            self._one = strip
            self.remarked.emit(strip, self.tr("Enter keeps 1, 0 makes ten."))
            return True
        self._one = None
        self.go_on_from(strip)
        return True

    def _on_answer_key(self, entry: YesNo, event: QKeyEvent) -> bool:
        if event.text().lower() == "a":
            self.none_wanted.emit()
            return True
        if not event.text() or not entry.handle_key(event):
            return False
        if entry.answer is not None:
            self.go_on_from(entry)
        return True

    def _on_text_key(self, entry: NumberField | ProgramField, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space or not is_empty(entry):
            return False
        if isinstance(entry, NumberField) and entry.suggestion is not None:
            entry.set_value(entry.suggestion)
        elif isinstance(entry, ProgramField) and entry.suggestion:
            entry.setText(entry.suggestion)
        else:
            return True
        self.go_on_from(entry)
        return True

    def _step(self, entry: Entry, step: int) -> None:
        usable = self._usable()
        if entry not in usable:
            return
        place = usable.index(entry) + step
        if place >= len(usable):
            self.ended.emit()
        elif place >= 0:
            usable[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _usable(self) -> list[Entry]:
        return [entry for entry in self._order if entry.isEnabled() and not entry.isHidden()]

    def _after(self, entry: QWidget) -> list[Entry]:
        usable = self._usable()
        places = [n for n, other in enumerate(usable) if other is entry]
        return usable[places[0] + 1 :] if places else []

    def _forget(self, watched: QObject) -> None:
        if watched is self._arrived:
            self._arrived = None
        if watched is self._one:
            self._one = None
            self.remarked.emit(watched, "")
