"""The open specification's worked example is what the program prints."""

from __future__ import annotations

from pathlib import Path

import scs_trial
from scs_trial.reports.plain_text import plain_text
from scs_trial.reports.profile_content import profile_content
from tests.reports import samples

SPECIFICATION = Path(__file__).parents[2] / "docs" / "scs-trial-profile.md"


def test_that_the_worked_example_is_what_is_printed() -> None:
    written = SPECIFICATION.read_text(encoding="utf-8")
    example = written.split("```text\n")[1].split("```")[0]
    content = profile_content(
        samples.week_met(), printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone"
    )
    printed = plain_text(content).replace(f"scs-trial {scs_trial.__version__}", "scs-trial VERSION")
    assert example == printed
