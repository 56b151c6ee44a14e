"""The recovery key: shown once, printed, and two groups of it asked back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_GROUPS_IN_A_LINE = 4


class RecoveryKeyStep(QWidget):
    """Shows the key; goes on only once two groups were typed back correctly.

    Parameters
    ----------
    done
        Text of the button that ends it.

    Signals
    -------
    confirmed
        Both groups were right.
    print_requested
        The text to be printed.
    """

    confirmed = Signal()
    print_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, done: str = "Open the record") -> None:
        super().__init__(parent)
        self.setObjectName("recovery_key")
        self._done = done
        self._groups: tuple[str, ...] = ()
        self._asked: tuple[int, int] = (0, 0)
        self._key = PlainLabel("", size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True)
        self._key.setObjectName("recovery_key.groups")
        self._captions = (PlainLabel("", role=Colour.MUTED), PlainLabel("", role=Colour.MUTED))
        self._answers = (QLineEdit(), QLineEdit())
        self._state = PlainLabel("", role=Colour.DANGER, wrap=True)
        self._build()

    def set_groups(self, groups: Sequence[str]) -> None:
        """Show a key; the second and the last but one group are asked back."""
        self._groups = tuple(groups)
        self._asked = (1, len(self._groups) - 2)
        lines = [
            "  ".join(self._groups[start : start + _GROUPS_IN_A_LINE])
            for start in range(0, len(self._groups), _GROUPS_IN_A_LINE)
        ]
        self._key.setText("\n".join(lines))
        for caption, answer, position in zip(
            self._captions, self._answers, self._asked, strict=True
        ):
            caption.setText(f"Group {position + 1}")
            answer.setAccessibleName(f"Group {position + 1} of the recovery key")
            answer.clear()
        self._answers[0].setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel("Your recovery key", size=TextSize.TITLE))
        column.addWidget(
            PlainLabel(
                "It opens the record when every password is lost. Print it or write it down and"
                " keep it in a safe place, away from this computer. It is not shown again.",
                role=Colour.MUTED,
                wrap=True,
            )
        )
        column.addWidget(self._key)
        printing = QPushButton("Print the key")
        printing.setObjectName("recovery_key.print")
        printing.clicked.connect(self._on_print_clicked)
        column.addWidget(printing)
        column.addWidget(PlainLabel("Type these two groups back:", role=Colour.TEXT))
        row = QHBoxLayout()
        for number, (caption, answer) in enumerate(
            zip(self._captions, self._answers, strict=True), start=1
        ):
            answer.setObjectName(f"recovery_key.answer_{number}")
            answer.setAccessibleName("A group of the recovery key")
            answer.returnPressed.connect(self._on_done_clicked)
            row.addWidget(caption)
            row.addWidget(answer)
        column.addLayout(row)
        column.addWidget(self._state)
        done = QPushButton(self._done)
        done.setObjectName("recovery_key.done")
        done.setProperty("kind", "primary")
        done.clicked.connect(self._on_done_clicked)
        column.addWidget(done)
        column.addStretch(1)

    @Slot()
    def _on_print_clicked(self) -> None:
        self.print_requested.emit(self._key.text())

    @Slot()
    def _on_done_clicked(self) -> None:
        for answer, position in zip(self._answers, self._asked, strict=True):
            if answer.text().strip().upper() != self._groups[position].upper():
                self._state.setText(f"Group {position + 1} reads otherwise; look again.")
                answer.selectAll()
                answer.setFocus()
                return
        self.confirmed.emit()
