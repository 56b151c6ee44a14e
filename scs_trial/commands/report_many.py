"""``scs-trial report`` for many trials: progress on the terminal, Ctrl+C stops between pages."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from scs_trial.commands import FAULTY, OK
from scs_trial.errors import CancelledError
from scs_trial.reports.many_pages import ManyPages, PageForm, write_pages
from scs_trial.services.choose_trials import ChosenTrial, TrialState, newest_trials, trials_in
from scs_trial.services.session import Session

DEFAULT_FOLDER = Path("scs-trial-profiles")


def is_many(arguments: argparse.Namespace) -> bool:
    """Tell whether the pages of several trials are asked for."""
    return bool(arguments.all or arguments.folder or len(arguments.patient or ()) > 1)


def run_many(session: Session, arguments: argparse.Namespace) -> int:
    """Write the pages and return the exit code: refused unless every page was written."""
    chosen = _chosen(session, arguments)
    folder: Path = arguments.folder or DEFAULT_FOLDER
    if arguments.folder is None:
        folder.mkdir(mode=0o700, exist_ok=True)
    form = PageForm(
        paper=arguments.paper,
        as_text=arguments.format == "text",
        ascii_only=arguments.ascii,
        private=arguments.private,
        with_data=arguments.with_data,
    )
    with _stopped_by_ctrl_c() as meter:
        made = write_pages(
            session, chosen, folder, form=form, overwrite=arguments.force, tell=meter.tell
        )
    sys.stdout.writelines(f"{path}\n" for path in made.written)
    sys.stderr.writelines(f"scs-trial: {line}\n" for line in _told(made, chosen))
    return OK if len(made.written) == len(chosen) else FAULTY


def _chosen(session: Session, arguments: argparse.Namespace) -> Sequence[ChosenTrial]:
    if not arguments.all:
        return newest_trials(session, arguments.patient)
    states = [TrialState(state) for state in arguments.state or ()]
    return trials_in(session, states or tuple(TrialState))


def _told(made: ManyPages, chosen: Sequence[ChosenTrial]) -> Iterator[str]:
    """Say what was not written; a trial is named by its place, never by its patient."""
    for one in made.failed:
        yield f"page {chosen.index(one.chosen) + 1} of {len(chosen)} was not written: {one.error}"
    if made.left:
        yield f"stopped; {len(made.left)} of {len(chosen)} pages were not begun"
    if not chosen:
        yield "no trial is in this state; nothing was written"


class _Meter:
    """Shows how far it is where somebody watches, and stops when asked."""

    def __init__(self) -> None:
        self._asked = False

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Ask to stop before the next page."""
        self._asked = True

    def tell(self, done: int, total: int) -> None:
        """Show how many are done.

        Raises
        ------
        CancelledError
            Ctrl+C was pressed.
        """
        if self._asked:
            raise CancelledError
        if sys.stderr.isatty():
            sys.stderr.write(f"\rpage {done + 1} of {total} ")
            sys.stderr.write("\n" if done + 1 == total else "")
            sys.stderr.flush()


@contextmanager
def _stopped_by_ctrl_c() -> Iterator[_Meter]:
    meter = _Meter()
    before = signal.signal(signal.SIGINT, meter.stop)
    try:
        yield meter
    finally:
        signal.signal(signal.SIGINT, before)
