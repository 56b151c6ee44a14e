"""Every rule of the library in plain words, with source, date and checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from scs_trial.domain.criteria import Criteria
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.card import Card
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.scrolled import scrolled


class CriteriaPage(QWidget):
    """A list of rules, and the chosen one in words.

    Parameters
    ----------
    library
        Criteria by id.
    describe
        Says a rule in plain words, the same as on the page.
    """

    def __init__(
        self,
        library: Mapping[str, Criteria],
        describe: Callable[[Criteria], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("criteria")
        self._library = library
        self._rules: tuple[Criteria, ...] = ()
        self._describe = describe
        self._list = QListWidget()
        self._list.setObjectName("criteria.list")
        self._list.setAccessibleName("Criteria")
        self._list.setFixedWidth(240)
        self._list.setSpacing(SPACE // 4)
        self._area = scrolled("criteria.rule", "Rule in words")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self._list)
        layout.addWidget(self._area, 1)
        self._list.currentRowChanged.connect(self._on_list_row_changed)
        self.reload()

    def reload(self) -> None:
        """Show the rules that the library holds now; the chosen one stays chosen."""
        row = max(self._list.currentRow(), 0)
        chosen = self._rules[row].id if self._rules else ""
        self._rules = tuple(self._library.values())
        self._list.clear()
        for rule in self._rules:
            self._list.addItem(f"{rule.id}  {rule.version}")
        ids = [rule.id for rule in self._rules]
        self._list.setCurrentRow(ids.index(chosen) if chosen in ids else 0)

    @Slot(int)
    def _on_list_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._rules):
            self._area.setWidget(self._page(self._rules[row]))

    def _page(self, rule: Criteria) -> QWidget:
        card = Card()
        body = card.body
        body.addWidget(PlainLabel(rule.title, size=TextSize.LARGE, weight=QFont.Weight.DemiBold))
        body.addWidget(PlainLabel(f"{rule.id}, version {rule.version}", role=Colour.MUTED))
        words = PlainLabel(self._describe(rule), wrap=True)
        words.setObjectName("criteria.words")
        body.addWidget(words)
        _part(card, "Before use", "Check against your payer's current text.")
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        return holder


def _part(card: Card, heading: str, text: str) -> None:
    card.body.addSpacing(SPACE)
    card.body.addWidget(PlainLabel(heading, weight=QFont.Weight.DemiBold))
    card.body.addWidget(PlainLabel(text, wrap=True))
