"""Other criteria beside a trial's own: shown for comparison, deciding nothing."""

from __future__ import annotations

from dataclasses import dataclass

from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.tone import Tone
from scs_trial.domain.verdict_text import make_verdict
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoEvaluated:
    """One rule of the library, applied to the same diary."""

    criteria_id: str
    title: str
    version: str
    headline: str
    """e.g. "On track: criteria met so far"."""
    symbol: str
    tone: Tone
    figure: str
    lines: tuple[str, ...]
    """Each condition with what it gives, e.g. "Pain relief >= 50 %: 51.2 %"."""


@allowed(Action.OPEN_PATIENT)
def also_evaluated(session: Session, review: TrialReview) -> tuple[AlsoEvaluated, ...]:
    """Return every other rule of the library on the trial's diary; none without a placement date.

    The trial's own criteria are left out, also where the library holds a newer version of them.
    """
    diary = review.diary
    if diary is None:
        return ()
    found = []
    for criteria in session.library.values():
        if criteria.id == review.trial.criteria_id:
            continue
        verdict = make_verdict(
            evaluate(diary, criteria, session.catalogue),
            catalogue=session.catalogue,
            target_region=review.trial.target_region,
        )
        found.append(
            AlsoEvaluated(
                criteria_id=criteria.id,
                title=criteria.title,
                version=criteria.version,
                headline=verdict.headline,
                symbol=verdict.symbol,
                tone=verdict.tone,
                figure=verdict.figure,
                lines=tuple(f"{line.symbol} {line.title}: {line.value}" for line in verdict.lines),
            )
        )
    return tuple(found)
