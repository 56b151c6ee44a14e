"""Every rule of the library in plain words, with source, date and checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from scs_trial.domain.criteria import Criteria, Evidence
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.card import Card
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.scrolled import scrolled

_EVIDENCE = {
    Evidence.PRIMARY: "checked in the source itself",
    Evidence.SECONDARY: "checked in a secondary source",
    Evidence.UNCONFIRMED: "not confirmed: check before use",
}


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
        self._rules = tuple(library.values())
        self._describe = describe
        self._list = QListWidget()
        self._list.setObjectName("criteria.list")
        self._list.setAccessibleName("Criteria")
        self._list.setFixedWidth(240)
        self._list.setSpacing(SPACE // 4)
        for rule in self._rules:
            self._list.addItem(f"{rule.id}  {rule.version}")
        self._area = scrolled("criteria.rule", "Rule in words")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self._list)
        layout.addWidget(self._area, 1)
        self._list.currentRowChanged.connect(self._on_list_row_changed)
        self._list.setCurrentRow(0)

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
        _part(card, "Source", rule.source)
        _part(card, "Evidence", f"{_EVIDENCE[rule.evidence]}, {rule.checked_on.isoformat()}")
        if rule.checklist:
            _part(card, "Also asked for", "\n".join(f"• {item.text}" for item in rule.checklist))
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
