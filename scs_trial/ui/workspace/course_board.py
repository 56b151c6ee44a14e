"""Plot and day table as one thing: the same columns above and below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from scs_trial.domain.course import Course, CourseRow
from scs_trial.domain.measures import Series
from scs_trial.ui.fonts import BASE_POINTS
from scs_trial.ui.plots.geometry import Geometry, Widths, fit
from scs_trial.ui.plots.strip_content import StripContent, lower_content, pain_content
from scs_trial.ui.workspace.course_model import CourseModel
from scs_trial.ui.workspace.course_readout import readout
from scs_trial.ui.workspace.course_strip import CourseStrip
from scs_trial.ui.workspace.course_table import CourseTable

_MAIN, _OTHER, _LOWER, _GAP = 184, 118, 78, 8


class CourseBoard(QWidget):
    """Strips of the plot, the day table under them, and the days' scroll bar."""

    cell_edited = Signal(object, object, str)
    """Series, date and the text typed into a cell."""
    read_out = Signal(str)
    """Exact values of the column under pointer or cursor; empty for none."""
    plots_ready = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course: Course | None = None
        self._every_region = False
        self._lower: Series | None = None
        self._first: int | None = None
        self._pointed: int | None = None
        self._loading = False
        self._loaded = False
        self.geometry_of_columns: Geometry = fit(0, 0, first=0, widths=Widths())
        self.strips: list[CourseStrip] = []
        self.model = CourseModel(self)
        self.table = CourseTable(self.model, self)
        self.days_bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self.days_bar.setObjectName("course.days")
        self.days_bar.setAccessibleName(self.tr("Days in sight"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model.cell_edited.connect(self.cell_edited)
        self.table.day_wanted.connect(self._on_table_day_wanted)
        self.table.column_pointed.connect(self._on_column_pointed)
        self.days_bar.valueChanged.connect(self._on_days_bar_moved)

    def show_course(self, course: Course) -> None:
        """Show a course; a change of values keeps scroll, cursor and editor where they are."""
        before = self._course
        self._course = course
        if before is None or len(before.columns) != len(course.columns):
            self._first = None
        self.model.set_course(course)
        self._show_strips()

    def show_every_region(self, every: bool) -> None:
        """Show one strip for each region, or the target's alone."""
        self._every_region = every
        self._show_strips()

    def show_lower(self, series: Series | None) -> None:
        """Show another row as the lower strip; None for the first that is offered."""
        self._lower = series
        self._show_strips()

    def load_plots(self) -> None:
        """Load pyqtgraph and draw; called by itself after the first paint."""
        self._loading = self._loaded = True
        for strip in self.strips:
            strip.load_plot()
        self._show_strips()
        self.plots_ready.emit()

    def sizeHint(self) -> QSize:
        """Return the height of strips and rows."""
        return QSize(480, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the height of strips and rows."""
        return QSize(280, self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Load the plots once the first paint is over."""
        super().paintEvent(event)
        if not self._loading:
            self._loading = True
            QTimer.singleShot(0, self, self.load_plots)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
            self._place()

    def _contents(self) -> list[tuple[str, StripContent]]:
        course = self._course
        if course is None:
            return []
        pain = course.strips if self._every_region else course.strips[:1]
        made = [(str(strip.row.series), pain_content(course, strip)) for strip in pain]
        lower = self._lower_row(course)
        if lower is not None:
            made.append((f"lower.{lower.series}", lower_content(course, lower)))
        return made

    def _lower_row(self, course: Course) -> CourseRow | None:
        chosen = [row for row in course.activity if row.series == self._lower]
        return next(iter((*chosen, *course.activity)), None)

    def _show_strips(self) -> None:
        contents = self._contents()
        if len(contents) != len(self.strips):
            for strip in self.strips:
                strip.remove()
            self.strips = [self._new_strip(name) for name, _ in contents]
            self.updateGeometry()
        self._place()
        summary = self._course.summary if self._course is not None else ""
        for number, (strip, (_, content)) in enumerate(zip(self.strips, contents, strict=True)):
            strip.show_content(content, summary if number == 0 else content.words())

    def _new_strip(self, name: str) -> CourseStrip:
        strip = CourseStrip(name, self)
        strip.column_pointed.connect(self._on_column_pointed)
        strip.step_asked.connect(self._on_step_asked)
        if self._loaded:
            strip.load_plot()
        return strip

    def _scale(self) -> float:
        return self.font().pointSizeF() / BASE_POINTS

    def _strip_heights(self) -> list[int]:
        heights = [_MAIN] + [_OTHER] * max(0, len(self.strips) - 1)
        if self._course is not None and self._lower_row(self._course) is not None:
            heights[len(self.strips) - 1] = _LOWER
        return [round(height * min(self._scale(), 1.4)) for height in heights][: len(self.strips)]

    def _height(self) -> int:
        strips = sum(self._strip_heights()) + _GAP * len(self.strips)
        return strips + self.table.fitted_height() + self._bar_height()

    def _bar_height(self) -> int:
        return self.days_bar.sizeHint().height() if self.geometry_of_columns.scrolls else 0

    def _place(self) -> None:
        if self._course is None:
            return
        total = len(self._course.columns)
        widths = self.table.widths()
        scrolled = self.geometry_of_columns.scrolls
        geometry = fit(self.width(), total, first=self._first or 0, widths=widths)
        if self._first is None:
            first = _first_to_show(self._course, geometry.count)
            geometry = fit(self.width(), total, first=first, widths=widths)
        self.geometry_of_columns = geometry
        self.table.set_geometry_of_columns(geometry)
        top = 0
        for strip, height in zip(self.strips, self._strip_heights(), strict=True):
            strip.place(QRect(0, top, self.width(), height), geometry)
            top += height + _GAP
        self.table.setGeometry(0, top, geometry.width, self.table.fitted_height())
        self._place_bar(geometry, top + self.table.fitted_height())
        if scrolled != geometry.scrolls:
            self.updateGeometry()

    def _place_bar(self, geometry: Geometry, top: int) -> None:
        self.days_bar.setVisible(geometry.scrolls)
        width = geometry.day * geometry.count
        self.days_bar.setGeometry(geometry.days_left, top, width, self.days_bar.sizeHint().height())
        blocked = self.days_bar.blockSignals(True)
        self.days_bar.setRange(0, geometry.total - geometry.count)
        self.days_bar.setPageStep(geometry.count)
        self.days_bar.setValue(geometry.first)
        self.days_bar.blockSignals(blocked)

    def _bring_into_sight(self, index: int) -> None:
        geometry = self.geometry_of_columns
        if index < geometry.first:
            self._first = index
        elif index >= geometry.first + geometry.count:
            self._first = index - geometry.count + 1
        self._place()

    @Slot(int)
    def _on_days_bar_moved(self, value: int) -> None:
        self._first = value
        self._place()

    @Slot(int)
    def _on_table_day_wanted(self, index: int) -> None:
        self._bring_into_sight(index)

    @Slot(object)
    def _on_column_pointed(self, index: int | None) -> None:
        if self._course is None:
            return
        self._pointed = index
        for strip in self.strips:
            strip.point_at(index)
        self.read_out.emit(readout(self._course, index))

    @Slot(int)
    def _on_step_asked(self, step: int) -> None:
        if self._course is None:
            return
        last = len(self._course.columns) - 1
        start = self.geometry_of_columns.first - 1 if self._pointed is None else self._pointed
        index = min(max(start + step, -1), last)
        if index >= 0:
            self._bring_into_sight(index)
        self._on_column_pointed(index)


def _first_to_show(course: Course, count: int) -> int:
    """Return the first day in sight such that the asked day, today or the newest value is."""
    columns = course.columns
    marked = [i for i, column in enumerate(columns) if column.is_asked]
    marked = marked or [i for i, column in enumerate(columns) if column.is_today]
    if not marked:
        marked = [
            i for i in range(len(columns)) if any(r.cells[i].value is not None for r in course.rows)
        ][-1:]
    return max(0, min(marked[0] - count + 2, len(columns) - count)) if marked else 0
