"""Import modules without PySide6 reading the source of each one.

PySide6 looks through the source text of every module that is imported after it, for the switchable
names of its ``__feature__`` (``snake_case``, ``true_property``). This program switches nothing. To
read and split the sources of SQLAlchemy, numpy and pyqtgraph for that takes longer than to load
them, so each module is told apart by its name instead: ours use PySide6, others are left alone.

Importing this module is enough; where a later PySide6 has no such look, nothing is changed.
"""

from __future__ import annotations

import sys
from types import ModuleType

_FEATURE = "shibokensupport.feature"
_LOOK = "_mod_uses_pyside"


def uses_pyside(module: ModuleType) -> bool:
    """Return whether a module may be switched: one of this program, or of PySide6 itself."""
    name = getattr(module, "__name__", "")
    return name.partition(".")[0] in {"scs_trial", "PySide6"}


def skip_source_reading() -> bool:
    """Put the look at the name in place of the look at the source; True where that was done."""
    feature = sys.modules.get(_FEATURE)
    if not callable(getattr(feature, _LOOK, None)):
        return False
    setattr(feature, _LOOK, uses_pyside)
    return True


skip_source_reading()
