"""The plot of a trial's course. ``strip_plot`` imports pyqtgraph: load it after the first paint."""
