"""On which scale a column's numbers stand: asked for every measure, never guessed.

A score that is no numeric rating scale is not called one: such numbers are kept as words in the
day's note, or left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_trial.domain.measures import Catalogue, Measure, Series
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.model import Choice, Page

NRS = "nrs_0_10"
VAS_MM = "vas_0_100"
VAS_CM = "vas_0_10"
AS_RECORDED = "as_recorded"
REVERSED = "reversed_0_10"
HOURS = "hours"
OTHER = "other"
NOTE = "note"
IGNORE = "ignore"

LINE = "pain_vas"
"""The measure that keeps pain on a 100 mm line."""
_ON_A_LINE = frozenset({"pain_average", "pain_worst", "pain_least", "pain_now", LINE})
_RATED = frozenset({"pain_average", "pain_worst", "pain_least", "pain_now", "procedure_pain"})
_TURNED = frozenset({"activity_score", "sleep_quality", "comfort", "goal_1", "goal_2", "goal_3"})
_MINUTES = frozenset({"walking_minutes", "standing_minutes", "sitting_minutes"})
_TEN = Decimal(10)
_SIXTY = Decimal(60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What becomes of the numbers of a column.

    Attributes
    ----------
    answer
        The answer to the question.
    series
        Where the values go; None where they are kept as words or left out.
    """

    answer: str
    series: Series | None

    @property
    def as_note(self) -> bool:
        """True where the numbers are kept as words in the day's note."""
        return self.answer == NOTE

    def convert(self, value: Decimal) -> Decimal:
        """Return a number of the file on the record's own scale, exactly."""
        return _CONVERT.get(self.answer, _same)(value)


def _same(value: Decimal) -> Decimal:
    return value


_CONVERT: dict[str, Callable[[Decimal], Decimal]] = {
    VAS_CM: lambda value: value.scaleb(1) if value % 1 else value * _TEN,
    REVERSED: lambda value: _TEN - value,
    HOURS: lambda value: value * _SIXTY,
}


def ask_scale(
    key: str,
    what: str,
    series: Series,
    *,
    numbers: Sequence[Decimal],
    catalogue: Catalogue,
    asking: Asking,
) -> Scale | None:
    """Ask for the scale of a column; None while it is open.

    Parameters
    ----------
    key
        Id of the question.
    what
        The column, as the question names it.
    series
        The measure that it was mapped to.
    numbers
        Its numbers, for the evidence.
    catalogue
        Ranges and units.
    asking
        Takes the question.
    """
    measure = catalogue[series.code]
    choices = _choices(measure)
    answer = asking.ask(
        key,
        f"On which scale are the numbers of {what}, taken as {measure.title.lower()}?",
        page=Page.MEANING,
        choices=choices,
        evidence=_evidence(measure, numbers),
        column=what,
        objection=_refusal(measure, [choice.value for choice in choices]),
    )
    if answer is None:
        return None
    if answer in (NOTE, IGNORE):
        return Scale(answer=answer, series=None)
    line = answer in (VAS_MM, VAS_CM)
    return Scale(answer=answer, series=Series(LINE, series.item) if line else series)


def _choices(measure: Measure) -> list[Choice]:
    code = measure.code
    choices = []
    if code in _RATED:
        choices.append(Choice(value=NRS, words="numeric rating scale (NRS), 0 to 10"))
    else:
        choices.append(Choice(value=AS_RECORDED, words=_own_scale(measure)))
    if code in _ON_A_LINE:
        choices = choices if code in _RATED else []
        choices += [
            Choice(value=VAS_MM, words="visual analogue scale (VAS), 0 to 100 mm"),
            Choice(value=VAS_CM, words="visual analogue scale (VAS), 0 to 10 cm: kept as mm"),
        ]
    if code in _TURNED:
        choices.append(Choice(value=REVERSED, words="0 to 10 the other way: 0 is best, turned"))
    if code in _MINUTES:
        choices.append(Choice(value=HOURS, words="hours: kept as minutes"))
    return [
        *choices,
        Choice(value=OTHER, words="another scale"),
        Choice(value=NOTE, words="another scale: keep the numbers as words in the day's note"),
        Choice(value=IGNORE, words="another scale: leave the column out"),
    ]


def _own_scale(measure: Measure) -> str:
    better = {"lower": "lower is better", "higher": "higher is better"}.get(measure.better, "")
    text = f"{measure.low} to {measure.high} {measure.unit}".strip()
    return f"{text}, {better}" if better else text


def _refusal(measure: Measure, values: Sequence[str]) -> Callable[[str], str]:
    def check(answer: str) -> str:
        if answer == OTHER:
            name = "a numeric rating scale" if measure.code in _RATED else measure.title.lower()
            return (
                f"Numbers of another scale are not called {name}. Keep them in the note, or leave "
                "the column out."
            )
        return "" if answer in values else f"This is none of: {', '.join(values)}."

    return check


def _evidence(measure: Measure, numbers: Sequence[Decimal]) -> str:
    """Return what the numbers show; it settles nothing."""
    if not numbers:
        return "The column holds no number."
    parts = [f"It holds {len(numbers)} numbers from {min(numbers):f} to {max(numbers):f}."]
    between = sorted({number for number in numbers if number % 1})
    if between:
        few = ", ".join(f"{number:f}" for number in between[:4])
        count = sum(1 for number in numbers if number % 1)
        parts.append(f"{count} lie between whole numbers, such as {few}.")
    outside = sum(1 for number in numbers if not measure.low <= number <= measure.high)
    if outside:
        parts.append(f"{outside} lie outside {measure.low} to {measure.high}.")
    return " ".join(parts)
