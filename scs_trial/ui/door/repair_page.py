"""A damaged record at the log-in: what will be tried, and what was done, step by step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from scs_trial.ui.help.text_page import help_page
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.card import Card, put_in_the_middle
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.named_button import named_button

_WIDTH = 620
LADDER = (
    "1  The record is kept as it is, in a folder beside it. It is never overwritten.",
    "2  Its indexes are built anew on a copy.",
    "3  If that is not enough, its rows are read one by one into a new file.",
    "4  If anything is missing then, the newest whole backup takes its place. What was entered"
    " after that backup is only in what was kept.",
)
"""What the repair does, in its order; the first step whose outcome is whole is the last."""


class RepairPage(QWidget):
    """Offers the repair, shows its steps as they are done, and how it ended.

    Signals
    -------
    repair_requested
        The ladder is to be climbed.
    left
        Back to the log-in: nothing was done, or all is done.
    """

    repair_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("repair")
        self.setAccessibleName("Repair of a damaged record")
        self._title = PlainLabel("", size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True)
        self._title.setObjectName("repair.title")
        self._text = PlainLabel("", wrap=True)
        self._text.setObjectName("repair.text")
        self._plan = QWidget()
        self._steps = PlainLabel("", wrap=True)
        self._steps.setObjectName("repair.steps")
        self._bar = QProgressBar()
        self._bar.setObjectName("repair.progress")
        self._bar.setAccessibleName("Repairing")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._help = named_button("Help", "repair.help")
        self._help.clicked.connect(self._on_help_clicked)
        self._back = named_button("Back", "repair.back")
        self._back.clicked.connect(self.left)
        self._repair = named_button("Repair the record", "repair.repair")
        self._repair.setProperty("kind", "primary")
        self._repair.clicked.connect(self.repair_requested)
        self._build()

    def show_damage(self, what: str) -> None:
        """Say what is wrong and what a repair would do."""
        self._title.setText("The record is damaged")
        self._text.setText(
            f"{what} Nothing was changed. A repair needs the password of an administrator, which "
            "you have just typed if you are one. It does, in this order:"
        )
        self._bar.hide()
        self._steps.hide()
        self._repair.setFocus()

    def show_working(self) -> None:
        """Show that the ladder is being climbed."""
        self._title.setText("Repairing…")
        self._text.setText("Leave the program open. Each step is said below as it is done.")
        self._plan.hide()
        self._bar.show()
        self._steps.setText("")
        self._steps.show()
        for button in (self._back, self._repair):
            button.setEnabled(False)

    def add_step(self, text: str) -> None:
        """Say a step that was done."""
        before = self._steps.text()
        self._steps.setText(f"{before}\n·  {text}" if before else f"·  {text}")

    def show_end(self, title: str, text: str, *, again: bool) -> None:
        """Say how it ended; ``again`` offers to try once more."""
        self._title.setText(title)
        self._text.setText(text)
        self._bar.hide()
        self._back.setEnabled(True)
        self._repair.setEnabled(again)
        self._repair.setVisible(again)
        self._back.setText("Back" if again else "Go to the log-in")
        self._back.setAccessibleName(self._back.text())
        self._back.setFocus()

    def _build(self) -> None:
        card = Card()
        card.setFixedWidth(_WIDTH)
        body = card.body
        body.addWidget(self._title)
        body.addWidget(self._text)
        plan = QVBoxLayout(self._plan)
        plan.setContentsMargins(SPACE, 0, 0, 0)
        for step in LADDER:
            plan.addWidget(PlainLabel(step, role=Colour.MUTED, wrap=True))
        body.addWidget(self._plan)
        body.addWidget(self._bar)
        body.addWidget(self._steps)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._help)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._repair)
        body.addLayout(row)
        put_in_the_middle(card, self)

    def _on_help_clicked(self) -> None:
        help_page("backups", self).open()
