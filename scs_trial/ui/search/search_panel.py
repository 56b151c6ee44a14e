"""The search box over the window: type, choose with the arrow keys, Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from scs_trial.ui.search.search_model import Found, FoundRole, SearchModel
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour, colour

Find = Callable[[str], Sequence[Found]]

_LINE = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter
_WIDTH = 560
_HEIGHT = 420


class SearchPanel(QDialog):
    """Finds patients and commands while typing.

    Signals
    -------
    chosen
        The `Found` line that was entered.

    Parameters
    ----------
    find
        Returns what to show for the text typed so far, patients first.
    """

    chosen = Signal(object)

    def __init__(self, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("search")
        self.setAccessibleName("Find a patient or a command")
        self._find = find
        self._field = QLineEdit(self)
        self._field.setObjectName("search.field")
        self._field.setAccessibleName("Name, MRN, birth date or command")
        self._field.setPlaceholderText("Name, MRN, birth date or command")
        self._field.setClearButtonEnabled(True)
        self._model = SearchModel()
        self._view = QListView(self)
        self._view.setObjectName("search.list")
        self._view.setAccessibleName("Found")
        self._view.setModel(self._model)
        self._view.setItemDelegate(_FoundPainter(self._view))
        self._view.setFrameShape(QListView.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.addWidget(self._field)
        layout.addWidget(self._view)
        self._field.installEventFilter(self)
        self._field.textEdited.connect(self._on_field_edited)
        self._field.returnPressed.connect(self._on_return_pressed)
        self._view.clicked.connect(self._on_view_clicked)

    def open_over(self, window: QWidget, text: str = "") -> None:
        """Show the panel over the upper part of a window, with the keyboard in its field."""
        area = window.rect()
        width = min(_WIDTH, area.width() - 4 * SPACE)
        self.resize(width, min(_HEIGHT, area.height() - 8 * SPACE))
        self.move(
            window.mapToGlobal(area.topLeft()).x() + (area.width() - width) // 2,
            window.mapToGlobal(area.topLeft()).y() + 6 * SPACE,
        )
        self._field.setText(text)
        self._on_field_edited(text)
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk through the list while the field keeps the keyboard."""
        if watched is self._field and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and event.type() is QEvent.Type.KeyPress:
                self._walk(step)
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_field_edited(self, text: str) -> None:
        self._model.set_found(self._find(text))
        self._view.setCurrentIndex(self._model.index(0))

    @Slot()
    def _on_return_pressed(self) -> None:
        self._choose(self._view.currentIndex())

    @Slot(QModelIndex)
    def _on_view_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _walk(self, step: int) -> None:
        count = self._model.rowCount()
        if count:
            row = (self._view.currentIndex().row() + step) % count
            self._view.setCurrentIndex(self._model.index(row))

    def _choose(self, index: QModelIndex) -> None:
        found = self._model.found(index)
        if found is not None:
            self.hide()
            self.chosen.emit(found)


class _FoundPainter(QStyledItemDelegate):
    """Draws title, detail and shortcut of a line as plain text."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, round(QFontMetricsF(option.font).height() + 1.5 * SPACE))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: Found = index.data(FoundRole.FOUND)
        painter.save()
        area = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour(Colour.ACCENT_SOFT, option.palette))
        inner = area.adjusted(SPACE, 0, -SPACE, 0)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        half = inner.width() / 2
        title = QRectF(inner.left(), inner.top(), half, inner.height())
        detail = QRectF(inner.left() + half, inner.top(), half, inner.height())
        painter.setFont(bold)
        painter.setPen(colour(Colour.TEXT, option.palette))
        _draw(painter, title.adjusted(0, 0, -SPACE, 0), found.title, Qt.AlignmentFlag.AlignLeft)
        painter.setFont(option.font)
        painter.setPen(colour(Colour.MUTED, option.palette))
        _draw(painter, detail, found.shortcut or found.detail, Qt.AlignmentFlag.AlignRight)
        painter.restore()


def _draw(painter: QPainter, area: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
    cut = QFontMetricsF(painter.font()).elidedText(
        shown(text, one_line=True), Qt.TextElideMode.ElideRight, area.width()
    )
    painter.drawText(area, int(_LINE | align), cut)
