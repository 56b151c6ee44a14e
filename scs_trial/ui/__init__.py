"""The window: screens, widgets, plots, theme."""
