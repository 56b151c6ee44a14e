"""Where the parts of the audit view stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from scs_trial.ui.audit.audit_model import AuditModel
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Banner, DateField, Field, PlainLabel
from scs_trial.ui.widgets.named_button import named_button

_DETAIL_HEIGHT = 110
_REASON = 6


class AuditView(QWidget):
    """Fields above, rows in the middle, the chosen row and the check beneath."""

    def __init__(self, parent: QWidget | None, *, today: Callable[[], date]) -> None:
        super().__init__(parent)
        self.model = AuditModel()
        self.patient = self._field("patient")
        self.actor = self._field("actor")
        self.action = self._field("action")
        self.first = DateField(self.tr("From"), self, today=today)
        self.last = DateField(self.tr("To"), self, today=today)
        for name, editor in (("first", self.first), ("last", self.last)):
            editor.setObjectName(f"audit.{name}")
        self.search = self._button("search", self.tr("Search"))
        self.count = PlainLabel("", self, role=Colour.MUTED)
        self.count.setObjectName("audit.count")
        self.table = QTableView(self)
        self.detail = self._text("detail", self.tr("The chosen row"))
        self.anchor = self._field("anchor")
        self.anchor.setPlaceholderText("audit 1234 0a1b 2c3d 4e5f 6071")
        self.check = self._button("check", self.tr("Check the record"))
        self.report = self._text("report", self.tr("What the check found"))
        self.banner = Banner(self)
        self.banner.setObjectName("audit.banner")
        self.export = self._button("export", self.tr("Export CSV…"))
        self.close_button = self._button("close", self.tr("Close"))
        self._lay_out()

    def _field(self, name: str) -> QLineEdit:
        editor = QLineEdit(self)
        editor.setObjectName(f"audit.{name}")
        return editor

    def _button(self, name: str, text: str) -> QPushButton:
        return named_button(text, f"audit.{name}", self)

    def _text(self, name: str, title: str) -> QPlainTextEdit:
        box = QPlainTextEdit(self)
        box.setObjectName(f"audit.{name}")
        box.setAccessibleName(title)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setFixedHeight(_DETAIL_HEIGHT)
        return box

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("audit.table")
        table.setAccessibleName(self.tr("Audit trail"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        self._set_up_table()
        fields = QGridLayout()
        fields.setHorizontalSpacing(SPACE)
        titles = (
            (self.tr("Patient: name, MRN or birth date"), self.patient),
            (self.tr("Who"), self.actor),
            (self.tr("Did or what"), self.action),
            (self.tr("From"), self.first),
            (self.tr("To"), self.last),
        )
        for column, (title, editor) in enumerate(titles):
            fields.addWidget(Field(title, editor, self), 0, column)
            fields.setColumnStretch(column, 2 if column == 0 else 1)
        found = QHBoxLayout()
        found.addWidget(self.count, 1)
        found.addWidget(self.search)
        check = QHBoxLayout()
        check.setSpacing(SPACE)
        check.addWidget(
            Field(self.tr("Printed anchor, from the foot of a page"), self.anchor, self), 1
        )
        check.addWidget(self.check)
        buttons = QHBoxLayout()
        buttons.addWidget(self.export)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.banner)
        layout.addLayout(fields)
        layout.addLayout(found)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addLayout(check)
        layout.addWidget(self.report)
        layout.addLayout(buttons)
