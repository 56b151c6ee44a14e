"""The day table: its columns stand where the geometry says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from scs_trial.ui.plots.geometry import Geometry, Widths
from scs_trial.ui.workspace.course_delegate import CourseDelegate
from scs_trial.ui.workspace.course_header import CourseHeader
from scs_trial.ui.workspace.course_model import FIRST_DAY, CourseModel

_Trigger = QAbstractItemView.EditTrigger


class CourseTable(QTableView):
    """Title, baseline, the days in sight, mean and change.

    Days out of sight are hidden columns, so baseline, mean and change stay where they are.
    """

    day_wanted = Signal(int)
    """Index of a day column out of sight that the keyboard moved to."""
    column_pointed = Signal(object)
    """Index of the day under the pointer, None for none."""

    def __init__(self, model: CourseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = model
        self.setObjectName("course.table")
        self.setAccessibleName(self.tr("Course by day"))
        self.setModel(model)
        self.setItemDelegate(CourseDelegate(self))
        self._header = CourseHeader(self)
        self.setHorizontalHeader(self._header)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(
            _Trigger.DoubleClicked | _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.entered.connect(self._on_entered)
        self._take_row_height()

    def set_geometry_of_columns(self, geometry: Geometry) -> None:
        """Give each column its width and hide the days out of sight."""
        header = self.horizontalHeader()
        widths = [geometry.title, geometry.baseline]
        widths += [geometry.day] * geometry.total + [geometry.mean, geometry.change]
        for section, width in enumerate(widths):
            day = section - FIRST_DAY
            hidden = 0 <= day < geometry.total and not geometry.shows(day)
            if hidden != header.isSectionHidden(section):
                header.setSectionHidden(section, hidden)
            if not hidden and header.sectionSize(section) != width:
                header.resizeSection(section, width)

    def widths(self) -> Widths:
        """Return what the texts in the table need."""
        course, metrics = self._course, self.fontMetrics()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        strong = QFontMetrics(bold)
        rows = [course.row_at(number) for number in range(course.rowCount())]
        texts = [cell.text for row in rows for cell in row.cells]
        titles = [strong.horizontalAdvance(f"{row.title} ◂") + 8 for row in rows]
        least = max([metrics.horizontalAdvance(text) for text in texts] + [0]) + 6
        least = max(least, metrics.horizontalAdvance("00.0") + 4)
        whole = max(self._header.whole_day_width(), least)
        change = [row.change_text for row in rows] + [course.header_lines(-1)[0]]
        title = max(titles, default=0)
        short = metrics.averageCharWidth() * 13
        return Widths(
            title=(min(title, short), min(title, 3 * short)),
            baseline=max(
                [metrics.horizontalAdvance(row.baseline_text) + 6 for row in rows]
                + [self._header.baseline_width()]
            ),
            mean=max([strong.horizontalAdvance(row.mean_text) for row in rows] + [32]) + 13,
            change=max([strong.horizontalAdvance(text) for text in change] + [48]) + 9,
            day=(least, whole, 2 * max(whole, least)),
        )

    def fitted_height(self) -> int:
        """Return the height of header and all rows."""
        rows = self.verticalHeader().defaultSectionSize() * self._course.rowCount()
        return self.horizontalHeader().sizeHint().height() + rows

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(320, self.fitted_height())

    def minimumSizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(0, self.fitted_height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._take_row_height()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the cursor on the asked day, today or the first day in sight."""
        super().focusInEvent(event)
        if self.currentIndex().column() < FIRST_DAY and self._course.days:
            days = self._course.days
            marked = [i for i, day in enumerate(days) if day.is_asked or day.is_today]
            sights = [i for i in range(len(days)) if not self.isColumnHidden(i + FIRST_DAY)]
            day = next((i for i in marked if i in sights), sights[0] if sights else 0)
            self.setCurrentIndex(self._course.index(0, FIRST_DAY + day))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has left."""
        super().leaveEvent(event)
        self.column_pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring a hidden day into sight before the cursor moves there; Enter edits."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        day = self.currentIndex().column() - FIRST_DAY + step
        if step and 0 <= day < len(self._course.days) and self.isColumnHidden(day + FIRST_DAY):
            self.day_wanted.emit(day)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        editing = self.state() is QAbstractItemView.State.EditingState
        open_ = self.editTriggers() != _Trigger.NoEditTriggers
        if (
            enter
            and open_
            and not editing
            and self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
        ):
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _on_entered(self, index: QModelIndex) -> None:
        day = index.column() - FIRST_DAY
        self.column_pointed.emit(day if 0 <= day < len(self._course.days) else None)

    def _take_row_height(self) -> None:
        height = self.fontMetrics().lineSpacing() + 6
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.updateGeometry()
