"""Site profiles of the import assistant: kept in the record, audited, exportable as TOML."""

from __future__ import annotations

from collections.abc import Sequence

from scs_trial.exchange.assistant.model import Answers
from scs_trial.exchange.assistant.prepared import Profile
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.session import Session


@allowed(Action.IMPORT_DIARY)
def import_profiles(session: Session) -> Sequence[Profile]:
    """Return the site's profiles by name."""
    raise NotImplementedError


@allowed(Action.IMPORT_DIARY)
def profile_for(session: Session, fingerprint: str) -> Profile | None:
    """Return the profile that was kept for a header, or None."""
    raise NotImplementedError


@allowed(Action.KEEP_IMPORT_PROFILE)
def keep_profile(session: Session, *, name: str, fingerprint: str, answers: Answers) -> Profile:
    """Keep answers under a name; what stood there before is replaced and stays in the audit.

    Raises
    ------
    FieldError
        The name is empty, too long or holds a control character.
    """
    raise NotImplementedError


@allowed(Action.KEEP_IMPORT_PROFILE)
def drop_profile(session: Session, name: str) -> None:
    """Stop offering a profile; it stays in the audit."""
    raise NotImplementedError
