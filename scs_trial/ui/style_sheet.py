"""Spacing and frames of Qt's own widgets; every colour is a role of the palette."""

from __future__ import annotations

SPACING = """
QMenuBar { padding: 2px 6px; background: palette(base);
    border-bottom: 1px solid palette(midlight); }
QMenuBar::item { padding: 6px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: palette(alternate-base); }
QToolTip { padding: 4px 6px; border: 1px solid palette(mid); }
QPushButton, QToolButton[kind="button"] {
    padding: 6px 14px; border: 1px solid palette(mid); border-radius: 6px;
    background: palette(base); color: palette(text); }
QPushButton:hover { background: palette(alternate-base); }
QPushButton:pressed { background: palette(midlight); }
QPushButton:checked { background: palette(highlight); color: palette(highlighted-text);
    border-color: palette(highlight); }
QPushButton:focus { border: 2px solid palette(highlight); padding: 5px 13px; }
QPushButton:disabled { color: palette(placeholder-text); border-color: palette(midlight); }
QPushButton[kind="primary"] {
    background: palette(highlight); color: palette(highlighted-text);
    border-color: palette(highlight); font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 2px solid palette(text); }
QPushButton[kind="primary"]:disabled {
    background: palette(midlight); color: palette(placeholder-text);
    border-color: palette(midlight); }
QLineEdit, QPlainTextEdit, QComboBox {
    padding: 6px 8px; border: 1px solid palette(mid); border-radius: 6px;
    background: palette(base); }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {
    border: 2px solid palette(highlight); padding: 5px 7px; }
QComboBox::drop-down { border: none; width: 20px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: palette(base); }
QCalendarWidget QToolButton { color: palette(text); padding: 3px 8px; border-radius: 4px; }
QCalendarWidget QToolButton:hover { background: palette(alternate-base); }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCheckBox { spacing: 7px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid palette(mid);
    border-radius: 3px; background: palette(base); }
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: palette(highlight); }
QCheckBox::indicator:checked { background: palette(highlight); border-color: palette(highlight);
    image: url("@TICK@"); }
QCheckBox::indicator:disabled { border-color: palette(midlight); }
QCheckBox:focus { color: palette(highlight); }
QRadioButton { spacing: 7px; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid palette(mid);
    border-radius: 7px; background: palette(base); }
QRadioButton::indicator:focus, QRadioButton::indicator:hover { border-color: palette(highlight); }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 4px solid palette(highlight);
    background: palette(base); }
QRadioButton:focus { color: palette(highlight); }
QListWidget { border: 1px solid palette(midlight); border-radius: 6px; background: palette(base);
    padding: 3px; }
QListWidget::item { padding: 5px 7px; border-radius: 4px; color: palette(text); }
QListWidget::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QStatusBar { padding: 2px 8px; background: palette(base);
    border-top: 1px solid palette(midlight); }
QStatusBar::item { border: none; }
QSplitter::handle { background: palette(midlight); }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { width: 10px; margin: 0; background: transparent; }
QScrollBar:horizontal { height: 10px; margin: 0; background: transparent; }
QScrollBar::handle { background: palette(mid); border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
