"""119 real pain diaries as a diary CSV: a baseline week and a week on a neurostimulator.

Source: data set "pain" of the R package bda 19.1.3 (see SOURCE.txt beside the data). It is no SCS
trial, the dates are made up, and its 0-10 VAS is taken as ``pain_average`` for tests only.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from tests.reference import reference

PLACED = date(2026, 3, 2)
"""Arbitrary: baseline days 1-7 become day -7..-1, follow-up days 1-7 become day 1-7."""
NO_FOLLOW_UP = 9
"""Patients whose follow-up diary is missing; they are not assessable."""


def expected() -> list[dict[str, str]]:
    """Return the values computed outside the product, one row for each patient."""
    with reference("bda_pain_vas_diary", "expected_per_patient.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def write_diary_csv(path: Path) -> None:
    """Write the diaries as a diary CSV; empty cells stay empty."""
    with (
        reference("bda_pain_vas_diary", "pain_vas_AUS_EU_long.csv").open(newline="") as source,
        path.open("w", newline="", encoding="utf-8") as target,
    ):
        writer = csv.writer(target)
        writer.writerow(["patient", "trial_start", "trial_ended", "date", "pain_average"])
        for row in csv.DictReader(source):
            day = int(row["day"])
            offset = day - 8 if row["phase"] == "baseline" else day
            writer.writerow(
                [
                    row["patient"],
                    PLACED.isoformat(),
                    (PLACED + timedelta(days=7)).isoformat(),
                    (PLACED + timedelta(days=offset)).isoformat(),
                    row["vas_0_10"],
                ]
            )
