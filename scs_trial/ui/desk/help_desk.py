"""Help by page, the key list and About."""

from __future__ import annotations

from collections.abc import Callable

from scs_trial.ui.check_in.pane_keys import key_list
from scs_trial.ui.help.about import about_page
from scs_trial.ui.help.text_page import help_page
from scs_trial.ui.key_list import KeyList
from scs_trial.ui.main_window import MainWindow


class HelpDesk:
    """Opens what is to be read.

    Parameters
    ----------
    window
        Knows the keys of the commands.
    record_text, record_path
        How About calls the record.
    """

    def __init__(self, window: MainWindow, *, record_text: str, record_path: str) -> None:
        self._window = window
        self._record = (record_text, record_path)

    def open_page(self, topic: Callable[[], str]) -> None:
        """Open the help of the page that is in front."""
        help_page(topic(), self._window).open()

    def open_keys(self) -> None:
        """List every key, of the window and of the check-in."""
        KeyList((*self._window.commands.keys(), *key_list()), self._window).open()

    def open_about(self) -> None:
        """Open About with the intended use."""
        text, path = self._record
        about_page(record_kind=text, record_path=path, parent=self._window).open()
