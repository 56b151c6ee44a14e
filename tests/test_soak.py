"""Guards the choice of PySide6: 6.12.0 loses a reference to None and True on ordinary calls."""

import sys

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QLabel, QWidget

TURNS = 20_000
SLACK = 2_000


def test_that_reference_counts_stay_level_over_twenty_thousand_turns(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel(window)
    window.show()
    loop = QEventLoop()
    turns = 0

    def turn() -> None:
        nonlocal turns
        turns += 1
        label.setText(str(turns))
        label.setVisible(not label.isVisible())
        window.isVisible()
        window.update()
        if turns == TURNS:
            timer.stop()
            loop.quit()

    timer = QTimer(window)
    timer.setInterval(0)
    timer.timeout.connect(turn)
    before = [sys.getrefcount(value) for value in (None, True, False)]
    timer.start()
    loop.exec()
    after = [sys.getrefcount(value) for value in (None, True, False)]
    assert turns == TURNS
    # Immortal from Python 3.12 on: the counts are then constants.
    drift = [abs(b - a) for a, b in zip(before, after, strict=True)]
    assert max(drift) < SLACK, drift
