"""What the page takes from the evaluation: evidence, verdict, criteria, methods, programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from scs_trial.domain.check_in import CheckIn, SafetyCheckState
from scs_trial.domain.course_columns import program_label
from scs_trial.domain.course_text import NO_FIGURE
from scs_trial.domain.describe import number_text
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.numbers import mean_text, percent_text
from scs_trial.domain.result import DayState, Evaluation, Method, MethodResult
from scs_trial.domain.trial import ProgramChange
from scs_trial.domain.verdict import Verdict, VerdictLine
from scs_trial.reports.labels import (
    STATUSES,
    count_words,
    date_words,
    day_words,
    shortened,
)
from scs_trial.reports.profile_events import safety_asked, trial_check_ins, urgency_words
from scs_trial.reports.profile_types import (
    CriterionRow,
    Labelled,
    MethodRow,
    ProgramRow,
    VerdictBlock,
)
from scs_trial.reports.signed_words import signed_state
from scs_trial.services.review_trial import TrialReview

NO_VERDICT = "No verdict"
_FLAG_LIMIT = 240
_METHOD_LINES: tuple[tuple[str, Mapping[Method, str]], ...] = (
    (
        "Mean from day ",
        {Method.MEAN_FROM_DAY_0: "0", Method.MEAN_FROM_DAY_1: "1", Method.MEAN_FROM_DAY_2: "2"},
    ),
    ("Last: ", {Method.MEAN_LAST_3: "three days", Method.LAST_DAY: "one day"}),
    ("", {Method.MEDIAN: "Median"}),
    ("Carried: ", {Method.LOCF: "last value", Method.BASELINE_CARRIED: "baseline"}),
    ("Not counted: ", {Method.BEST_DAY: "best day", Method.STATED: "stated by patient"}),
)
"""Methods that share a line while their results are the same. The last two are shown and not
counted: one flatters, the other is the patient's own figure."""


def trial_days_words(review: TrialReview) -> str:
    """Return how far the trial is, e.g. ``"7 of 7 days, last day Sun 22 Nov"``."""
    diary = review.diary
    if diary is None:
        return f"not placed yet, {count_words(review.trial.planned_days, 'day')} planned"
    if diary.trial_ended is None:
        return f"running, {count_words(diary.planned_days, 'day')} planned"
    awaited = ", a diary is awaited" if diary.awaiting_diary else ""
    length = f"{diary.last_day} of {count_words(diary.planned_days, 'planned day')}"
    return f"{length}, last full day {day_words(diary.trial_ended)}{awaited}"


def evidence(review: TrialReview) -> tuple[Labelled, ...]:
    """Return whether there is enough to judge; empty without an evaluation."""
    evaluation, diary = review.evaluation, review.diary
    if evaluation is None or diary is None:
        return ()
    window = evaluation.day_states
    recorded = [day for day, state in window.items() if state is DayState.RECORDED]
    asked = [
        check_in for check_in in trial_check_ins(review) if diary.day_number(check_in.day) in window
    ]
    return (
        Labelled(label="days recorded", text=f"{len(recorded)} of {len(window)}"),
        _captured(review, recorded),
        _baseline(review, evaluation),
        _safety(asked, len(window)),
    )


def _captured(review: TrialReview, recorded: Sequence[int]) -> Labelled:
    """Return on which day the answers were captured: same, next or later."""
    counts = [0, 0, 0]
    diary = review.diary
    for entry in diary.days if diary is not None else ():
        number = diary.day_number(entry.day) if diary is not None else 0
        if entry.phase is Phase.TRIAL and number in recorded and entry.recorded_at is not None:
            late = (entry.recorded_at.date() - entry.day).days
            counts[min(max(late, 0), 2)] += 1
    label, figures = "same day · next day · later", [str(count) for count in counts]
    unknown = len(recorded) - sum(counts)
    if unknown:
        label += " · time not documented"
        figures.append(str(unknown))
    return Labelled(label=label, text=" · ".join(figures))


def _baseline(review: TrialReview, evaluation: Evaluation) -> Labelled:
    primary = evaluation.primary
    series = Series(primary.measure or "", primary.leaf.item)
    rows = [row for row in (review.course.rows if review.course else ()) if row.series == series]
    used = [point.value for row in rows for point in row.baseline_points if point.used]
    if not used or primary.baseline is None:
        return Labelled(label="baseline days: the baseline is missing", text="0")
    low, high = number_text(min(used)), number_text(max(used))
    span = low if low == high else f"{low}–{high}"
    days = "baseline day" if len(used) == 1 else "baseline days"
    return Labelled(
        label=f"{days}, mean {mean_text(primary.baseline)} ({span})", text=f"{len(used)}"
    )


def _safety(check_ins: Sequence[CheckIn], days: int) -> Labelled:
    whole = (SafetyCheckState.ASKED_CLEAR, SafetyCheckState.FINDING)
    asked = sum(check_in.safety.state in whole for check_in in check_ins)
    found = safety_asked(check_ins)
    label = "days with safety asked" + (f", {found}" if found else "")
    return Labelled(label=label, text=f"{asked} of {days}")


