"""A process behind the shim that does one deed after another, each in a fork and on its own files.

``python -m tests.faults.worker`` reads a `Task` in each line and answers each with one of `Done`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from scs_trial.errors import UserError
from tests.faults import shim, unsafe
from tests.faults.deeds import DEEDS
from tests.faults.desk import Desk

NEXT = 90
"""Day number of the check-in that is saved after the fault."""
LONGEST_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A deed with a fault; ``number`` 0 plants none. Without ``record`` a template is made.

    ``log`` takes every operation, with a mark for everything that was acknowledged.
    """

    deed: str
    folder: str
    record: str = ""
    number: int = 0
    fault: int = 0
    all_after: bool = False
    unsafe: str = ""
    log: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a task.

    ``refused`` holds the class and the words of the refusal, ``defect`` anything else that was
    raised, ``after`` what hindered the program from saving afterwards.
    """

    said: list[tuple[str, str]]
    counts: dict[str, int]
    points: int = 0
    hit: str = ""
    refused: tuple[str, str] | None = None
    defect: str = ""
    after: str = ""
    record: str = ""


class Worker:
    """The other end: starts the process, gives it tasks."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker"],
            env=shim.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait(timeout=LONGEST_SECONDS)

    def do(self, task: Task) -> Done:
        """Have one task done."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(task)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        found = json.loads(line)
        return Done(**found | {"said": [tuple(one) for one in found["said"]]})


def main() -> None:
    """Answer every task of the standard input."""
    for line in sys.stdin:
        task = Task(**json.loads(line))
        if task.record:
            _answer_in_a_fork(task)
        else:
            _answer(_make(task))


def _make(task: Task) -> Done:
    said: list[tuple[str, str]] = []
    path = DEEDS[task.deed].template(Path(task.folder), lambda *one: said.append(one))
    return Done(said=said, counts={}, record=str(path))


def _answer(done: Done, to: int = 1) -> None:
    with os.fdopen(os.dup(to), "wb") as stream:
        stream.write(json.dumps(asdict(done)).encode() + b"\n")


def _answer_in_a_fork(task: Task) -> None:
    """Do a task in a fork; answer when it has ended and let go of its files."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        signal.alarm(LONGEST_SECONDS)
        try:
            _answer(_do(task), theirs)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        answer = stream.read()
    _, status = os.waitpid(child, 0)
    if not answer:
        _answer(Done(said=[], counts={}, defect=f"the process ended with {status}"))
    with os.fdopen(os.dup(1), "wb") as stream:
        stream.write(answer)


def _do(task: Task) -> Done:
    unsafe.VARIANTS[task.unsafe]()
    said: list[tuple[str, str]] = []
    deed, between = DEEDS[task.deed], shim.Shim()
    between.watch(Path(task.folder))
    early = task.unsafe == unsafe.TOO_EARLY

    def say(kind: str, which: str) -> None:
        said.append((kind, which))
        between.mark(f"{kind} {which}")

    desk = Desk(Path(task.record), say, too_early=early)
    deed.before(desk)
    between.log(Path(task.log) if task.log else None)
    between.arm(task.number, shim.Fault(task.fault), all_after=task.all_after)
    refused, defect = _tried(deed.act, desk)
    points = between.disarm()
    between.log(None)
    hit, counts = between.hit(), between.counts()
    after = "" if task.log or early else _after(desk, deed.again if refused else None)
    return Done(
        said=said,
        counts=counts,
        points=points,
        hit=hit,
        refused=refused,
        defect=defect,
        after=after,
    )


def _tried(act: Callable[[Desk], None], desk: Desk) -> tuple[tuple[str, str] | None, str]:
    """Return how something was refused, and what was raised that is no refusal."""
    try:
        act(desk)
    except UserError as error:
        said = f"{error.what} {error.to_do}" if error.what and error.to_do else ""
        return (type(error).__name__, said), ""
    except Exception:  # whatever it is, it is what the harness looks for
        return None, traceback.format_exc()
    return None, ""


def _after(desk: Desk, again: Callable[[Desk], None] | None) -> str:
    """Go on in the same program, now that the disk works again; return what hindered it."""

    def go_on(desk: Desk) -> None:
        if not desk.is_open:
            desk.open()
        if again is not None:
            again(desk)
        desk.save(NEXT)
        desk.close()

    refused, defect = _tried(go_on, desk)
    return defect or (f"{refused[0]}: {refused[1]}" if refused else "")


if __name__ == "__main__":
    main()
