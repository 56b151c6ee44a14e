"""The question before an import is taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from scs_trial.ui.prompts import Prompts


def ask_why_back(prompts: Prompts, on_answer: Callable[[str | None], None]) -> None:
    """Say what taking an import back does, and ask for the reason; None when it is not wanted."""
    prompts.ask_text(
        _tr("Take this import back"),
        _tr("What it made is marked as entered in error; what it changed is restored."),
        label=_tr("Reason"),
        yes=_tr("Take it back"),
        on_answer=on_answer,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("TakingBack", text)
