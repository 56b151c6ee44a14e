"""Measure every promise of the record and print a table: promise, figure, reached."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.torture.promise import Promise, Reached
from tests.torture.promises import PROMISES

ROOT = Path(__file__).resolve().parents[2]
OUTCOME = ROOT / "torture.json"


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when every promise that was measured is kept."""
    given = _parser().parse_args(arguments)
    chosen = [held for held in PROMISES if not given.only or held.name in given.only]
    print(f"seed {given.seed}; the same seed makes the same faults again", flush=True)
    rows = []
    for promise in chosen:
        size = given.size or (promise.short if given.short else promise.full)
        print(f"{promise.name} ...", end=" ", flush=True)
        began = time.monotonic()
        reached = measure(promise, size, given.seed)
        seconds = time.monotonic() - began
        print(f"{'reached' if reached.held else 'NOT REACHED'} ({seconds:.0f} s)", flush=True)
        rows.append((promise, reached, seconds))
    print("\n" + table([(promise, reached) for promise, reached, _ in rows]))
    given.json.write_text(_as_json(rows, given.seed), encoding="utf-8")
    return int(not all(reached.held for _, reached, _ in rows))


def measure(promise: Promise, size: int, seed: int) -> Reached:
    """Run a harness in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        return promise.run(size, seed, Path(folder))


def table(rows: Sequence[tuple[Promise, Reached]]) -> str:
    """Return the table as Markdown, so that it can be pasted as it is."""
    lines = ["| promise | figure | reached | |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {promise.words} | {promise.figure} | {reached.text} |"
        f" {'yes' if reached.held else 'NO'} |"
        for promise, reached in rows
    ]
    return "\n".join(lines)


def _as_json(rows: Sequence[tuple[Promise, Reached, float]], seed: int) -> str:
    held = [
        {
            "name": promise.name,
            "promise": promise.words,
            "figure": promise.figure,
            "reached": reached.text,
            "held": reached.held,
            "seconds": round(seconds, 1),
        }
        for promise, reached, seconds in rows
    ]
    return json.dumps({"seed": seed, "promises": held}, indent=1) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    names = [promise.name for promise in PROMISES]
    parser.add_argument("--short", action="store_true", help="sizes that take seconds")
    parser.add_argument(
        "--only", action="append", choices=names, metavar="NAME", help=f"one of {', '.join(names)}"
    )
    parser.add_argument("--size", type=int, help="another size for what is measured")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--json", type=Path, default=OUTCOME, help="the figures for a program")
    return parser


if __name__ == "__main__":
    sys.exit(main())
