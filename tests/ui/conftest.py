"""The theme, as the program applies it, for every test of a screen or widget."""

import pytest

from scs_trial.ui.theme import Appearance, Theme


@pytest.fixture(scope="session")
def theme(qapp):
    return Theme(qapp, appearance=Appearance.LIGHT)


@pytest.fixture(autouse=True)
def themed(theme):
    yield theme
    if theme.scheme != "light":
        theme.choose(Appearance.LIGHT)


@pytest.fixture
def show(qtbot):
    """Show a widget, give it the focus and return it."""

    def shown(widget):
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        widget.setFocus()
        qtbot.waitUntil((widget.focusProxy() or widget).hasFocus)
        return widget

    return shown
