"""Draw one strip of the course over its sheet of days, as SVG.

Black-and-white safe: what matters differs in shape or dashes, never in colour alone. The target's
baseline line is dashed and the threshold solid; a counted day is a ring, one that does not count a
cross, a draft a dashed ring; day 0 and days outside the window are hatched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scs_trial.domain.course import (
    Cell,
    CellState,
    ColumnKind,
    Course,
    CourseRow,
    PainStrip,
    ProgramBand,
)
from scs_trial.domain.measures import Better
from scs_trial.reports.course_layout import (
    AXIS_WIDTH,
    BASELINE_WIDTH,
    LABEL_WIDTH,
    PAGE_WIDTH,
    CourseSheet,
)
from scs_trial.reports.svg import SvgWriter

_INK = "#0f172a"
_MUTED = "#475569"
_GRID = "#cbd5e1"
_BANDS = ("#eef2f7", "#dfe7f3")
_BLUE = "#1d4fb8"
_BAR = "#9db4de"
_GREEN = "#0f7a43"
_RELIEF = "#bfe0cc"
_HATCH = "#94a3b8"
_TOP = 6.0
_BOTTOM = 5.0
_NAMES = 8.0
"""Height of the line above the scale on which the programs are named."""
_CLOSEST_GRID = 8.0
"""Below this distance every second line of the grid would meet the next one's figure."""
_SMALL = 6.6
_LABEL = 7.2
_CHARACTER = 0.62
_LINE_GAP = 9.0
_LEFT = LABEL_WIDTH - AXIS_WIDTH
"""Left edge of the drawing on the page: it starts with the axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Turns values and days into points of the drawing."""

    sheet: CourseSheet
    low: Decimal
    high: Decimal
    height: float
    top: float

    def y(self, value: Decimal | Fraction) -> float:
        """Vertical place of a value."""
        share = (Fraction(value) - Fraction(self.low)) / (Fraction(self.high) - Fraction(self.low))
        return self.bottom - float(share) * (self.bottom - self.top)

    def x(self, index: int) -> float:
        """Horizontal centre of a day of the sheet."""
        return self.sheet.centre(index) - _LEFT

    def edge(self, index: int) -> float:
        """Left edge of a day of the sheet."""
        return self.sheet.edge(index) - _LEFT

    @property
    def bottom(self) -> float:
        return self.height - _BOTTOM

    @property
    def right(self) -> float:
        return self.sheet.days_right - _LEFT


def strip_svg(course: Course, strip: PainStrip, sheet: CourseSheet, *, height: float) -> str:
    """Return the drawing of one strip on one sheet of days.

    Its left edge stands ``LABEL_WIDTH - AXIS_WIDTH`` from the left of the table. The first strip
    names the programs above its scale, where no value can stand, and is that much taller.
    """
    row = strip.row
    named = _NAMES if course.bands and course.strips[:1] == (strip,) else 0.0
    frame = _Frame(sheet=sheet, low=row.low, high=row.high, height=height + named, top=_TOP + named)
    svg = SvgWriter(PAGE_WIDTH - _LEFT, frame.height)
    _draw_ground(svg, frame, course, strip)
    _draw_axis(svg, frame)
    _draw_lines(svg, frame, strip)
    _draw_baseline_points(svg, frame, row)
    _draw_bars(svg, frame, strip)
    _draw_values(svg, frame, row)
    _draw_events(svg, frame, course)
    return svg.document()


def _draw_ground(svg: SvgWriter, frame: _Frame, course: Course, strip: PainStrip) -> None:
    top, bottom = frame.top, frame.bottom
    for number, band in enumerate(course.bands):
        span = _indices(frame.sheet, band)
        if span is not None:
            left, right = frame.edge(span[0]), frame.edge(span[1] + 1)
            svg.box((left, top), (right - left, bottom - top), fill=_BANDS[number % 2])
            svg.line((left, top), (left, bottom), stroke=_HATCH, width=0.6, dash="1 2")
    _draw_relief_zone(svg, frame, strip)
    for index, column in enumerate(frame.sheet.columns):
        if column.kind is not ColumnKind.COUNTED:
            size = (frame.sheet.day_width, bottom - top)
            svg.hatch((frame.edge(index), top), size, stroke=_HATCH)
    if frame.top > _TOP:
        _name_programs(svg, frame, course)


def _name_programs(svg: SvgWriter, frame: _Frame, course: Course) -> None:
    for band in course.bands:
        span = _indices(frame.sheet, band)
        if span is not None:
            left, right = frame.edge(span[0]), frame.edge(span[1] + 1)
            words = _fitting(band, right - left - 4)
            svg.text((left + 2, frame.top - 3), words, size=_SMALL, fill=_MUTED)


def _indices(sheet: CourseSheet, band: ProgramBand) -> tuple[int, int] | None:
    """Return the first and last index of a band's days on the sheet."""
    inside = [
        index
        for index, column in enumerate(sheet.columns)
        if band.first_day <= column.day_number <= band.last_day
    ]
    return (inside[0], inside[-1]) if inside else None


def _fitting(band: ProgramBand, width: float) -> str:
    """Return the longest label that fits; the whole one stands in the block of programs."""
    room = int(width / (_SMALL * _CHARACTER))
    for words in (band.label, band.name):
        if len(words) <= room:
            return words
    return f"{band.name[: room - 1]}…" if room > 1 else ""


def _draw_relief_zone(svg: SvgWriter, frame: _Frame, strip: PainStrip) -> None:
    if strip.threshold is None or not _on_scale(frame, strip.threshold) or not frame.sheet.columns:
        return
    y, left = frame.y(strip.threshold), frame.edge(0)
    lower = strip.row.better is Better.LOWER
    top, bottom = (y, frame.bottom) if lower else (frame.top, y)
    size = (frame.right - left, bottom - top)
    svg.box((left, top), size, fill=_RELIEF, opacity=0.6)


