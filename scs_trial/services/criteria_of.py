"""Which criteria judge a trial: its own copy once it is fixed, the library's before that."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.criteria import Criteria
from scs_trial.domain.criteria_file import read_criteria
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.trial import Trial
from scs_trial.errors import FieldError
from scs_trial.services.session import Session


def criteria_of(session: Session, trial: Trial) -> Criteria | None:
    """Return the criteria that judge a trial.

    The text that was fixed to the trial wins over the library, so that a later change of the
    library does not change this trial. None when neither can be read: a trial is then shown
    without a verdict.
    """
    if trial.criteria_text:
        return _read(trial.criteria_text, _Identity(session.catalogue))
    return session.library.get(trial.criteria_id)


def is_fixed(trial: Trial) -> bool:
    """Return whether region, pain measure and criteria are fixed."""
    return bool(trial.criteria_text)


def fix_rules(session: Session, trial: Trial) -> Trial:
    """Return the trial with the library's criteria copied into it.

    Raises
    ------
    FieldError
        The library has no criteria of that id.
    """
    criteria = session.library.get(trial.criteria_id)
    text = session.library_texts.get(trial.criteria_id, "")
    if criteria is None or not text:
        raise FieldError(
            "criteria_id",
            f"There are no criteria named {trial.criteria_id!r}.",
            "Choose the criteria of this trial first.",
        )
    return replace(trial, criteria_version=criteria.version, criteria_text=text)


def fixes_rules(trial: Trial, check_in: CheckIn) -> bool:
    """Return whether this check-in holds the first value of a trial day."""
    return not is_fixed(trial) and check_in.phase is Phase.TRIAL and bool(check_in.values)


class _Identity:
    """A catalogue as a key by identity: it is loaded once and has no hash of its own."""

    __slots__ = ("catalogue",)

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.catalogue is self.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


@lru_cache(maxsize=64)
def _read(text: str, key: _Identity) -> Criteria | None:
    return read_criteria(text, file_name="trial", catalogue=key.catalogue).criteria
