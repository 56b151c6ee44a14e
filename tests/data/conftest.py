"""A real encrypted record for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from scs_trial.services.session import Session
from tests.records import make_session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a session on a new encrypted record."""
    return make_session(tmp_path)
