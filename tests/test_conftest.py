"""The fixtures that watch every test catch what they are there for."""

import textwrap

import pytest

pytest_plugins = ["pytester"]

LEFT_OVER = {
    "a window": """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test_it(qtbot):
            kept.append(QWidget())
            kept[0].show()
    """,
    "a timer": """
        from PySide6.QtCore import QTimer
        kept = []
        def test_it(qtbot):
            kept.append(QTimer())
            kept[0].start(10_000)
    """,
    "a thread": """
        import threading
        go = threading.Event()
        def test_it():
            threading.Thread(target=go.wait, args=(20,)).start()
        def teardown_module():
            go.set()
    """,
    "a connection": """
        import socket
        def test_it():
            socket.create_connection(("192.0.2.1", 80), timeout=1)
    """,
    "a Qt warning": """
        from PySide6.QtCore import qWarning
        def test_it(qtbot):
            qWarning("something is wrong")
    """,
    "a Python warning": """
        import warnings
        def test_it():
            warnings.warn("old")
    """,
}


@pytest.mark.parametrize("fault", sorted(LEFT_OVER))
def test_that_a_careless_test_fails(pytester, request, fault):
    root = request.config.rootpath
    pytester.makeconftest((root / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyprojecttoml((root / "pyproject.toml").read_text(encoding="utf-8"))
    pytester.makepyfile(textwrap.dedent(LEFT_OVER[fault]))
    done = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", ".")
    outcomes = done.parseoutcomes()
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) == 1, outcomes


def test_that_a_careful_test_passes(pytester, request):
    root = request.config.rootpath
    pytester.makeconftest((root / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyprojecttoml((root / "pyproject.toml").read_text(encoding="utf-8"))
    pytester.makepyfile(
        textwrap.dedent(
            """
            from PySide6.QtCore import QTimer
            from PySide6.QtWidgets import QWidget
            def test_it(qtbot, any_locale, any_time_zone):
                widget = QWidget()
                qtbot.addWidget(widget)
                timer = QTimer(widget)
                timer.start(10_000)
                widget.show()
            """
        )
    )
    done = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", ".")
    assert done.parseoutcomes() == {"passed": 9}
