"""One safety event."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget


class SafetyEventDialog(QDialog):
    """Stub."""

    stored = Signal()

    def __init__(
        self,
        session: object,
        *,
        patient: object,
        trial_id: object,
        event: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
