"""Names of columns in a wide file: a measure's own column name, perhaps with phase and day."""

from __future__ import annotations

import re

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.exchange.assistant.synonyms import Synonyms, plain_words
from scs_trial.exchange.assistant.targets import Role, Target

_DAY = re.compile(r"(?P<head>.+?) (?:(?:day|dia|d|jour) )?(?P<number>[0-9]{1,3})")
_DAY_WORD = re.compile(r"\b(?:day|dia|d)\b")


def wide_target(name: str, synonyms: Synonyms) -> Target | None:
    """Return the target of a name such as ``Average pain baseline day 3``, or None.

    Proposed only where the name says all three: the measure (and no other), the phase, the number.
    """
    found = _DAY.fullmatch(plain_words(name))
    if found is None:
        return None
    words = _DAY_WORD.sub(" ", found["head"]).split()
    for place in range(len(words)):
        for end in range(place + 1, len(words) + 1):
            phase = synonyms.phase(" ".join(words[place:end]))
            rest = " ".join(words[:place] + words[end:])
            guess = synonyms.guess(rest) if phase and rest else None
            if guess is not None and guess.exact and len(guess.targets) == 1:
                return _target(guess.targets[0], Phase(phase), int(found["number"]))
    return None


def _target(code: str, phase: Phase, number: int) -> Target | None:
    if code in tuple(Role):
        return None
    return Target(role=Role.MEASURE, series=Series(code), phase=phase, day_number=number)
