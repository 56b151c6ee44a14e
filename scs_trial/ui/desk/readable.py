"""Lists of patients for whoever may read them; nothing, and no error, for whoever may not."""

from __future__ import annotations

from collections.abc import Sequence

from scs_trial.errors import AccessDeniedError
from scs_trial.services.register_patient import PatientHit, find_patients
from scs_trial.services.session import Session
from scs_trial.services.today import TodayList, today_list


class Readable:
    """What the work area lists.

    Parameters
    ----------
    session
        Whose; its roles may change while it is open, and an emergency begins and ends.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def today(self) -> TodayList | None:
        """Return the start page, None for somebody who may not see it."""
        try:
            return today_list(self._session)
        except AccessDeniedError:
            return None

    def find(self, text: str, *, limit: int = 20) -> Sequence[PatientHit]:
        """Return the patients found; none for somebody who may not see them."""
        try:
            return find_patients(self._session, text, limit=limit)
        except AccessDeniedError:
            return ()
