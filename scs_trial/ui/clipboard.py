"""What this program puts on the clipboard, and takes from it again when it is locked."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

_MARK = "application/x-scs-trial-record"
"""Tells our own content on platforms that do not say whose it is."""
_KEEP_OUT = {
    _MARK: b"1",
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
}
"""Asks clipboard histories (KDE, Windows) not to keep or synchronise what was copied."""


def copy_record_text(text: str) -> None:
    """Put text of the record on the clipboard, and ask that no history keeps it."""
    data = QMimeData()
    data.setText(text)
    for form, value in _KEEP_OUT.items():
        data.setData(form, value)
    QGuiApplication.clipboard().setMimeData(data)


def clear_own_clipboard() -> None:
    """Empty the clipboard where this program filled it; another program's content stays."""
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if _is_ours(clipboard, mode):
            clipboard.clear(mode)


def _is_ours(clipboard: QClipboard, mode: QClipboard.Mode) -> bool:
    if mode is QClipboard.Mode.Selection:
        return clipboard.supportsSelection() and clipboard.ownsSelection()
    data: QMimeData | None = clipboard.mimeData(mode)
    return clipboard.ownsClipboard() or (data is not None and data.hasFormat(_MARK))
