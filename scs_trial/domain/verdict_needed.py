"""What can still change, in sentences that a person can check with pencil and paper.

Source: the evaluation specification, section 5. A mean depends on the sum of its values alone, so
the whole numbers that just do, and those that just do not, follow from the exact ``needed``.
"""

from __future__ import annotations

from fractions import Fraction

from scs_trial.domain.measures import Measure
from scs_trial.domain.numbers import needed_text
from scs_trial.domain.result import LeafResult, Needed, Reach, Reason, Status
from scs_trial.domain.wording import days_text, joined, number_word, scale_text

MAX_LISTED = 4
"""Open days that are listed one by one; of more, the average is said."""

_PER_DAY = frozenset({"MME", "min", "steps", "times"})


def amount_text(number: str, measure: Measure) -> str:
    """Return a number with its unit, ``65.0 MME a day``; no unit on a plain scale."""
    unit = measure.unit
    if not unit:
        return number
    return f"{number} {unit} a day" if unit in _PER_DAY else f"{number} {unit}"


def needed_remark(result: LeafResult, measure: Measure) -> str:
    """Return what the open days must bring for one leaf; empty where that is not defined."""
    needed = result.needed
    if needed is None:
        return ""
    days = f"over {days_text(needed.days)} still open" if needed.days > 1 else "on the open day"
    if result.possible == (Status.MET,):
        return "stays met whatever the open days bring"
    if Status.MET not in result.possible:
        return "can no longer be met"
    if needed.reach is Reach.ASSURED:
        return "met by any values once enough days are recorded"
    side = "less" if needed.at_most else "more"
    amount = amount_text(needed_text(needed.mean, at_most=needed.at_most), measure)
    average = " on average" if needed.days > 1 else ""
    if result.status is Status.MET:
        bound = "up to" if needed.at_most else "from"
        return f"stays met {bound} {amount}{average} {days}"
    return f"needs {amount} or {side}{average} {days}"


def checkable_sentence(result: LeafResult, measure: Measure, *, subject: str) -> str:
    """Return whole-number values of the open days that would just do, and some that would not.

    Parameters
    ----------
    result
        The primary leaf.
    measure
        Its measure.
    subject
        What the sentence is about, e.g. ``pain relief of 50 %``.

    Returns
    -------
    str
        Empty where no such sentence is true.
    """
    needed = result.needed
    if needed is None:
        return ""
    open_days = f"the {days_text(needed.days)} still open" if needed.days > 1 else "the open day"
    if result.possible == (Status.MET,):
        return f"Whatever {open_days} will bring, {subject} stays reached."
    if Status.MET not in result.possible:
        return f"Nothing that {open_days} can bring would reach {subject}."
    if needed.reach is not Reach.POSSIBLE:
        return ""
    still = "still " if result.status is Status.MET else ""
    if needed.days > MAX_LISTED:
        return _average_sentence(needed, measure, still=still, subject=subject)
    enough, too_little = _whole_sums(needed)
    unit = scale_text(measure)
    first = joined(_spread(enough, needed))
    second = joined(_spread(too_little, needed))
    count = number_word(needed.days).capitalize()
    days = "day" if needed.days == 1 else "days"
    return (
        f"For {subject}: {count.lower()} open {days} at {first}{unit} would {still}do; "
        f"{second} would not."
    )


def _whole_sums(needed: Needed) -> tuple[int, int]:
    """Return the whole sum over the open days that just does, and the next that does not."""
    total = needed.mean * needed.days
    down = total.numerator // total.denominator
    if needed.at_most:
        return down, down + 1
    up = -(-total.numerator // total.denominator)
    return up, up - 1


def _spread(total: int, needed: Needed) -> list[str]:
    """Return whole values of equal size as far as possible, the harder side last."""
    low, more = divmod(total, needed.days)
    values = [low + 1] * more + [low] * (needed.days - more)
    return [str(value) for value in (values if needed.at_most else reversed(values))]


def _average_sentence(needed: Needed, measure: Measure, *, still: str, subject: str) -> str:
    text = needed_text(needed.mean, at_most=needed.at_most)
    step = Fraction(1, 10) if needed.at_most else Fraction(-1, 10)
    beyond = needed_text(Fraction(text) + step, at_most=needed.at_most)
    unit = scale_text(measure)
    return (
        f"For {subject}: {number_word(needed.days)} open days at {text}{unit} on average would "
        f"{still}do; {beyond} would not."
    )


def reasons_text(result: LeafResult, *, baseline_min_days: int) -> str:
    """Return why a leaf has no plain answer, in words; empty without a reason."""
    words = {
        Reason.NO_BASELINE: "no baseline value",
        Reason.TOO_FEW_BASELINE_DAYS: f"fewer than {baseline_min_days} baseline values",
        Reason.BASELINE_ZERO: "the baseline is 0, so there is no percentage of it",
        Reason.TOO_FEW_TRIAL_DAYS: (
            f"{result.recorded_days} of {days_text(result.leaf.min_days)} recorded"
        ),
    }
    return "; ".join(words[reason] for reason in result.reasons)
