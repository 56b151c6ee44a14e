"""Where the course stands on the page: sheets of days, column widths in points.

Plot and table take their positions from here, so that a day's column stands exactly under its
place in the plot. Many days are split evenly over several sheets, one under the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from scs_trial.domain.course import DayColumn

PAGE_WIDTH = 539.0
"""Width of the text area, the same on A4 and Letter, in points."""
LABEL_WIDTH = 104.0
AXIS_WIDTH = 18.0
"""Right part of the label column, taken by the numbers of the plot's axis."""
BASELINE_WIDTH = 47.0
MEAN_WIDTH = 34.0
CHANGE_WIDTH = 46.0
MAX_DAY_WIDTH = 44.0
DAYS_ON_SHEET = 14
_DAYS_WIDTH = PAGE_WIDTH - LABEL_WIDTH - BASELINE_WIDTH - MEAN_WIDTH - CHANGE_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSheet:
    """Some days in a row with their widths; ``first`` is the index of its first column."""

    first: int
    columns: tuple[DayColumn, ...]
    day_width: float
    is_last: bool

    @property
    def widths(self) -> tuple[float, ...]:
        """Widths of the table's columns: label, baseline, days, mean, change."""
        days = (self.day_width,) * len(self.columns)
        return (LABEL_WIDTH, BASELINE_WIDTH, *days, MEAN_WIDTH, CHANGE_WIDTH)

    @property
    def days_left(self) -> float:
        """Left edge of the first day."""
        return LABEL_WIDTH + BASELINE_WIDTH

    @property
    def days_right(self) -> float:
        """Right edge of the last day."""
        return self.days_left + self.day_width * len(self.columns)

    def centre(self, index: int) -> float:
        """Centre of a day of this sheet, by its index on the sheet."""
        return self.days_left + self.day_width * (index + 0.5)

    def edge(self, index: int) -> float:
        """Left edge of a day of this sheet."""
        return self.days_left + self.day_width * index


def course_sheets(columns: Sequence[DayColumn]) -> tuple[CourseSheet, ...]:
    """Split the days evenly over as few sheets as hold them, all with the same column width."""
    count = max(1, ceil(len(columns) / DAYS_ON_SHEET))
    size = ceil(len(columns) / count) if columns else 0
    width = min(MAX_DAY_WIDTH, _DAYS_WIDTH / max(size, 1))
    return tuple(
        CourseSheet(
            first=start,
            columns=tuple(columns[start : start + size]),
            day_width=width,
            is_last=start + size >= len(columns),
        )
        for start in range(0, max(len(columns), 1), max(size, 1))
    )
