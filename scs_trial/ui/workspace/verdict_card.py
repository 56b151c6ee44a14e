"""The verdict card: figure, status in words, each criterion, what could change it, cautions."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from scs_trial.domain.verdict import Verdict
from scs_trial.ui.fonts import BASE_POINTS
from scs_trial.ui.locale_words import in_locale
from scs_trial.ui.theme import RADIUS, SPACE, Colour, colour
from scs_trial.ui.widgets import Card, PlainLabel, TextSize
from scs_trial.ui.workspace.verdict_line_row import ROWS, VerdictLineRow, status_word

_NARROW_BELOW, _SQUEEZED_BELOW = 640, 540
_LEAST = 280


class VerdictCard(Card):
    """Every text comes from the verdict; the card only sets it.

    The stripe on the left repeats in colour what symbol and words say.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("verdict")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._leaves: tuple[str, ...] = ()
        self._rows: list[VerdictLineRow] = []
        self.figure = PlainLabel("", self, size=TextSize.FIGURE, weight=QFont.Weight.Bold)
        self.figure.setObjectName("verdict.figure")
        self._caption = _wrapped(self, role=Colour.MUTED, size=TextSize.SMALL)
        self.headline = PlainLabel(
            "", self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True
        )
        self.headline.setObjectName("verdict.headline")
        self._sentence = _wrapped(self)
        self._methods = _wrapped(self, role=Colour.MUTED)
        self._cautions = _wrapped(self, role=Colour.WARNING)
        self._cautions.setObjectName("verdict.cautions")
        self._notes = _wrapped(self, role=Colour.MUTED, size=TextSize.SMALL)
        self._notes.setObjectName("verdict.notes")
        self._grid = QGridLayout()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    def show_verdict(self, verdict: Verdict) -> None:
        """Show a verdict; the same criteria only change their texts."""
        self.set_tone(verdict.tone)
        self.figure.set_role(Colour(verdict.tone.value))
        self.figure.setText(in_locale(verdict.figure))
        self._caption.setText(in_locale(verdict.figure_caption))
        self.headline.setText(in_locale(f"{verdict.symbol} {verdict.headline}".strip()))
        _set(self._sentence, in_locale(verdict.sentence))
        _set(self._methods, in_locale(verdict.methods))
        cautions = [self.tr("▲ Caution: {0}").format(found.text) for found in verdict.cautions]
        _set(self._cautions, in_locale("\n".join(cautions)))
        notes = " ".join(found.text for found in verdict.notes)
        _set(self._notes, in_locale(self.tr("Notes: {0}").format(notes)) if notes else "")
        self._show_lines(verdict)
        self.setAccessibleName(in_locale(verdict.headline))
        self.setAccessibleDescription(in_locale(spoken(verdict)))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which it stands in one column, whatever it stands in now."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the remarks under the criteria where it is narrow."""
        super().resizeEvent(event)
        self._place_lines()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame of the focus away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, and the frame of the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(Colour.ACCENT, self), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.figure)
        left.addWidget(self._caption)
        left.addStretch(1)
        self._grid.setHorizontalSpacing(SPACE + 2)
        self._grid.setVerticalSpacing(3)
        right = QVBoxLayout()
        right.setSpacing(5)
        right.addWidget(self.headline)
        right.addWidget(self._sentence)
        right.addLayout(self._grid)
        right.addWidget(self._methods)
        right.addWidget(self._cautions)
        right.addWidget(self._notes)
        right.addStretch(1)
        self._halves.setSpacing(2 * SPACE)
        self._halves.addLayout(left, 2)
        self._halves.addLayout(right, 10)
        self.body.addLayout(self._halves)

    def _show_lines(self, verdict: Verdict) -> None:
        leaves = tuple(line.leaf_id for line in verdict.lines)
        if leaves != self._leaves:
            self._leaves = leaves
            for row in self._rows:
                for widget in row.widgets():
                    widget.hide()
                    widget.deleteLater()
            self._rows = [
                VerdictLineRow(self._grid, number * ROWS, self) for number in range(len(leaves))
            ]
            self._place_lines()
        for row, line in zip(self._rows, verdict.lines, strict=True):
            row.show_line(line)

    def _place_lines(self) -> None:
        width = self.width() * BASE_POINTS / self.font().pointSizeF()
        narrow, squeezed = width < _NARROW_BELOW, width < _SQUEEZED_BELOW
        way = QBoxLayout.Direction
        self._halves.setDirection(way.TopToBottom if squeezed else way.LeftToRight)
        self._halves.setStretch(0, 0 if squeezed else 2)
        self._halves.setSpacing(SPACE // 2 if squeezed else 2 * SPACE)
        for row in self._rows:
            row.place(narrow=narrow)
            row.squeeze(squeezed=squeezed)
        for column, stretch in enumerate((0, 0, 0, 2, 1) if narrow else (0, 2, 0, 3, 6)):
            self._grid.setColumnStretch(column, stretch)


def spoken(verdict: Verdict) -> str:
    """Return the whole card as text for a screen reader."""
    lines = [
        f"{line.title}: {status_word(line.status)}, {line.value}. {line.remark}"
        for line in verdict.lines
    ]
    cautions = [f"Caution: {found.text}" for found in verdict.cautions]
    notes = [f"Note: {found.text}" for found in verdict.notes]
    parts = [
        f"{verdict.figure} {verdict.figure_caption}.",
        verdict.sentence,
        *lines,
        verdict.methods,
        *cautions,
        *notes,
    ]
    return " ".join(part.strip() for part in parts if part.strip())


def _wrapped(
    parent: QWidget, *, role: Colour = Colour.TEXT, size: TextSize = TextSize.NORMAL
) -> PlainLabel:
    return PlainLabel("", parent, role=role, size=size, wrap=True)


def _set(label: PlainLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
