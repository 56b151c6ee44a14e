"""The words of a course: titles of rows, labels of days, the sentence that sums it up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from scs_trial.domain.course import CourseRow, DayColumn, PainStrip
from scs_trial.domain.measures import Better, Measure
from scs_trial.domain.numbers import percent_text, score_text, signed_text

NO_VALUE = "·"
NO_FIGURE = "–"
_PAIN_WORDS = {
    "pain_average": "average",
    "pain_worst": "worst",
    "pain_least": "least",
    "pain_now": "now",
    "pain_vas": "100 mm line",
}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_GOALS = {"goal_1": 0, "goal_2": 1, "goal_3": 2}


def row_title(measure: Measure, region: str, *, goals: Sequence[str]) -> str:
    """Return what a row is called, with region or unit: ``"Low back, worst"``, ``"Sleep, h"``.

    Parameters
    ----------
    measure
        The measure.
    region
        Name of its pain region; empty where it has none or the target has no name.
    goals
        The patient's own goals, in order.
    """
    if measure.per_region and region:
        word = _PAIN_WORDS.get(measure.code, measure.title.lower())
        return f"{region[:1].upper()}{region[1:]}, {word}"
    number = _GOALS.get(measure.code)
    if number is not None and number < len(goals) and goals[number]:
        return f"Goal: {goals[number]}"
    if measure.per_region and not measure.unit:
        return measure.title
    if measure.unit == measure.title.lower():
        return measure.title
    return f"{measure.title}, {measure.unit or scale_text(measure)}"


def scale_text(measure: Measure) -> str:
    """Return the range of a scale, e.g. ``"0–10"``."""
    low = score_text(measure.low, decimals=measure.decimals)
    return f"{low}–{score_text(measure.high, decimals=measure.decimals)}"


def date_text(day: date) -> str:
    """Return a day and month, e.g. ``"14 Nov"``."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def date_range_text(days: Sequence[date]) -> str:
    """Return the span of some days, e.g. ``"10–14 Nov"``; empty for no day."""
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return date_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_text(last)}"
    return f"{date_text(first)} – {date_text(last)}"


def change_of(
    measure: Measure, baseline: Fraction | None, mean: Fraction | None
) -> tuple[str, bool | None]:
    """Return the change as printed, and whether it is for the better.

    In percent of the baseline, with the digits of the printed improvement, so that a relief of
    51.2 % reads as a change of −51.2 %. In points where a percentage means nothing: a baseline of
    0, a scale without a true zero, a neutral measure. A dash without baseline or mean.
    """
    if baseline is None or mean is None:
        return NO_FIGURE, None
    lower = measure.better is Better.LOWER
    gain = baseline - mean if lower else mean - baseline
    better = None if gain == 0 or measure.better is Better.NEUTRAL else gain > 0
    if baseline == 0 or not measure.ratio_scale or measure.better is Better.NEUTRAL:
        return signed_text(mean - baseline).replace("-", "−"), better
    text = percent_text(100 * gain / abs(baseline))
    worse = text.startswith("-")
    size = text.removeprefix("-")
    if size == "0.0 %":
        return size, better
    return f"{'−' if worse is not lower else '+'}{size}", better


def summary_sentence(strips: Sequence[PainStrip], columns: Sequence[DayColumn]) -> str:
    """Return the content of the plot in one sentence; empty without a strip."""
    return "; ".join(_strip_words(strip, columns) for strip in strips[:1]) + ("." if strips else "")


def _strip_words(strip: PainStrip, columns: Sequence[DayColumn]) -> str:
    row = strip.row
    baseline = f"baseline {row.baseline_text}" if row.baseline is not None else "no baseline"
    parts = [f"{strip.title}: {baseline}", *_day_words(row, columns)]
    if row.mean is not None:
        parts.append(f"mean {row.mean_text}, change {row.change_text}{_verdict_word(row)}")
    if strip.threshold is not None:
        side = "below" if row.better is Better.LOWER else "above"
        parts.append(f"{strip.threshold_text} or {side}")
    return "; ".join(parts)


def _verdict_word(row: CourseRow) -> str:
    if row.change_is_better is None:
        return ""
    return ", better" if row.change_is_better else ", worse"


def _day_words(row: CourseRow, columns: Sequence[DayColumn]) -> list[str]:
    pairs = list(zip(columns, row.cells, strict=True))
    said = [
        f"day {column.day_number} {cell.text}" for column, cell in pairs if cell.value is not None
    ]
    empty = sum(cell.value is None for cell in row.cells)
    words = [", ".join(said)] if said else []
    if empty:
        words.append(f"{empty} of {len(pairs)} days without a value")
    return words
