"""Where the reference data lies that is too large, or not ours, to ship with the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"


def reference(*parts: str) -> Path:
    """Return a file or folder of the reference data, or skip the test.

    It is looked for in ``SCS_TRIAL_REFERENCE``, else in ``../shared/reference`` beside the
    checkout, also beside the parent of a second checkout.
    """
    named = os.environ.get("SCS_TRIAL_REFERENCE")
    if named:
        roots = [Path(named)]
    else:
        roots = [folder / "shared" / "reference" for folder in list(ROOT.parents)[:2]]
    for root in roots:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    pytest.skip(
        f"reference data {'/'.join(parts)} is not there; set SCS_TRIAL_REFERENCE to its folder"
    )
