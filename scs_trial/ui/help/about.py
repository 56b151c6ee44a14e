"""About: version, intended use, licences, where the record lies, diagnostics to copy."""

from __future__ import annotations

import platform
import sys
from functools import partial

from PySide6 import __version__ as pyside_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from scs_trial import __version__
from scs_trial.paths import resources
from scs_trial.ui.help.text_page import TextPage


def about_page(*, record_kind: str, record_path: str, parent: QWidget | None = None) -> TextPage:
    """Return the About page.

    Parameters
    ----------
    record_kind
        e.g. ``"encrypted file"``.
    record_path
        Where the record lies; shown, and left out of the diagnostics.
    """
    intended = resources("help", "intended_use.txt").read_text(encoding="utf-8").strip()
    page = TextPage(
        "about",
        f"SCS Trial {__version__}",
        (
            intended,
            "Provides technical safeguards that help you meet HIPAA 164.312 and GDPR Art. 32.",
            f"Record: {record_kind}, {record_path}",
            "SCS Trial is free software under the Apache License 2.0. It uses Qt and PySide6 under"
            " the GNU Lesser General Public License, version 3; the libraries can be replaced. The"
            " font Inter is under the SIL Open Font License, the Lucide icons under the ISC"
            " License; their texts lie beside them in the program's resources.",
            diagnostics(record_kind),
        ),
        parent,
    )
    copy = QPushButton("Copy diagnostics")
    copy.setObjectName("about.copy")
    copy.setAccessibleName("Copy diagnostics, without patient data")
    copy.clicked.connect(partial(_copy, diagnostics(record_kind)))
    page.buttons.insertWidget(0, copy)
    return page


def diagnostics(record_kind: str) -> str:
    """Return what helps to find a fault: versions only, no path and no patient data."""
    return (
        f"scs-trial {__version__}, Python {platform.python_version()}, PySide6 {pyside_version},"
        f" {sys.platform} {platform.machine()}, {record_kind}"
    )


def _copy(text: str, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(text)
