"""The oracle's days, statistics, leaves and completions (sections 1 to 5); see ``oracle``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from scs_trial.domain.criteria import All, AnyOf, Criteria, Leaf, Node
from scs_trial.domain.diary import Diary, DiaryDay
from scs_trial.domain.measures import Catalogue, Measure, Series

MET, NOT_MET, UNKNOWN = "met", "not_met", "not_assessable"
ORDER = (MET, NOT_MET, UNKNOWN)
IMPROVEMENT = ("improvement_percent", "improvement_points")
TRIAL = (*IMPROVEMENT, "trial_at_least", "trial_at_most")

Days = list[tuple[int, Fraction]]


def F(value: Any) -> Fraction:
    return Fraction(value)


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, F(0)) / len(values)


class OracleTrial:
    """One trial under one criteria file."""

    def __init__(self, diary: Diary, criteria: Criteria, catalogue: Catalogue) -> None:
        self.diary, self.criteria, self.catalogue = diary, criteria, catalogue
        self.first = criteria.first_day
        if diary.trial_ended is None:
            self.last = diary.planned_days
        else:
            self.last = (diary.trial_ended - diary.trial_start) // timedelta(days=1)
        self.running = diary.trial_ended is None or diary.awaiting_diary
        self.window = list(range(self.first, self.last + 1))
        self.by_number = {self.number(d): d for d in diary.days if d.phase.value == "trial"}
        self.before: dict[tuple[Series, bool], list[Fraction]] = {}

    # ---- section 1 -------------------------------------------------------------------------
    def number(self, day: DiaryDay) -> int:
        return (day.day - self.diary.trial_start) // timedelta(days=1)

    def trial_day(self, number: int) -> DiaryDay | None:
        return self.by_number.get(number)

    def excluded(self, day: DiaryDay | None) -> bool:
        return day is not None and day.stimulation_off and self.criteria.exclude_stimulation_off

    def value(self, number: int, series: Series) -> Fraction | None:
        day = self.trial_day(number)
        if day is None or self.excluded(day) or series not in day.values:
            return None
        return F(day.values[series])

    def state(self, number: int, series: Series) -> str:
        day = self.trial_day(number)
        if self.value(number, series) is not None:
            return "recorded"
        if (day is not None and day.missed) or self.excluded(day) or not self.running:
            return "closed"
        return "open"

    def recorded(self, series: Series) -> Days:
        found = [(n, self.value(n, series)) for n in self.window]
        return [(n, v) for n, v in found if v is not None]

    def open(self, series: Series) -> list[int]:
        return [n for n in self.window if self.state(n, series) == "open"]

    # ---- section 2 -------------------------------------------------------------------------
    def baseline_values(self, series: Series, *, older: bool = False) -> list[Fraction]:
        if (series, older) not in self.before:
            limit = -self.criteria.baseline_window_days
            self.before[series, older] = [
                F(day.values[series])
                for day in self.diary.days
                if day.phase.value == "baseline"
                and series in day.values
                and (self.number(day) < limit if older else limit <= self.number(day) <= 0)
            ]
        return self.before[series, older]

    @staticmethod
    def statistic(leaf: Leaf, days: Days, measure: Measure) -> Fraction:
        values = [value for _, value in sorted(days)]
        name = leaf.statistic.value
        if name == "mean":
            return mean(values)
        if name == "mean_last":
            assert leaf.last_n is not None
            return mean(values[max(0, len(values) - leaf.last_n) :])
        if name == "last":
            return values[len(values) - 1]
        if name == "best":
            return min(values) if measure.better.value == "lower" else max(values)
        values = sorted(values)
        middle = len(values) // 2
        if len(values) % 2 == 1:
            return values[middle]
        return (values[middle] + values[middle - 1]) / 2

    @staticmethod
    def percent(b: Fraction | None, t: Fraction | None, measure: Measure) -> Fraction | None:
        if b is None or t is None or b == 0:
            return None
        if measure.better.value == "lower":
            return 100 * (b - t) / b
        return 100 * (t - b) / b

    def figure(
        self, leaf: Leaf, b: Fraction | None, days: Days, measure: Measure
    ) -> Fraction | None:
        test = leaf.test.value
        if test == "recorded_days_at_least":
            return F(len(days))
        if test == "baseline_at_least":
            return b
        t = self.statistic(leaf, days, measure) if days else None
        if test in ("trial_at_least", "trial_at_most"):
            return t
        if test == "improvement_percent":
            return self.percent(b, t, measure)
        if b is None or t is None:
            return None
        return b - t if measure.better.value == "lower" else t - b

    # ---- sections 3 to 5 -------------------------------------------------------------------
    def resolve(self, leaf: Leaf) -> tuple[Measure, Series, Fraction]:
        assert leaf.measure is not None
        assert leaf.threshold is not None
        code = self.diary.pain_measure if leaf.measure == "pain" else leaf.measure
        threshold = F(leaf.threshold)
        absolute = leaf.test.value not in ("improvement_percent", "recorded_days_at_least")
        if leaf.measure == "pain" and code == "pain_vas" and absolute:
            threshold *= 10
        return self.catalogue[code], Series(code, leaf.item), threshold

    def reasons(self, leaf: Leaf, values: list[Fraction], days: Days) -> list[str]:
        test, found = leaf.test.value, []
        if test in (*IMPROVEMENT, "baseline_at_least"):
            if not values:
                found.append("no_baseline")
            elif len(values) < self.criteria.baseline_min_days:
                found.append("too_few_baseline_days")
        if test == "improvement_percent" and values and mean(values) == 0:
            found.append("baseline_zero")
        if test in TRIAL and len(days) < leaf.min_days:
            found.append("too_few_trial_days")
        return found

    def status(self, leaf: Leaf, days: Days) -> str:
        measure, series, threshold = self.resolve(leaf)
        values = self.baseline_values(series)
        reasons = self.reasons(leaf, values, days)
        if (
            leaf.baseline_zero_is_not_met
            and "baseline_zero" in reasons
            and "too_few_baseline_days" not in reasons
        ):
            return NOT_MET
        if reasons:
            return UNKNOWN
        value = self.figure(leaf, mean(values) if values else None, days, measure)
        assert value is not None
        passed = value <= threshold if leaf.test.value == "trial_at_most" else value >= threshold
        return MET if passed else NOT_MET

    def completions(self, leaf: Leaf) -> Iterator[Days]:
        measure, series, _ = self.resolve(leaf)
        low, high = F(measure.low), F(measure.high)
        choices: list[Fraction | None] = [None, low, low + (high - low) * F("0.37"), high]
        open_days = self.open(series)
        for chosen in product(choices, repeat=len(open_days)):
            extra = [(n, v) for n, v in zip(open_days, chosen, strict=True) if v is not None]
            yield sorted(self.recorded(series) + extra)

    def leaf(self, leaf: Leaf) -> dict[str, Any]:
        if leaf.confirm is not None:
            answer = self.diary.confirmations.get(leaf.confirm)
            status = UNKNOWN if answer is None else MET if answer else NOT_MET
            nothing = ("value", "threshold", "range", "needed", "recorded_days", "open_days")
            return {
                "id": leaf.id,
                "status": status,
                "possible": list(ORDER) if answer is None else [status],
                "reasons": [],
                **dict.fromkeys(nothing),
            }
        measure, series, threshold = self.resolve(leaf)
        values = self.baseline_values(series)
        b = mean(values) if values else None
        recorded = self.recorded(series)
        reasons = self.reasons(leaf, values, recorded)
        figures, ends = [], set()
        for days in self.completions(leaf):
            ends.add(self.status(leaf, days))
            enough = leaf.test.value not in TRIAL or len(days) >= leaf.min_days
            figure = self.figure(leaf, b, days, measure)
            if enough and figure is not None and not set(reasons) - {"too_few_trial_days"}:
                figures.append(figure)
        return {
            "id": leaf.id,
            "status": self.status(leaf, recorded),
            "possible": [status for status in ORDER if status in ends],
            "value": self.figure(leaf, b, recorded, measure),
            "threshold": threshold,
            "range": [min(figures), max(figures)] if figures else None,
            "recorded_days": len(recorded),
            "open_days": len(self.open(series)),
            "needed": self.needed(leaf, b, reasons),
            "reasons": reasons,
        }

    def needed(self, leaf: Leaf, b: Fraction | None, reasons: list[str]) -> Any:
        measure, series, threshold = self.resolve(leaf)
        recorded, open_days = self.recorded(series), self.open(series)
        if (
            leaf.statistic.value != "mean"
            or leaf.test.value not in TRIAL
            or not open_days
            or set(reasons) - {"too_few_trial_days"}
            or len(recorded) + len(open_days) < leaf.min_days
        ):
            return None

        def at(average: Fraction) -> Fraction:
            days = recorded + [(n, average) for n in open_days]
            figure = self.figure(leaf, b, days, measure)
            assert figure is not None
            return figure

        # The figure is a straight line in the average: two points give where it crosses.
        at_0, at_1 = at(F(0)), at(F(1))
        crossing = (threshold - at_0) / (at_1 - at_0)
        assert at(crossing) == threshold
        low, high = F(measure.low), F(measure.high)
        averages = [low + (high - low) * F(k) / 7 for k in range(8)]
        if low <= crossing <= high:
            averages.append(crossing)
        at_most = leaf.test.value == "trial_at_most"
        would_do = [at(a) <= threshold if at_most else at(a) >= threshold for a in averages]
        reach = "assured" if all(would_do) else "possible" if any(would_do) else "out_of_reach"
        return {"mean": crossing, "days": len(open_days), "reach": reach}

    def rule(self, node: Node, given: Iterator[str]) -> str:
        if isinstance(node, Leaf):
            return next(given)
        results = [self.rule(child, given) for child in node.children]
        if isinstance(node, All):
            return NOT_MET if NOT_MET in results else UNKNOWN if UNKNOWN in results else MET
        if isinstance(node, AnyOf):
            return MET if MET in results else UNKNOWN if UNKNOWN in results else NOT_MET
        met, unknown = results.count(MET), results.count(UNKNOWN)
        return MET if met >= node.k else NOT_MET if met + unknown < node.k else UNKNOWN