def _on_scale(frame: _Frame, value: Fraction) -> bool:
    return Fraction(frame.low) <= value <= Fraction(frame.high)


def _draw_axis(svg: SvgWriter, frame: _Frame) -> None:
    steps = 5 if frame.bottom - frame.top >= 5 * _CLOSEST_GRID else 2
    for step in range(steps + 1):
        value = Fraction(frame.low) + (Fraction(frame.high) - Fraction(frame.low)) * step / steps
        y = frame.y(value)
        svg.line((AXIS_WIDTH, y), (frame.right, y), stroke=_GRID, width=0.5)
        place = (AXIS_WIDTH - 4, y + 2.6)
        svg.text(place, f"{float(value):g}", size=_LABEL, fill=_MUTED, anchor="end")


def _draw_lines(svg: SvgWriter, frame: _Frame, strip: PainStrip) -> None:
    """Draw baseline and threshold, with their words at the right and never on each other."""
    labels = []
    baseline, threshold = strip.row.baseline, strip.threshold
    if baseline is not None:
        y = frame.y(baseline)
        svg.line((AXIS_WIDTH, y), (frame.right, y), stroke=_MUTED, width=1.1, dash="4 2.5")
        labels.append((y, f"Baseline {strip.row.baseline_text}", _MUTED))
    if threshold is not None and _on_scale(frame, threshold):
        y = frame.y(threshold)
        svg.line((frame.edge(0), y), (frame.right, y), stroke=_GREEN, width=1.1)
        labels.append((y, strip.threshold_text, _GREEN))
    labels.sort()
    last = frame.top - _LINE_GAP
    for y, words, fill in labels:
        last = max(y, last + _LINE_GAP)
        svg.text((frame.right + 5, last + 2.5), words, size=_LABEL, fill=fill, bold=True)


def _draw_baseline_points(svg: SvgWriter, frame: _Frame, row: CourseRow) -> None:
    count = len(row.baseline_points)
    for index, point in enumerate(row.baseline_points):
        place = (AXIS_WIDTH + BASELINE_WIDTH * (index + 0.5) / count, frame.y(point.value))
        if point.used:
            svg.disc(place, 2.3, fill=_MUTED)
        else:
            _draw_cross(svg, place)


def _draw_cross(svg: SvgWriter, place: tuple[float, float]) -> None:
    x, y = place
    svg.line((x - 2.4, y - 2.4), (x + 2.4, y + 2.4), stroke=_MUTED, width=1.1)
    svg.line((x - 2.4, y + 2.4), (x + 2.4, y - 2.4), stroke=_MUTED, width=1.1)


def _days(frame: _Frame, row: CourseRow) -> Iterator[tuple[int, Cell]]:
    first = frame.sheet.first
    yield from enumerate(row.cells[first : first + len(frame.sheet.columns)])


def _draw_bars(svg: SvgWriter, frame: _Frame, strip: PainStrip) -> None:
    """Draw a bar from least to worst; with only one of them known, a short tick at it."""
    width = min(5.5, frame.sheet.day_width / 4)
    ends: dict[int, list[float]] = {}
    for row in (strip.worst, strip.least):
        for index, cell in _days(frame, row) if row is not None else ():
            if cell.value is not None:
                ends.setdefault(index, []).append(frame.y(cell.value))
    for index, values in ends.items():
        top, bottom, x = min(values), max(values), frame.x(index)
        if len(values) == 1:
            svg.line((x - width, top), (x + width, top), stroke=_BAR, width=1.6)
        else:
            corner = (x - width / 2, top - 1)
            svg.box(corner, (width, bottom - top + 2), fill=_BAR, radius=width / 2)


def _draw_values(svg: SvgWriter, frame: _Frame, row: CourseRow) -> None:
    """Draw the days, joined where one follows the other; a day without a value is a gap."""
    before: tuple[int, float, float] | None = None
    places = []
    for index, cell in _days(frame, row):
        if cell.value is None:
            continue
        x, y = frame.x(index), frame.y(cell.value)
        places.append((x, y, cell, frame.sheet.columns[index].kind))
        if before is not None and before[0] == index - 1:
            svg.line(before[1:], (x, y), stroke=_BLUE, width=1.7)
        before = (index, x, y)
    radius = min(4.0, frame.sheet.day_width / 5)
    for x, y, cell, kind in places:
        if draws_cross(cell, kind):
            svg.disc((x, y), radius, fill="#ffffff")
            _draw_cross(svg, (x, y))
        else:
            dash = "1.6 1.2" if cell.state is CellState.DRAFT else None
            svg.disc((x, y), radius, fill="#ffffff", stroke=_BLUE, width=1.8, dash=dash)


def draws_cross(cell: Cell, kind: ColumnKind) -> bool:
    """Tell whether a day's value is drawn as one that does not count."""
    if cell.value is None or cell.state is CellState.DRAFT:
        return False
    return cell.state is not CellState.RECORDED or kind is not ColumnKind.COUNTED


def _draw_events(svg: SvgWriter, frame: _Frame, course: Course) -> None:
    """Mark days with an event by a small triangle that stands on the axis."""
    days = {event.day_number for event in course.events}
    for index, column in enumerate(frame.sheet.columns):
        if column.day_number in days:
            x, y = frame.edge(index) + frame.sheet.day_width - 5, frame.bottom
            svg.shape([(x - 3, y), (x + 3, y), (x, y - 5.5)], fill=_INK)
