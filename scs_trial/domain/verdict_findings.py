"""Cautions and notes as sentences with their figures.

Source: the evaluation specification, section 7; the figures of each code are listed in
``scs_trial.domain.cautions``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import cast

from scs_trial.domain.measures import Measure
from scs_trial.domain.numbers import mean_text, percent_text
from scs_trial.domain.result import Caution, CautionCode, Evaluation
from scs_trial.domain.verdict import Finding
from scs_trial.domain.wording import (
    beside,
    day_list,
    days_text,
    exact_text,
    joined,
    number_word,
    scale_text,
    whole_percent,
)

Figures = Mapping[str, object]


class _Sentences:
    """Writes the sentence of each code."""

    def __init__(self, evaluation: Evaluation, measure: Measure, target: str) -> None:
        self._primary = evaluation.primary
        self._threshold = evaluation.primary.threshold or Fraction(0)
        self._measure = measure
        self._target = target or "the target region"
        self._writers: dict[CautionCode, Callable[[Figures], str]] = {
            CautionCode.RED_FLAG_OPEN: self._red_flag,
            CautionCode.ENDED_FOR_SAFETY: self._ended,
            CautionCode.BASELINE_OUTSIDE_WINDOW: self._older_baseline,
            CautionCode.LOW_BASELINE: self._low_baseline,
            CautionCode.FEW_BASELINE_DAYS: self._few_baseline,
            CautionCode.MISSING_DAYS: self._missing,
            CautionCode.STIMULATION_OFF: self._stimulation_off,
            CautionCode.OUTSIDE_WINDOW: self._outside,
            CautionCode.BACKFILLED: self._backfilled,
            CautionCode.NEAR_THRESHOLD: self._near,
            CautionCode.METHOD_DEPENDENT: self._methods,
            CautionCode.STATED_CONFLICT: self._stated,
            CautionCode.REGION_CONFLICT: self._regions,
            CautionCode.MEDICATION_INCREASED: self._medication,
            CautionCode.PROGRAM_CHANGED: self._programs,
            CautionCode.SHORT_TRIAL: self._short,
            CautionCode.LONG_TRIAL: self._long,
            CautionCode.VERY_LONG_TRIAL: self._very_long,
        }

    def text(self, caution: Caution) -> str:
        """Return the sentence of one finding."""
        return self._writers[caution.code](caution.figures)

    @property
    def _percent(self) -> str:
        return f"{exact_text(self._threshold)} %"

    @staticmethod
    def _red_flag(_: Figures) -> str:
        return "An emergency, urgent or same-day safety finding is not resolved."

    @staticmethod
    def _ended(figures: Figures) -> str:
        return f"The trial was ended for safety on day {figures['day']}."

    @staticmethod
    def _older_baseline(figures: Figures) -> str:
        left_out, used = _whole(figures, "left_out"), _whole(figures, "used")
        values = "value" if left_out == 1 else "values"
        kept = f"{number_word(used)} {'is' if used == 1 else 'are'}" if used else "none is"
        return (
            f"{number_word(left_out).capitalize()} baseline {values} of more than "
            f"{days_text(_whole(figures, 'window_days'))} before placement left out; "
            f"{kept} used."
        )

    def _low_baseline(self, figures: Figures) -> str:
        low, unit = _fraction(figures, "low"), scale_text(self._measure)
        value = beside(_fraction(figures, "baseline"), low)
        return (
            f"The baseline of {value}{unit} is below {exact_text(low)}{unit}: "
            "a small change is a large percentage."
        )

    @staticmethod
    def _few_baseline(figures: Figures) -> str:
        count = _whole(figures, "values")
        if not count:
            return "No baseline value is recorded."
        return f"The baseline is {number_word(count)} value{'' if count == 1 else 's'} only."

    @staticmethod
    def _missing(figures: Figures) -> str:
        days = _days(figures)
        return f"{day_list(days).capitalize()} {_be(days)} not recorded."

    @staticmethod
    def _stimulation_off(figures: Figures) -> str:
        days = _days(figures)
        return f"Stimulation was off on {day_list(days)}, which {_be(days)} left out."

    @staticmethod
    def _outside(figures: Figures) -> str:
        return (
            f"Values of {day_list(_days(figures))} lie after the last day that counts "
            f"(day {figures['last_day']}) and are not used."
        )

    @staticmethod
    def _backfilled(figures: Figures) -> str:
        days = _days(figures)
        verb = "was" if len(days) == 1 else "were"
        return f"{day_list(days).capitalize()} {verb} entered later than the day after."

    def _near(self, figures: Figures) -> str:
        value = percent_text(_fraction(figures, "value"))
        return f"{value} is within 5 percentage points of {self._percent}."

    def _methods(self, figures: Figures) -> str:
        low, high = (percent_text(_fraction(figures, key)) for key in ("lowest", "highest"))
        met, not_met = _whole(figures, "met"), _whole(figures, "not_met")
        span = low if low == high else f"{low.removesuffix(' %')} to {high}"
        counted = met + not_met
        if met in (0, counted):
            other, own = ("reach", "does not") if met else ("do not reach", "does")
            return (
                f"The answer depends on the method: the others ({span}) {other} "
                f"{self._percent}, the main figure {own}."
            )
        return (
            f"The answer depends on the method: {span}; "
            f"{number_word(met)} of {number_word(counted)} methods "
            f"{'reaches' if met == 1 else 'reach'} {self._percent}."
        )

    def _stated(self, figures: Figures) -> str:
        stated, value = _fraction(figures, "stated"), _fraction(figures, "value")
        return (
            f"The patient states {whole_percent(stated, percent_text(stated))}, the scores give "
            f"{percent_text(value)}: on different sides of {self._percent}."
        )

    def _regions(self, figures: Figures) -> str:
        regions = cast("Sequence[tuple[str | None, Fraction]]", figures["regions"])
        parts = [f"{item or self._target} {percent_text(value)}" for item, value in regions]
        own = self._primary.leaf.item or self._target
        text = f"{joined(parts)}, against {percent_text(_fraction(figures, 'value'))} for {own}"
        return f"{text[0].upper()}{text[1:]}: on different sides of {self._percent}."

    @staticmethod
    def _medication(figures: Figures) -> str:
        before, now = (mean_text(_fraction(figures, key)) for key in ("baseline", "trial"))
        if before == now:
            return f"Opioids rose by less than 0.1 from {before} MME a day."
        return f"Opioids rose from {before} to {now} MME a day."

    @staticmethod
    def _programs(figures: Figures) -> str:
        names = cast("Sequence[str]", figures["programs"])
        return f"The program changed: {joined(list(names))}."

    @staticmethod
    def _short(figures: Figures) -> str:
        return (
            f"The last full day was day {figures['days']}; the criteria want "
            f"{days_text(_whole(figures, 'least'))} or more."
        )

    @staticmethod
    def _long(figures: Figures) -> str:
        return f"The last day, day {figures['days']}, lies beyond day {figures['above']}."

    def _very_long(self, figures: Figures) -> str:
        return (
            f"{self._long(figures)} Infection reached 24.1 % in trials over 10 days, "
            "against 1.4 % (PROMISE)."
        )


def _whole(figures: Figures, key: str) -> int:
    return cast("int", figures[key])


def _fraction(figures: Figures, key: str) -> Fraction:
    return cast("Fraction", figures[key])


def _days(figures: Figures) -> Sequence[int]:
    return cast("Sequence[int]", figures["days"])


def _be(days: Sequence[int]) -> str:
    return "is" if len(days) == 1 else "are"


def findings(
    evaluation: Evaluation, measure: Measure, *, target_region: str = ""
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return cautions and notes as sentences, in the order of the specification.

    Parameters
    ----------
    evaluation
        The answer.
    measure
        Measure of the primary leaf.
    target_region
        Name of the target pain region, empty when unknown.
    """
    sentences = _Sentences(evaluation, measure, target_region)
    found = [
        (caution.note, Finding(code=caution.code, text=sentences.text(caution)))
        for caution in evaluation.cautions
    ]
    cautions = tuple(finding for note, finding in found if not note)
    return cautions, tuple(finding for note, finding in found if note)
