"""A second, naive evaluation to compare with: fractions, and every completion written out.

It was written from the evaluation specification alone and shares nothing with the package but
the types of a diary and of criteria. What can still change is found by trying each open day
without a value and with values over the whole range, ends included; the root's possible statuses
by trying every combination of leaf statuses. So it is right by construction and hopelessly slow:
keep trials to a few open days.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from scs_trial.domain.criteria import Leaf, leaves
from scs_trial.domain.measures import Series
from tests.domain.oracle_trial import MET, NOT_MET, ORDER, UNKNOWN, F, OracleTrial, mean


class Oracle(OracleTrial):
    """One trial under one criteria file."""

    # ---- section 6 -------------------------------------------------------------------------
    def through(self, series: Series) -> int | None:
        recorded = self.recorded(series)
        return self.last if not self.running else recorded[-1][0] if recorded else None

    def filled(self, series: Series, b: Fraction | None, *, locf: bool) -> Fraction | None:
        end, recorded = self.through(series), dict(self.recorded(series))
        if end is None or not recorded or b is None:
            return None
        row = []
        for n in range(self.first, end + 1):
            before = [day for day in recorded if day < n]
            if n in recorded:
                row.append(recorded[n])
            elif locf and before:
                row.append(recorded[max(before)])
            else:
                row.append(b)
        return mean(row)

    def methods(self) -> list[dict[str, Any]]:
        measure, series, threshold = self.resolve(self.criteria.primary)
        values = self.baseline_values(series)
        b = mean(values) if values else None
        everyone = [(n, self.value(n, series)) for n in range(self.last + 1)]
        scores = [value for _, value in self.recorded(series)]
        lower = measure.better.value == "lower"

        def since(first: int) -> Fraction | None:
            found = [v for n, v in everyone if n >= first and v is not None]
            return mean(found) if found else None

        def middle() -> Fraction:
            ordered = sorted(scores)
            return (ordered[(len(scores) - 1) // 2] + ordered[len(scores) // 2]) / 2

        trial = {
            "mean_from_day_0": since(0),
            "mean_from_day_1": since(1),
            "mean_from_day_2": since(2),
            "mean_last_3": mean(scores[-3:]) if len(scores) >= 3 else None,
            "last_day": scores[-1] if scores else None,
            "best_day": (min(scores) if lower else max(scores)) if scores else None,
            "median": middle() if scores else None,
            "locf": self.filled(series, b, locf=True),
            "baseline_carried": self.filled(series, b, locf=False),
        }
        relief = {name: self.percent(b, t, measure) for name, t in trial.items()}
        stated = self.recorded(Series("stated_relief"))
        relief["stated"] = stated[-1][1] if stated else None
        return [
            {
                "method": name,
                "value": value,
                "status": UNKNOWN if value is None else MET if value >= threshold else NOT_MET,
            }
            for name, value in relief.items()
        ]

    # ---- sections 7 and 8 ------------------------------------------------------------------
    def on_program(self, series: Series) -> dict[str, list[Fraction]]:
        found: dict[str, list[Fraction]] = {}
        for n, value in self.recorded(series):
            day = self.trial_day(n)
            assert day is not None
            if day.program is not None:
                found.setdefault(day.program, []).append(value)
        return found

    def programs(self) -> list[dict[str, Any]]:
        measure, series, _ = self.resolve(self.criteria.primary)
        values = self.baseline_values(series)
        b = mean(values) if values else None
        answer = []
        for name, scores in self.on_program(series).items():
            average = mean(scores) if len(scores) >= 2 else None
            answer.append(
                {
                    "program": name,
                    "days": len(scores),
                    "mean": average,
                    "value": self.percent(b, average, measure),
                }
            )
        return answer

    def cautions(self) -> list[str]:
        criteria, diary = self.criteria, self.diary
        leaf = criteria.primary
        measure, series, x = self.resolve(leaf)
        values = self.baseline_values(series)
        b = mean(values) if values else None
        recorded = self.recorded(series)
        primary = self.leaf(leaf)
        value, status = primary["value"], primary["status"]
        methods = {m["method"]: m for m in self.methods()}
        judged = value is not None and status in (MET, NOT_MET)
        raised = []

        def raises(code: str, condition: Any) -> None:
            if condition:
                raised.append(code)

        raises("red_flag_open", diary.red_flag_open)
        raises("ended_for_safety", diary.end_reason and diary.end_reason.value == "safety")
        raises("baseline_outside_window", self.baseline_values(series, older=True))
        low = criteria.low_baseline
        if low is not None and b is not None and measure.code.startswith("pain_"):
            factor = 10 if measure.code == "pain_vas" else 1
            raises("low_baseline", b < F(low) * factor)
        raises("few_baseline_days", len(values) < 3)
        end = self.through(series)
        if end is not None:
            raises(
                "missing_days",
                any(
                    self.value(n, series) is None and not self.excluded(self.trial_day(n))
                    for n in range(self.first, end + 1)
                ),
            )
        raises("stimulation_off", any(self.excluded(self.trial_day(n)) for n in self.window))
        raises(
            "outside_window",
            any(
                day.values
                for day in diary.days
                if day.phase.value == "trial" and self.number(day) > self.last
            ),
        )
        captured = [self.trial_day(n) for n, _ in recorded]
        raises(
            "backfilled",
            any(
                day is not None
                and day.recorded_at is not None
                and (day.recorded_at.date() - day.day).days > 1
                for day in captured
            ),
        )
        raises("near_threshold", judged and abs(value - x) <= 5)
        counted = {m["status"] for k, m in methods.items() if k not in ("best_day", "stated")}
        raises(
            "method_dependent",
            {MET, NOT_MET} <= counted
            or (status == MET and NOT_MET in counted)
            or (status == NOT_MET and MET in counted),
        )
        stated = methods["stated"]["value"]
        raises("stated_conflict", judged and stated is not None and (stated >= x) != (value >= x))
        raises("region_conflict", judged and self.other_region(leaf, value >= x))
        mme = Series("mme")
        on_trial, before = self.recorded(mme), self.baseline_values(mme)
        raises(
            "medication_increased",
            on_trial and before and mean([v for _, v in on_trial]) > mean(before),
        )
        raises("program_changed", len(self.on_program(series)) > 1)
        raises(
            "short_trial",
            diary.trial_ended is not None
            and criteria.length_min is not None
            and self.last < criteria.length_min,
        )
        warn = criteria.length_warn_above
        very = warn is not None and self.last > warn
        above = criteria.length_caution_above
        raises("long_trial", above is not None and self.last > above and not very)
        raises("very_long_trial", very)
        return raised

    def other_region(self, leaf: Leaf, primary_passes: bool) -> bool:
        measure, own, x = self.resolve(leaf)
        everywhere = {s for day in self.diary.days for s in day.values if s.code == own.code}
        for series in everywhere - {own}:
            days, values = self.recorded(series), self.baseline_values(series)
            if not days or not values:
                continue
            value = self.percent(mean(values), self.statistic(leaf, days, measure), measure)
            if value is not None and (value >= x) != primary_passes:
                return True
        return False

    # ---- section 9 -------------------------------------------------------------------------
    def result(self) -> dict[str, Any]:
        """Everything that the machine-readable result says, with exact figures."""
        criteria = self.criteria
        results = [self.leaf(leaf) for leaf in leaves(criteria.rule)]
        status = self.rule(criteria.rule, iter([r["status"] for r in results]))
        ends = {
            self.rule(criteria.rule, iter(chosen))
            for chosen in product(*(r["possible"] for r in results))
        }
        primary = self.leaf(criteria.primary)
        measure, series, _ = self.resolve(criteria.primary)
        values, days = self.baseline_values(series), self.recorded(series)
        b = mean(values) if values else None
        t = self.statistic(criteria.primary, days, measure) if days else None
        gain = None
        if b is not None and t is not None:
            gain = b - t if measure.better.value == "lower" else t - b
        methods = self.methods()
        counted = [m["status"] for m in methods if m["method"] not in ("best_day", "stated")]
        return {
            "running": self.running,
            "status": status,
            "settled": len(ends) == 1,
            "possible": [s for s in ORDER if s in ends],
            "primary": {
                "baseline": b,
                "trial": t,
                "points": gain,
                **{key: primary[key] for key in ("value", "threshold", "status", "possible")},
            },
            "leaves": results,
            "methods": methods,
            "agreement": {s: counted.count(s) for s in ORDER},
            "programs": self.programs(),
            "cautions": self.cautions(),
        }
