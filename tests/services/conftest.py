"""A clinic for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.clinic import Clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    """Return a clinic on the morning of the placement day."""
    return Clinic(tmp_path)
