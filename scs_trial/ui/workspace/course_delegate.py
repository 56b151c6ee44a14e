"""How the cells of the day table are drawn and edited."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from scs_trial.domain.course import Cell, CellState, ColumnKind, DayColumn
from scs_trial.ui.theme import Colour, colour
from scs_trial.ui.workspace.course_model import BASELINE, TITLE, CourseRole

Index = QModelIndex | QPersistentModelIndex


class CourseDelegate(QStyledItemDelegate):
    """Quiet lines between the rows, bold means, the asked day tinted, the draft framed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one line with air."""
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.lineSpacing() + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        palette = option.palette
        rect = option.rect
        cell, column = index.data(CourseRole.CELL), index.data(CourseRole.COLUMN)
        painter.save()
        painter.fillRect(rect, _ground(column, palette))
        if isinstance(column, DayColumn) and column.kind is not ColumnKind.COUNTED:
            painter.fillRect(rect, _hatch(palette))
        painter.setPen(colour(Colour.GRID, palette))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(self._font(option, index))
        painter.setPen(_ink(index, cell, palette))
        _draw_text(painter, rect, index)
        self._draw_frames(painter, option, cell)
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """Return a plain field; what it means is checked by the correction that follows."""
        editor = QLineEdit(parent)
        editor.setObjectName("course.cell_editor")
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setMaxLength(24)
        editor.setStyleSheet("padding: 0px; border-radius: 2px;")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the exact value into the field."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Cover the cell."""
        editor.setGeometry(option.rect)

    def _font(self, option: QStyleOptionViewItem, index: Index) -> QFont:
        font = QFont(option.font)
        mean = index.model().columnCount() - 2
        if index.column() == mean or (index.column() == TITLE and index.data(CourseRole.PRIMARY)):
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _draw_frames(self, painter: QPainter, option: QStyleOptionViewItem, cell: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        accent = colour(Colour.ACCENT, option.palette)
        inner = QRectF(option.rect).adjusted(3, 2, -3, -3)
        if isinstance(cell, Cell) and cell.state is CellState.DRAFT:
            painter.setPen(QPen(accent, 1.4, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(inner, 4, 4)
        focus = QStyle.StateFlag.State_HasFocus
        if option.state & focus and cell is None:
            painter.fillRect(option.rect.adjusted(0, option.rect.height() - 3, -4, 0), accent)
        elif option.state & focus:
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(inner.adjusted(-1, -1, 1, 1), 4, 4)


def _ground(column: object, palette: QPalette) -> QColor:
    asked = isinstance(column, DayColumn) and column.is_asked
    return colour(Colour.TODAY_SOFT if asked else Colour.PANE, palette)


def _hatch(palette: QPalette) -> QBrush:
    return QBrush(colour(Colour.LINE, palette), Qt.BrushStyle.BDiagPattern)


def _ink(index: Index, cell: object, palette: QPalette) -> QColor:
    role = Colour.TEXT
    if isinstance(cell, Cell):
        quiet = cell.value is None or cell.state is CellState.EXCLUDED
        role = Colour.MUTED if quiet else Colour.TEXT
        column = index.data(CourseRole.COLUMN)
        if isinstance(column, DayColumn) and column.kind is not ColumnKind.COUNTED:
            role = Colour.MUTED
    elif index.column() == BASELINE:
        role = Colour.MUTED
    return colour(role, palette)


def _draw_text(painter: QPainter, rect: QRect, index: Index) -> None:
    text = str(index.data(Qt.ItemDataRole.DisplayRole))
    if index.column() == TITLE:
        area = rect.adjusted(0, 0, -4, 0)
        alignment = Qt.AlignmentFlag.AlignLeft
        marked = f"{text} ◂"
        fits = painter.fontMetrics().horizontalAdvance(marked) <= area.width()
        if index.data(CourseRole.PRIMARY) and fits:
            text = marked
    elif isinstance(index.data(CourseRole.CELL), Cell) or index.column() == BASELINE:
        area, alignment = rect, Qt.AlignmentFlag.AlignHCenter
    else:
        area, alignment = rect.adjusted(0, 0, -6, 0), Qt.AlignmentFlag.AlignRight
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, alignment | Qt.AlignmentFlag.AlignVCenter, text)
