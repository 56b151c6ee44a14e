"""The file under the assistant's eyes: read anew after each answer, in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from scs_trial.errors import UserError
from scs_trial.exchange.assistant.assess import Assessment
from scs_trial.exchange.assistant.prepared import Profile
from scs_trial.exchange.assistant.source import Source, read_source
from scs_trial.services.import_profiles import profile_for
from scs_trial.services.run_import import look_at_file
from scs_trial.services.session import Session
from scs_trial.ui.tasks import Progress, Task, TaskRunner

T = TypeVar("T")


class Reading(QObject):
    """Holds a file, the answers so far, and what follows from them.

    Signals
    -------
    assessed
        What the file is with the answers so far.
    refused
        Why the file, or the last piece of work, was refused.
    busy_changed
        Whether work goes on in the background.
    progressed
        Done, total, text of that work.
    """

    assessed = Signal(object)
    refused = Signal(object)
    busy_changed = Signal(bool)
    progressed = Signal(int, int, str)

    def __init__(self, session: Session, *, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._runner = session, runner
        self._source: Source | None = None
        self._answers: dict[str, str] = {}
        self._looked_up = ""
        self._stale = self._closed = False
        self.profile: Profile | None = None
        self.made: Assessment | None = None
        self.busy = False
        self._task: Task | None = None

    def open(self, path: Path) -> None:
        """Read a file for the first time."""

        def take(source: Source) -> None:
            self._source = source
            self._assess()

        self.work(lambda _progress: read_source(path), take, self.tr("Reading"))

    def answer(self, question: str, answer: str) -> None:
        """Give an answer, or take it back with an empty one, and read anew."""
        if answer:
            self._answers[question] = answer
        else:
            self._answers.pop(question, None)
        self._assess()

    def look_again(self) -> None:
        """Read anew after the record changed."""
        self._assess()

    def cancel(self) -> None:
        """Stop what is under way; what it began comes to nothing."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Stop, and tell nothing any more."""
        self._closed = True
        self.cancel()

    def work(self, do: Callable[[Progress], T], then: Callable[[T], None], title: str) -> None:
        """Do something in the background; what comes of it is passed on unless closed."""

        def done(made: T) -> None:
            if not self._closed:
                self._set_busy(False)
                then(made)

        self._set_busy(True)
        task = self._runner.run_task(do, on_done=done, on_error=self._refuse, title=title)
        if self.busy:
            self._task = task
            task.progressed.connect(self.progressed)

    def _refuse(self, error: UserError) -> None:
        if not self._closed:
            self._set_busy(False)
            self.refused.emit(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._task = None
        self.busy_changed.emit(busy)

    def _assess(self) -> None:
        if self._source is None:
            return
        if self.busy:
            self._stale = True
            return
        self._stale = False
        read = partial(_look, self._session, self._source, dict(self._answers), self.profile)
        self.work(read, self._take, self.tr("Reading"))

    def _take(self, made: Assessment) -> None:
        if made.fingerprint and made.fingerprint != self._looked_up:
            self._looked_up = made.fingerprint
            self.profile = profile_for(self._session, made.fingerprint)
            self._stale = self._stale or self.profile is not None
        self.made = made
        if self._stale:
            self._assess()
        else:
            self.assessed.emit(made)


def _look(
    session: Session,
    source: Source,
    answers: dict[str, str],
    profile: Profile | None,
    _progress: Progress,
) -> Assessment:
    return look_at_file(session, source, answers=answers, profile=profile)
