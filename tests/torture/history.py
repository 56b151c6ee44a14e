"""History can't be changed silently: somebody with the key and bare SQL tries it at random.

Some attempts meet the triggers as they are; most drop every trigger, change what they like, and
write the triggers anew, so that nothing of that shows. An attempt is found when the database
refuses it or when the check of the record, with the last printed anchor, does not hold.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from scs_trial.clock import FixedClock
from scs_trial.domain.anchor import Anchor
from scs_trial.domain.signature import Meaning
from scs_trial.errors import ConflictError, UserError
from scs_trial.services.review_trial import reload_workspace
from scs_trial.services.sign_decision import SignDecision, sign_decision
from scs_trial.services.signed_content import content_digest
from scs_trial.services.verify_record import verify_record
from tests.data import children
from tests.records import NOW, PASSWORD, RECORD_NAME, make_session, session_on
from tests.story.full_record import fill
from tests.torture.forger import Forger
from tests.torture.promise import Promise, Reached

UNREADABLE = (ValueError, TypeError, LookupError)
"""What a value that no program writes ends in: a defect that is told, not a silent change."""


@dataclass(slots=True)
class Outcome:
    """What became of the attempts."""

    attempts: int = 0
    refused: int = 0
    unnoticed: list[str] = field(default_factory=list)


def forge(folder: Path, *, times: int, seed: int) -> Outcome:
    """Try ``times`` changes, each on a fresh copy of one record."""
    chance, outcome = random.Random(seed), Outcome()
    whole = folder / "whole"
    whole.mkdir()
    key, anchor = printed_record(whole)
    copy = folder / "copy"
    while outcome.attempts < times:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(whole, copy)
        try:
            what, refused = Forger(copy / RECORD_NAME, key, chance).attempt()
        except (
            DBAPIError,
            ConflictError,
        ):  # a constraint of the table stands against it; nothing was changed
            continue
        outcome.attempts += 1
        outcome.refused += refused
        if not refused and not noticed(copy / RECORD_NAME, anchor):
            outcome.unnoticed.append(what)
    return outcome


def printed_record(folder: Path) -> tuple[bytes, Anchor]:
    """Make a closed record with everything in it; return its key and the last printed anchor."""
    session = make_session(folder, clock=FixedClock(NOW))
    trials = fill(session, lambda kind: f"the {kind}")
    with session.reading() as work:
        ended = work.trials.get(trials[1].id)
    review = reload_workspace(session, ended.patient_id, trial_id=ended.id).review
    signing = SignDecision(
        trial_id=ended.id,
        meaning=Meaning.APPROVED,
        password=PASSWORD,
        content_digest=content_digest(review),
    )
    sign_decision(session, signing, check=_check, set_page=lambda _: b"%PDF-1.7 a page")
    with session.reading() as work:
        head = work.audit.head()
    key = session.records.keys.data_key
    session.records.close()
    return key, Anchor(seq=head.seq, digits=head.digest[:16])


def _check(user_name: str, password: str) -> None:
    assert (user_name, password) == ("anna", PASSWORD)


def noticed(path: Path, anchor: Anchor) -> bool:
    """Whether opening or the check of the record tells that something is not as it was."""
    try:
        opened = children.opened(path)
    except (UserError, *UNREADABLE):
        return True
    try:
        session = session_on(opened.records, opened.account, clock=FixedClock(NOW))
        return not verify_record(session, anchors=[anchor]).holds
    except (UserError, *UNREADABLE):
        return True
    finally:
        opened.records.close()


def run(size: int, seed: int, folder: Path) -> Reached:
    """Try ``size`` changes."""
    seen = forge(folder, times=size, seed=seed)
    found = seen.attempts - len(seen.unnoticed)
    return Reached(
        text=f"{seen.attempts:,} edits, deletions, re-chains: {seen.refused} refused by triggers,"
        f" {found - seen.refused} found against the last printed anchor, {len(seen.unnoticed)}"
        " unnoticed" + "".join(f"; {what}" for what in seen.unnoticed[:5]),
        held=seen.attempts > 0 and not seen.unnoticed,
    )


PROMISE = Promise(
    name="history",
    words="history can't be changed silently",
    figure="1,000 random edits, deletions, re-chains: all found up to the last anchor",
    full=1000,
    short=40,
    run=run,
)
