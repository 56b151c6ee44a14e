import logging
import threading

import pytest

from scs_trial.errors import CancelledError, UserError
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner


@pytest.fixture(params=["immediate", "thread"])
def runner(request, qtbot):
    if request.param == "immediate":
        yield ImmediateRunner()
        return
    threads = ThreadRunner()
    yield threads
    threads.shut_down()


def test_that_a_result_comes_back_in_the_callers_thread(qtbot, runner):
    got = []

    def take(value):
        got.append((value, threading.current_thread()))

    runner.run_task(lambda progress: 6 * 7, on_done=take, on_error=pytest.fail)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(42, threading.current_thread())]


def test_that_an_error_of_the_user_comes_back_as_it_is(qtbot, runner):
    got = []

    def fn(progress):
        raise UserError("The disk is full.", "Make room.")

    runner.run_task(fn, on_done=pytest.fail, on_error=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert str(got[0]) == "The disk is full. Make room."


def test_that_a_defect_is_logged_without_its_text(qtbot, runner, caplog):
    got = []

    def fn(progress):
        raise RuntimeError("Okafor, Grace")

    with caplog.at_level(logging.ERROR, "scs_trial"):
        runner.run_task(fn, on_done=pytest.fail, on_error=got.append)
        qtbot.waitUntil(lambda: bool(got))
    assert "reference" in got[0].what
    assert "RuntimeError" in caplog.text
    assert "Okafor" not in caplog.text + str(got[0])
    assert any(
        record.getMessage().split()[1].rstrip(":") in got[0].what for record in caplog.records
    )


def test_that_a_cancelled_task_stops_at_its_next_report(qtbot):
    threads = ThreadRunner()
    reached, go = threading.Event(), threading.Event()
    told, got = [], []

    def fn(progress):
        progress.report(1, 3, "one")
        reached.set()
        assert go.wait(5)
        progress.report(2, 3, "two")

    task = threads.run_task(fn, on_done=pytest.fail, on_error=got.append, title="Export")
    task.progressed.connect(lambda *step: told.append(step))
    assert reached.wait(5)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(got))
    threads.shut_down()
    assert isinstance(got[0], CancelledError)
    assert (2, 3, "two") not in told


def test_that_shutting_down_drops_what_has_not_begun_quietly(qtbot, caplog):
    threads = ThreadRunner()
    go = threading.Event()
    got = []
    for _ in range(4):  # two run, two wait
        threads.run_task(lambda progress: go.wait(5), on_done=got.append, on_error=got.append)
    threading.Timer(0.05, go.set).start()
    threads.shut_down()
    assert not caplog.records
    qtbot.waitUntil(lambda: len(got) == 2)
    assert got == [True, True]
