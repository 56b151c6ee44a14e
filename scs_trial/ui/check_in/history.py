"""What each revision of a check-in changed: old values stay visible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.measures import Catalogue

_TEXTS = ("program", "helped", "triggered", "note")
NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One line of the history: who, when (aware), why, and "title: old → new" for each change."""

    number: int
    at: datetime | None
    who: str
    reason: str
    changes: tuple[str, ...]


def revisions(
    history: Sequence[CheckIn], *, names: Mapping[UUID, str], catalogue: Catalogue
) -> tuple[Revision, ...]:
    """Return the revisions, the newest first."""
    lines = []
    for place, check_in in enumerate(history):
        before = history[place - 1] if place else None
        by = check_in.revised_by or check_in.recorded_by
        lines.append(
            Revision(
                number=check_in.revision,
                at=check_in.revised_at or check_in.recorded_at,
                who=names.get(by, "") if by else "",
                reason=check_in.reason,
                changes=changes(before, check_in, catalogue) if before else (),
            )
        )
    return tuple(reversed(lines))


def changes(before: CheckIn, after: CheckIn, catalogue: Catalogue) -> tuple[str, ...]:
    """Return each difference of two revisions as "title: old → new"."""
    found = []
    for series in dict.fromkeys([*before.values, *after.values]):
        old, new = before.values.get(series), after.values.get(series)
        if old != new:
            title = catalogue[series.code].title if series.code in catalogue else series.code
            name = f"{title}, {series.item}" if series.item else title
            found.append(_line(name, _said(old, str), _said(new, str)))
    for name in _TEXTS:
        old_text, new_text = getattr(before, name) or "", getattr(after, name) or ""
        if old_text != new_text:
            found.append(_line(name.capitalize(), old_text or NOTHING, new_text or NOTHING))
    if before.stimulation_off is not after.stimulation_off:
        words = {True: "off", False: "on"}
        old_word, new_word = words[before.stimulation_off], words[after.stimulation_off]
        found.append(_line("Stimulation", old_word, new_word))
    if before.missed and not after.missed:
        found.append(_line("Day", "declared missed", "answered"))
    if before.safety.answers != after.safety.answers:
        old_state, new_state = before.safety.state.value, after.safety.state.value
        found.append(_line("Safety", old_state.replace("_", " "), new_state.replace("_", " ")))
    if after.entered_in_error and not before.entered_in_error:
        found.append("Entered in error")
    return tuple(found)


def _said(value: object | None, words: Callable[[object], str]) -> str:
    return NOTHING if value is None else words(value)


def _line(title: str, old: str, new: str) -> str:
    return f"{title}: {old} → {new}"
