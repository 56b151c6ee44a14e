"""The frame of the window: rail, panes, status line, user corner."""
