"""Where the columns of a course stand: whole pixels first, the plot follows."""

from __future__ import annotations

from dataclasses import dataclass

MAX_VISIBLE_DAYS = 9
"""Beyond that many days the days scroll, so that each stays wide enough to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widths:
    """Widths that the text needs, in logical pixels.

    Attributes
    ----------
    title
        Of the row titles: bearable when shortened, and whole.
    baseline, mean, change
        Of these columns.
    day
        Of a day: least, with "Mon 16" in one line, and most.
    """

    title: tuple[int, int] = (130, 170)
    baseline: int = 70
    mean: int = 48
    change: int = 66
    day: tuple[int, int, int] = (34, 54, 104)


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Column widths of table and plot in logical pixels, and the days in sight.

    The plot covers exactly the baseline column and the days in sight; its horizontal range is
    ``0..plot_width``, so one unit is one pixel and a day's centre is half a whole number.
    """

    title: int
    baseline: int
    day: int
    mean: int
    change: int
    first: int
    """Index of the first day column in sight."""
    count: int
    """Number of day columns in sight."""
    total: int
    """Number of day columns in all."""

    @property
    def plot_width(self) -> int:
        """Width of the plot."""
        return self.baseline + self.day * self.count

    @property
    def days_left(self) -> int:
        """Left edge of the days, seen from the table's left edge."""
        return self.title + self.baseline

    @property
    def width(self) -> int:
        """Width of the whole table."""
        return self.title + self.plot_width + self.mean + self.change

    @property
    def scrolls(self) -> bool:
        """Whether some days are out of sight."""
        return self.count < self.total

    def shows(self, index: int) -> bool:
        """Tell whether a day column is in sight."""
        return self.first <= index < self.first + self.count

    def day_edges(self, index: int) -> tuple[float, float]:
        """Return the left and right edge of a day column, seen from the plot's left edge."""
        left = float(self.baseline + (index - self.first) * self.day)
        return left, left + self.day

    def day_centre(self, index: int) -> float:
        """Return the centre of a day column, seen from the plot's left edge."""
        return self.day_edges(index)[0] + self.day / 2

    def index_at(self, x: float) -> int | None:
        """Return the day column in sight at a place of the plot; None over the baseline."""
        if x < self.baseline or self.day <= 0:
            return None
        index = self.first + int((x - self.baseline) // self.day)
        return index if self.shows(index) else None


def fit(available: int, total: int, *, first: int, widths: Widths) -> Geometry:
    """Share out a width.

    Parameters
    ----------
    available
        Logical pixels.
    total
        Number of day columns.
    first
        Index of the day that should stand leftmost, where the days scroll.
    widths
        What the text needs.

    Returns
    -------
    Geometry
        At most `MAX_VISIBLE_DAYS` days, all of one width: their heads in one line where that fits
        beside shortened titles. What is over goes to the titles, then to the days. A very narrow
        place shows fewer days, never narrower ones.
    """
    fixed = widths.baseline + widths.mean + widths.change
    least, whole, most = widths.day
    short, long = min(widths.title), max(widths.title)
    room = max(available - fixed - short, least)
    count = max(1, min(total, MAX_VISIBLE_DAYS, room // least))
    day = min(room // count, whole)
    if day < whole:
        day = least
    title = short + max(0, min(room - day * count, long - short))
    day = max(day, min((available - fixed - title) // count, most))
    return Geometry(
        title=title,
        baseline=widths.baseline,
        day=day,
        mean=widths.mean,
        change=widths.change,
        first=max(0, min(first, total - count)),
        count=count,
        total=total,
    )
