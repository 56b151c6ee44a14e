"""Accepted files: what a text looked like when somebody last read it.

Run the tests with ``SCS_TRIAL_ACCEPT=1`` to rewrite them, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path


def check_accepted(path: Path, text: str) -> None:
    """Compare a text with its accepted file, or rewrite the file when asked to."""
    if os.environ.get("SCS_TRIAL_ACCEPT") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert path.exists(), f"{path.name} was never accepted: run with SCS_TRIAL_ACCEPT=1 and read it"
    assert text == path.read_bytes().decode("utf-8")
