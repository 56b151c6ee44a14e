"""Yes or no, unanswered until somebody answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_trial.domain.tone import Tone
from scs_trial.ui.theme import tone_colours
from scs_trial.ui.widgets.cell_strip import CellStrip

_YES, _NO = 0, 1


class YesNo(CellStrip):
    """An answer that starts as none: True, False or None.

    Y and N answer (and the first letters of the words in the language of the program), arrows
    choose, Backspace or Delete takes the answer back, Enter goes on.

    Parameters
    ----------
    title
        The question; the accessible name.
    yes_tone, no_tone
        Tones of the answers, e.g. danger and good for a safety question.
    """

    answer_changed = Signal(object)
    """New answer: True, False or None."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        yes_tone: Tone = Tone.GOOD,
        no_tone: Tone = Tone.NEUTRAL,
    ) -> None:
        words = [self.tr("Yes"), self.tr("No")]
        super().__init__(title, words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._answer: bool | None = None
        self._tones = (yes_tone, no_tone)
        self._keys = {"y": True, "n": False, words[0][0].lower(): True, words[1][0].lower(): False}
        self._say()

    @property
    def answer(self) -> bool | None:
        """The answer, None while unanswered."""
        return self._answer

    def set_answer(self, answer: bool | None) -> None:
        """Show an answer."""
        if answer is not self._answer:
            self._answer = answer
            self._say()
            self.answer_changed.emit(answer)

    def chosen_cell(self) -> int:
        """Return the cell of the answer, -1 while unanswered."""
        if self._answer is None:
            return -1
        return _YES if self._answer else _NO

    def choose_cell(self, index: int) -> None:
        """Take over a click."""
        self.set_answer(index == _YES)

    def cell_colours(self, index: int) -> tuple[QColor, QColor]:
        """Return the tone of the answer."""
        strong, soft = tone_colours(self._tones[index], self)
        return soft, strong

    def handle_key(self, event: QKeyEvent) -> bool:
        """Take over the letters, arrows and clearing."""
        key, letter = event.key(), event.text().lower()
        if letter in self._keys:
            self.set_answer(self._keys[letter])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.set_answer(key == Qt.Key.Key_Left)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.set_answer(None)
        else:
            return False
        return True

    def _say(self) -> None:
        words = {None: self.tr("not answered"), True: self._texts[_YES], False: self._texts[_NO]}
        self.announce(words[self._answer])
