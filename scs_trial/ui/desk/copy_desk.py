"""Above every page: this is a copy for reading, as of when, and how old. Newer ones are read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from scs_trial.clock import Clock
from scs_trial.domain.tone import Tone
from scs_trial.errors import UserError
from scs_trial.services.backup_words import age_words, as_of_words
from scs_trial.services.read_port import ReadCopy
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.widgets.banner import Banner

LOOK_MS = 15_000
"""So often the folder is looked at; a share that is away is asked in the background."""


class CopyDesk(QObject):
    """Says as of when everything is, and goes over to a newer copy by itself.

    Signals
    -------
    renewed
        A newer copy is read from now on; what is shown is to be loaded again.

    Parameters
    ----------
    copy
        The open copy.
    clock, zone
        Tell its age, and its time as the clinic's.
    runner
        Looks at the folder in the background.
    """

    renewed = Signal()

    def __init__(
        self,
        window: MainWindow,
        copy: ReadCopy,
        *,
        clock: Clock,
        zone: ZoneInfo,
        runner: TaskRunner,
    ) -> None:
        super().__init__(window)
        self._copy = copy
        self._clock = clock
        self._zone = zone
        self._runner = runner
        self._looking = self._left = False
        self._problem = ""
        self.banner = Banner()
        self.banner.setObjectName("copy")
        window.add_notice(self.banner)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Say it, and follow the newest copy from now on."""
        self._say()
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Follow no longer: the copy is about to be closed."""
        self._timer.stop()
        self._left = True

    @Slot()
    def leave(self) -> None:
        """Stop, and take the words away."""
        self.stop()
        self.banner.hide()
        self.banner.deleteLater()
        self.deleteLater()

    @Slot()
    def look(self) -> None:
        """Look in the background whether there is a newer copy."""
        if self._looking or self._left:
            return
        self._looking = True
        copy = self._copy

        def renew(_progress: Progress) -> bool:
            return copy.renew()

        self._runner.run_task(renew, on_done=self._looked, on_error=self._failed)

    def _looked(self, newer: bool) -> None:
        self._looking = False
        self._problem = ""
        if self._left:
            return
        if newer:
            self.renewed.emit()
        self._say()

    def _failed(self, error: UserError) -> None:
        self._looking = False
        self._problem = str(error)
        if not self._left:
            self._say()

    def _say(self) -> None:
        at, now = self._copy.as_of, self._clock.now()
        today = at.astimezone(self._zone).date() == now.astimezone(self._zone).date()
        parts = [
            f"{age_words(now - at).capitalize()}.",
            "Nothing can be entered here; do that at the computer that keeps the record.",
        ]
        if self._problem:
            parts.append(self._problem)
        if self._copy.noted_here:
            parts.append(
                "The folder takes no notes: what you open is noted on this computer until it does."
            )
        worry = self._problem or self._copy.noted_here or not today
        self.banner.show_message(
            f"Copy for reading, as of {as_of_words(at, now=now, zone=self._zone)}",
            " ".join(parts),
            tone=Tone.WARNING if worry else Tone.INFO,
            dismissable=False,
        )
