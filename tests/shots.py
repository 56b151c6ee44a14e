"""Draws every registered screen into shots/: two sizes, light and dark.

A module ``tests/ui/**/shots_*.py`` registers screens in ``SHOTS``, a dictionary of name and a
function without arguments that makes the widget. ``python -m tests.shots today`` draws those
whose name holds a word.
"""

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from scs_trial.ui.theme import Appearance, Theme

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "shots"
SIZES = ((1440, 900), (1280, 720))
APPEARANCES = (Appearance.LIGHT, Appearance.DARK)
SETTLE_MS = 80

Make = Callable[[], QWidget]


def registered() -> dict[str, Make]:
    """Return every screen by name; a name that is taken twice is an error."""
    found: dict[str, Make] = {}
    for path in sorted((ROOT / "tests" / "ui").rglob("shots_*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for screen, make in importlib.import_module(name).SHOTS.items():
            assert screen not in found, f"two screens are called {screen}"
            found[screen] = make
    return found


def settle(milliseconds: int = SETTLE_MS) -> None:
    """Let layouts, plots and timers come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def draw(make: Make, path: Path, size: tuple[int, int]) -> None:
    """Draw one screen into a file."""
    widget = make()
    popup = widget.windowType() is Qt.WindowType.Popup
    if not popup and not isinstance(widget, QDialog):
        widget.resize(*size)
    widget.show()
    settle()
    widget.grab()  # the plots load after the first paint
    settle()
    assert widget.grab().save(str(path)), path
    widget.close()
    widget.deleteLater()
    settle(0)


def main(words: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    theme = Theme(app)
    FOLDER.mkdir(exist_ok=True)
    screens = {n: m for n, m in registered().items() if not words or any(w in n for w in words)}
    for appearance in APPEARANCES:
        theme.choose(appearance)
        for name, make in screens.items():
            for width, height in SIZES:
                path = FOLDER / f"{name}_{width}x{height}_{appearance}.png"
                draw(make, path, (width, height))
                print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