def verdict_block(review: TrialReview) -> VerdictBlock:
    """Return the verdict in the words of the screen, with what stands above and below it."""
    flags = tuple(
        shortened(f"Open, {urgency_words(event)}: {event.finding}", _FLAG_LIMIT, " … (see 7)")[0]
        for event in sorted(review.events, key=lambda event: event.reported_at)
        if event.is_open_red_flag
    )
    verdict = review.verdict
    if verdict is None:
        return VerdictBlock(
            red_flags=flags,
            symbol="–",
            headline=NO_VERDICT,
            state=signed_state(review),
            sentences=(_why_no_verdict(review),),
            cautions=(),
            notes=(),
        )
    caption = f"{verdict.figure} {_continued(verdict.figure_caption)}"
    return VerdictBlock(
        red_flags=flags,
        symbol=verdict.symbol,
        headline=verdict.headline,
        state=f"{_state(review, so_far=_says_so_far(verdict))}; {signed_state(review)}",
        sentences=tuple(text for text in (caption, verdict.sentence, verdict.methods) if text),
        cautions=tuple(finding.text for finding in verdict.cautions),
        notes=tuple(finding.text for finding in verdict.notes),
    )


def _continued(caption: str) -> str:
    """Return a caption as it goes on behind its figure; an abbreviation keeps its capitals."""
    return caption if caption[1:2].isupper() else caption[:1].lower() + caption[1:]


def _says_so_far(verdict: Verdict) -> bool:
    """Tell whether "so far" is still to be said: true where the headline does not say it."""
    return verdict.so_far and "so far" not in verdict.headline


def _why_no_verdict(review: TrialReview) -> str:
    if review.diary is None:
        return "The trial has no placement date, so no day can be counted."
    return "The trial's criteria are missing, so nothing can be judged."


def _state(review: TrialReview, *, so_far: bool) -> str:
    diary = review.diary
    words = ["so far"] if so_far else []
    if diary is None or diary.trial_ended is None:
        words.append("the trial is running")
    else:
        safety = " for safety" if diary.end_reason is EndReason.SAFETY else ""
        words.append(f"the trial ended{safety} {date_words(diary.trial_ended)}")
        words += ["a diary is awaited"] if diary.awaiting_diary else []
    return ", ".join(words)


def criteria_rows(review: TrialReview) -> tuple[CriterionRow, ...]:
    """Return one row for each criterion, as the verdict card has it."""
    return tuple(
        CriterionRow(
            symbol=line.symbol,
            title=line.title,
            remark=_remark(line),
            baseline=line.baseline or NO_FIGURE,
            trial=line.trial or NO_FIGURE,
            value=line.value or NO_FIGURE,
            result=STATUSES[line.status],
        )
        for line in (review.verdict.lines if review.verdict is not None else ())
    )


def _remark(line: VerdictLine) -> str:
    parts = [line.remark, "" if line.needed in line.remark else line.needed]
    return "; ".join(part for part in parts if part)


def _percent(value: Fraction | None) -> str:
    return NO_FIGURE if value is None else percent_text(value)


def method_rows(review: TrialReview) -> tuple[MethodRow, ...]:
    """Return relief by every method; methods share a line where their results are the same."""
    if review.evaluation is None:
        return ()
    found = {result.method: result for result in review.evaluation.methods}
    return tuple(
        _method_row(prefix, names, list(same))
        for prefix, names in _METHOD_LINES
        for _, same in groupby((found[method] for method in names), attrgetter("status"))
    )


def _method_row(
    prefix: str, names: Mapping[Method, str], results: Sequence[MethodResult]
) -> MethodRow:
    return MethodRow(
        label=prefix + " / ".join(names[result.method] for result in results),
        values=_shared_unit([_percent(result.value) for result in results]),
        result=STATUSES[results[0].status],
    )


def _shared_unit(figures: Sequence[str]) -> str:
    """Join percentages with one unit at the end, e.g. ``"51.2 / 57.3 / 63.2 %"``."""
    *before, last = figures
    if any(figure == NO_FIGURE for figure in figures):
        return " / ".join(figures)
    return " / ".join([*(figure.removesuffix(" %") for figure in before), last])


def program_rows(review: TrialReview) -> tuple[ProgramRow, ...]:
    """Return days, mean and relief on each program; it describes and never recommends."""
    return tuple(
        ProgramRow(
            label=_program_words(result.program, review.programs),
            days=str(result.days),
            mean=NO_FIGURE if result.mean is None else mean_text(result.mean),
            relief=_percent(result.value),
        )
        for result in (review.evaluation.programs if review.evaluation is not None else ())
    )


def _program_words(name: str, ledger: Sequence[ProgramChange]) -> str:
    """Return a program with its settings; all of them where they were changed."""
    settings: dict[str, None] = {}
    for change in sorted(ledger, key=lambda change: change.from_when):
        if change.name == name:
            settings[_settings(change)] = None
    return "; then ".join(settings) or name


def _settings(change: ProgramChange) -> str:
    parts = [program_label(change)]
    if change.amplitude is not None:
        parts.append(f"{number_text(change.amplitude)} {change.amplitude_unit}")
    if change.pulse_width_us is not None:
        parts.append(f"{number_text(change.pulse_width_us)} µs")
    if change.paresthesia is not None:
        parts.append("paresthesia" if change.paresthesia else "sub-perception")
    return ", ".join(parts)
