"""Site profiles of the import assistant: kept in the record, audited."""

from __future__ import annotations

from collections.abc import Sequence

from scs_trial.domain.imports import ImportProfile
from scs_trial.errors import NotFoundError
from scs_trial.exchange.assistant.fingerprint import kept_answers
from scs_trial.exchange.assistant.model import Answers
from scs_trial.exchange.assistant.prepared import Profile
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.session import Session
from scs_trial.services.validation import one_line, refuse, text_faults


@allowed(Action.IMPORT_DIARY)
def import_profiles(session: Session) -> Sequence[Profile]:
    """Return the site's profiles by name."""
    with session.reading() as work:
        held = [one for one in work.imports.profiles() if not one.retired]
    return tuple(_profile(one) for one in held)


@allowed(Action.IMPORT_DIARY)
def profile_for(session: Session, fingerprint: str) -> Profile | None:
    """Return the profile that was kept for a header, or None."""
    found = (one for one in import_profiles(session) if one.fingerprint == fingerprint)
    return next(found, None)


@allowed(Action.KEEP_IMPORT_PROFILE)
def keep_profile(session: Session, *, name: str, fingerprint: str, answers: Answers) -> Profile:
    """Keep answers under a name; what stood there before is replaced and stays in the audit.

    Answers that name a patient or a time are left out.

    Raises
    ------
    FieldError
        The name is empty, too long or holds a control character.
    """
    name = one_line(name)
    refuse(text_faults("name", name, required=True))
    with session.writing() as work:
        kept = work.imports.save_profile(
            ImportProfile(name=name, fingerprint=fingerprint, answers=kept_answers(answers))
        )
        work.commit()
    return _profile(kept)


@allowed(Action.KEEP_IMPORT_PROFILE)
def drop_profile(session: Session, name: str) -> None:
    """Stop offering a profile; it stays in the audit.

    Raises
    ------
    NotFoundError
        There is no profile of that name.
    """
    with session.writing() as work:
        held = {one.name: one for one in work.imports.profiles() if not one.retired}
        if name not in held:
            raise NotFoundError("There is no import profile of that name.")
        old = held[name]
        work.imports.save_profile(
            ImportProfile(name=name, fingerprint=old.fingerprint, answers=old.answers, retired=True)
        )
        work.commit()


def _profile(held: ImportProfile) -> Profile:
    return Profile(name=held.name, fingerprint=held.fingerprint, answers=held.answers)
