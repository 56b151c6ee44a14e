"""The verdict of an evaluation in words: for screen, page and plain text alike.

Source: the evaluation specification, sections 6, 7 and 11. Each sentence follows from the figures
of the evaluation; nothing here is fixed text that the data could contradict.
"""

from __future__ import annotations

from scs_trial.domain.criteria import Statistic
from scs_trial.domain.describe import statistic_text
from scs_trial.domain.measures import Catalogue, Measure
from scs_trial.domain.methods import NOT_COUNTED
from scs_trial.domain.numbers import percent_text
from scs_trial.domain.result import CautionCode, DayState, Evaluation, Method, Reason, Status
from scs_trial.domain.verdict import Tone, Verdict
from scs_trial.domain.verdict_findings import findings
from scs_trial.domain.verdict_lines import SYMBOLS, is_pain, verdict_line
from scs_trial.domain.verdict_needed import checkable_sentence, reasons_text
from scs_trial.domain.wording import MISSING, days_text, exact_text, number_word, whole_percent

STATUS_WORDS = {
    Status.MET: "criteria met",
    Status.NOT_MET: "criteria not met",
    Status.NOT_ASSESSABLE: "not assessable",
}
"""Words of a final status."""

_FINAL_HEADLINES = {
    Status.MET: "Criteria met",
    Status.NOT_MET: "Criteria not met",
    Status.NOT_ASSESSABLE: "Criteria not assessable",
}
_FINAL_TONES = {
    Status.MET: Tone.GOOD,
    Status.NOT_MET: Tone.DANGER,
    Status.NOT_ASSESSABLE: Tone.NEUTRAL,
}
_RUNNING = {
    "on track": (Tone.GOOD, "✓", "On track: criteria met so far"),
    "met, settled": (Tone.GOOD, "✓", "Met, settled: nothing still open can change it"),
    "out of reach": (Tone.DANGER, "✗", "Out of reach: nothing still open can meet the criteria"),
    "at risk": (Tone.WARNING, "!", "At risk: criteria not met so far"),
    "too early": (Tone.INFO, "…", "Too early: criteria not assessable so far"),
}


def status_word(evaluation: Evaluation) -> str:
    """Return the words for the status of an evaluation (section 11)."""
    if not evaluation.running:
        return STATUS_WORDS[evaluation.status]
    if Status.MET not in evaluation.possible:
        return "out of reach"
    if evaluation.possible == (Status.MET,):
        return "met, settled"
    return {
        Status.MET: "on track",
        Status.NOT_MET: "at risk",
        Status.NOT_ASSESSABLE: "too early",
    }[evaluation.status]


def make_verdict(
    evaluation: Evaluation, *, catalogue: Catalogue, target_region: str = ""
) -> Verdict:
    """Return every text of the verdict card.

    Parameters
    ----------
    evaluation
        The answer of `evaluate`.
    catalogue
        Titles and units of the measures.
    target_region
        Name of the target pain region as the record holds it, plain text; empty when unknown.
    """
    primary = evaluation.primary
    measure = catalogue[primary.measure or ""]
    word = status_word(evaluation)
    ended = _ended_for_safety(evaluation)
    tone, symbol, headline = _headline(evaluation, word)
    cautions, notes = findings(evaluation, measure, target_region=target_region)
    return Verdict(
        headline=headline,
        status_word=word,
        tone=tone,
        symbol=symbol,
        so_far=evaluation.running or ended is not None,
        figure=MISSING if primary.value is None else percent_text(primary.value),
        figure_caption=_caption(evaluation, measure, target_region),
        sentence=_sentence(evaluation, measure),
        lines=tuple(verdict_line(leaf, evaluation, catalogue) for leaf in evaluation.leaves),
        methods=methods_sentence(evaluation),
        cautions=cautions,
        notes=notes,
    )


def _ended_for_safety(evaluation: Evaluation) -> int | None:
    """Return the day on which a trial was ended for safety, or None."""
    for caution in evaluation.cautions:
        day = caution.figures.get("day")
        if caution.code is CautionCode.ENDED_FOR_SAFETY and isinstance(day, int):
            return day
    return None


def _headline(evaluation: Evaluation, word: str) -> tuple[Tone, str, str]:
    day = _ended_for_safety(evaluation)
    if day is not None:
        status = _FINAL_HEADLINES[evaluation.status].lower()
        return Tone.DANGER, "!", f"Ended for safety on day {day}: {status} so far"
    if evaluation.running:
        return _RUNNING[word]
    status_now = evaluation.status
    return _FINAL_TONES[status_now], SYMBOLS[status_now], _FINAL_HEADLINES[status_now]


def _subject(evaluation: Evaluation, measure: Measure) -> str:
    leaf = evaluation.primary.leaf
    if is_pain(leaf, measure):
        return "pain relief"
    return f"improvement of {measure.title.lower()}"


def _caption(evaluation: Evaluation, measure: Measure, target_region: str) -> str:
    """Return what the primary figure is, and on how many days it rests."""
    primary = evaluation.primary
    leaf = primary.leaf
    region = leaf.item or (target_region if is_pain(leaf, measure) else "")
    subject = _subject(evaluation, measure) + (f" ({region})" if region else "")
    summary = statistic_text(leaf.statistic, leaf.last_n)
    name = f"{summary} {subject}" if leaf.statistic in _ADJECTIVES else f"{subject}, {summary}"
    so_far = " so far" if evaluation.running else ""
    window = len(evaluation.day_states)
    recorded = sum(state is DayState.RECORDED for state in evaluation.day_states.values())
    parts = [f"{name[0].upper()}{name[1:]}{so_far}"]
    reasons = reasons_text(primary, baseline_min_days=evaluation.criteria.baseline_min_days)
    if Reason.TOO_FEW_TRIAL_DAYS not in primary.reasons:
        parts.append(f"{recorded} of {days_text(window)} recorded")
    return "; ".join([", ".join(parts), reasons] if reasons else [", ".join(parts)])


_ADJECTIVES = (Statistic.MEAN, Statistic.MEDIAN)


def _sentence(evaluation: Evaluation, measure: Measure) -> str:
    primary = evaluation.primary
    if not evaluation.running or primary.threshold is None:
        return ""
    subject = f"{_subject(evaluation, measure)} of {exact_text(primary.threshold)} %"
    return checkable_sentence(primary, measure, subject=subject)


def methods_sentence(evaluation: Evaluation) -> str:
    """Return the span of the other methods and how many fall on the other side.

    Never "8 of 8 agree": with complete days several methods coincide.
    """
    threshold = evaluation.primary.threshold
    counted = [
        result.value
        for result in evaluation.methods
        if result.method not in NOT_COUNTED and result.value is not None
    ]
    parts = []
    if counted and threshold is not None:
        low, high = percent_text(min(counted)), percent_text(max(counted))
        span = low if low == high else f"{low.removesuffix(' %')} to {high}"
        below = sum(value < threshold for value in counted)
        limit = f"{exact_text(threshold)} %"
        if evaluation.primary.status is Status.NOT_MET or below == len(counted):
            side = _share(len(counted) - below, len(counted), f"at {limit} or more")
        else:
            side = _share(below, len(counted), f"below {limit}")
        parts.append(f"Other methods {span}: {side}.")
    parts += [
        f"Patient states {whole_percent(result.value, percent_text(result.value))}."
        for result in evaluation.methods
        if result.method is Method.STATED and result.value is not None
    ]
    return " ".join(parts)


def _share(part: int, whole: int, what: str) -> str:
    if part == 0:
        return f"none {what}"
    return f"{number_word(part)} of {number_word(whole)} {what}"
