"""Work in the background: values in, values out, no widget touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from scs_trial.errors import CancelledError, UserError
from scs_trial.logging_setup import log_defect

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Progress:
    """What a task is given to tell how far it is and to learn that it should stop."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._cancelled = False

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the task is.

        Raises
        ------
        CancelledError
            When the person has cancelled: reporting is where a task may stop.
        """
        if self._cancelled:
            raise CancelledError
        self._tell(done, total, text)

    def cancel(self) -> None:
        """Ask the task to stop at its next report."""
        self._cancelled = True


class Task(QObject):
    """A task under way; made by a `TaskRunner`."""

    progressed = Signal(int, int, str)
    """Done, total, text."""
    finished = Signal()

    def __init__(
        self,
        title: str,
        parent: QObject | None,
        *,
        on_done: Callable[[Any], None],
        on_error: Callable[[UserError], None],
        progress: Progress | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.progress = progress or Progress(self.progressed.emit)
        self._on_done = on_done
        self._on_error = on_error

    def cancel(self) -> None:
        """Ask the task to stop; it ends with a `CancelledError`."""
        self.progress.cancel()

    def deliver(self, outcome: object) -> None:
        """Pass the outcome on in the current thread."""
        try:
            if isinstance(outcome, _Done):
                self._on_done(outcome.value)
            elif isinstance(outcome, UserError):
                self._on_error(outcome)
        finally:
            self.finished.emit()


class TaskRunner(Protocol):
    """Runs tasks; screens take one as a constructor argument."""

    def run_task(
        self,
        fn: Callable[[Progress], T],
        *,
        on_done: Callable[[T], None],
        on_error: Callable[[UserError], None],
        title: str = "",
    ) -> Task:
        """Run a function and pass what it returns, or why it failed, to the caller's thread.

        Parameters
        ----------
        fn
            Gets a `Progress`; touches no widget and no session of another thread.
        on_done
            Called with the result.
        on_error
            Called with the reason; a defect has been logged and carries its reference number.
        title
            What the task does, for the progress display.
        """
        ...


class ImmediateRunner:
    """Runs a task at once, in the caller's thread: for tests."""

    def run_task(
        self,
        fn: Callable[[Progress], T],
        *,
        on_done: Callable[[T], None],
        on_error: Callable[[UserError], None],
        title: str = "",
    ) -> Task:
        """Run the function at once; see `TaskRunner`."""
        task = Task(title, None, on_done=on_done, on_error=on_error)
        task.deliver(_outcome(fn, task.progress))
        return task


class ThreadRunner(QObject):
    """Runs tasks in threads and delivers in the thread of this object.

    A thread knows its task by number alone: were it to hold the task, it could be the last to let
    go of it, and with it of the widgets that wait for the result.
    """

    task_started = Signal(Task)
    _ended = Signal(int, object)
    _progressed = Signal(int, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._tasks: dict[int, Task] = {}
        self._numbers = count()
        # Queued: the slots run in the thread of this object, whichever thread emits.
        self._ended.connect(self._on_task_ended, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._on_task_progressed, Qt.ConnectionType.QueuedConnection)

    def run_task(
        self,
        fn: Callable[[Progress], T],
        *,
        on_done: Callable[[T], None],
        on_error: Callable[[UserError], None],
        title: str = "",
    ) -> Task:
        """Run the function in a thread; see `TaskRunner`."""
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  (start-up time)

            self._executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="task")
        number = next(self._numbers)
        progress = Progress(partial(self._progressed.emit, number))
        task = Task(title, None, on_done=on_done, on_error=on_error, progress=progress)
        self._tasks[number] = task
        future = self._executor.submit(_outcome, fn, progress)
        future.add_done_callback(partial(self._pass_on, number))
        self.task_started.emit(task)
        return task

    def _pass_on(self, number: int, future: Future[object]) -> None:
        """Send the outcome to the thread of this object; called from any thread."""
        if not future.cancelled():
            self._ended.emit(number, future.result())

    @Slot(int, object)
    def _on_task_ended(self, number: int, outcome: object) -> None:
        self._tasks.pop(number).deliver(outcome)

    @Slot(int, int, int, str)
    def _on_task_progressed(self, number: int, done: int, total: int, text: str) -> None:
        if number in self._tasks:
            self._tasks[number].progressed.emit(done, total, text)

    def shut_down(self) -> None:
        """Wait for running tasks; call before the record is closed."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


class _Done:
    """A result, told apart from an error that was returned as a value."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _outcome(fn: Callable[[Progress], Any], progress: Progress) -> object:
    try:
        return _Done(fn(progress))
    except UserError as error:
        return error
    except Exception as error:  # a defect must not vanish in a thread
        reference = log_defect(type(error), error, error.__traceback__)
        return UserError(
            f"Something went wrong in the program (reference {reference}).",
            "Nothing was saved by this step. Try again; report the reference if it stays.",
        )
