"""One strip of the sheet: legend, plot and labels side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from scs_trial.ui.plots.geometry import Geometry
from scs_trial.ui.plots.strip_content import StripContent
from scs_trial.ui.plots.strip_margins import StripLabels, StripLegend

if TYPE_CHECKING:
    from scs_trial.ui.plots.strip_plot import StripPlot


class CourseStrip(QObject):
    """Legend and labels at once, the plot when it is loaded.

    Parameters
    ----------
    name
        Ends the object names, e.g. ``"pain_average"``.
    parent
        The board on which the three stand.
    """

    column_pointed = Signal(object)
    step_asked = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._board = parent
        self._name = name
        self.plot: StripPlot | None = None
        self.legend = StripLegend(parent)
        self.labels = StripLabels(parent)
        self._content: StripContent | None = None
        self._geometry: Geometry | None = None
        self.legend.show()
        self.labels.show()

    def load_plot(self) -> None:
        """Make the plot; importing pyqtgraph takes a moment, so never before the first paint."""
        if self.plot is not None:
            return
        from scs_trial.ui.plots.strip_plot import StripPlot  # noqa: PLC0415  (start-up time)

        self.plot = StripPlot(self._board)
        self.plot.setObjectName(f"course.plot.{self._name}")
        self.plot.column_pointed.connect(self.column_pointed)
        self.plot.step_asked.connect(self.step_asked)
        self.plot.show()

    def place(self, rect: QRect, geometry: Geometry) -> None:
        """Put the three side by side: the plot over baseline and days."""
        self._geometry = geometry
        right = rect.left() + geometry.title + geometry.plot_width
        labels = geometry.mean + geometry.change
        self.legend.setGeometry(rect.left(), rect.top(), geometry.title, rect.height())
        self.labels.setGeometry(right, rect.top(), labels, rect.height())
        if self.plot is not None:
            left = rect.left() + geometry.title
            self.plot.setGeometry(left, rect.top(), geometry.plot_width, rect.height())
        self._draw()

    def show_content(self, content: StripContent, words: str) -> None:
        """Show another strip; ``words`` is the sentence for a screen reader."""
        self._content = content
        if self.plot is not None:
            self.plot.setAccessibleName(words)
        self._draw()

    def point_at(self, index: int | None) -> None:
        """Put the cursor on a column."""
        if self.plot is not None:
            self.plot.point_at(index)

    def remove(self) -> None:
        """Take the strip off the board."""
        for widget in (self.legend, self.labels, self.plot):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.deleteLater()

    def _draw(self) -> None:
        if self._content is None or self._geometry is None:
            return
        if self.plot is not None:
            self.plot.show_content(self._content, self._geometry)
        self.legend.show_content(self._content)
        self.labels.show_content(self._content)
