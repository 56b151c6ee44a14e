"""Scripts that are run in a process of their own."""

BARE_WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)

app = QApplication([])
window = Window()
window.show()
app.exec()
print(time.monotonic() - float(sys.argv[1]))
"""
"""The least that a program with a window can do."""

EAGER_PLOT = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
import sqlalchemy.orm

class Plot(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)

app = QApplication([])
window = QMainWindow()
window.setCentralWidget(Plot())
window.show()
app.exec()
print(time.monotonic() - float(sys.argv[1]))
"""
"""A naive program: it imports everything at once and shows an empty plot."""

EAGER_PLOT_MEMORY = (
    EAGER_PLOT
    + """
pages = int(open("/proc/self/statm").read().split()[1])
print(pages * 4096 / 1e6)
"""
)

STRETCH = """
import time
from argon2.low_level import Type, hash_secret_raw

started = time.monotonic()
hash_secret_raw(b"a long enough phrase for the bench", b"0123456789abcdef", time_cost=3,
    memory_cost=64 * 1024, parallelism=4, hash_len=32, type=Type.ID)
print(time.monotonic() - started)
"""
"""Argon2id at the shipped parameters, once."""

PANDAS = """
import sys
import pandas

rows = pandas.read_csv(sys.argv[1])
means = rows.groupby(["patient", "trial_start", "phase"])["pain_average"].mean().unstack()
means["percent"] = 100 * (means["baseline"] - means["trial"]) / means["baseline"]
means["met"] = means["percent"] >= 50
means.reset_index().to_json(sys.stdout, orient="records")
"""
"""Means, percent and flag of every trial, in binary fractions and by one method."""
