"""Backups in the window: triggers, list, drill, restore."""
