"""What must not lead the witness: earlier values and what the trial still needs, put away.

While a call asks for the score, the nurse sees neither yesterday's values nor the sentence that
says which answers would do (a clinic's setting, on by default). Baseline, threshold, status and
what is being typed stay.
"""

from __future__ import annotations

from dataclasses import replace

from scs_trial.domain.course import Cell, CellState, Course, CourseRow, PainStrip
from scs_trial.domain.verdict import Verdict
from scs_trial.services.review_trial import TrialReview

HIDDEN = "•"
_KNOWN = (CellState.RECORDED, CellState.EXCLUDED)


def veiled(review: TrialReview) -> TrialReview:
    """Return the review without the values of trial days and without what is still needed."""
    verdict = None if review.verdict is None else _verdict(review.verdict)
    course = None if review.course is None else _course(review.course)
    return replace(review, verdict=verdict, course=course)


def _verdict(verdict: Verdict) -> Verdict:
    lines = tuple(
        replace(line, remark="", needed="", trial="", bar=None, bar_value=None, bar_threshold=None)
        for line in verdict.lines
    )
    return replace(verdict, sentence="", methods="", lines=lines)


def _course(course: Course) -> Course:
    return replace(
        course,
        rows=tuple(_row(row) for row in course.rows),
        activity=tuple(_row(row) for row in course.activity),
        strips=tuple(_strip(strip) for strip in course.strips),
        summary="",
    )


def _strip(strip: PainStrip) -> PainStrip:
    return replace(
        strip,
        row=_row(strip.row),
        worst=None if strip.worst is None else _row(strip.worst),
        least=None if strip.least is None else _row(strip.least),
    )


def _row(row: CourseRow) -> CourseRow:
    return replace(
        row,
        cells=tuple(_cell(cell) for cell in row.cells),
        mean=None,
        mean_text="",
        change_text="",
        change_is_better=None,
    )


def _cell(cell: Cell) -> Cell:
    if cell.state not in _KNOWN:
        return cell
    return Cell(state=CellState.EMPTY, text=HIDDEN)
