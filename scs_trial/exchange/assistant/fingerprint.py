"""Which header a file has: the key under which a site keeps its answers."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from scs_trial.exchange.assistant.model import Answers

OF_ONE_FILE = ("patient", "trial_start", "period", "trial")
"""Ids of answers that no profile keeps: they name a person or a time."""


def fingerprint(names: Iterable[str]) -> str:
    """Return 16 hex digits that stand for the column names; case and outer spaces do not count."""
    plain = (unicodedata.normalize("NFC", name).strip().casefold() for name in names)
    return hashlib.sha256("\x1f".join(plain).encode("utf-8", "replace")).hexdigest()[:16]


def kept_answers(answers: Answers) -> dict[str, str]:
    """Return the answers that a profile may keep."""
    return {key: given for key, given in answers.items() if key not in OF_ONE_FILE}
