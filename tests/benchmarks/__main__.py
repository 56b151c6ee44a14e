"""``make bench``: every ``bench_*.py`` here offers ``BENCHES``; one table and bench.json."""

import argparse
import importlib
import json
import re
import sys
from pathlib import Path

from tests.benchmarks.measure import PAIRS, ROOT, Bench, Figure, NotMeasuredError, measure


def all_benches() -> list[Bench]:
    """Return the rows in the order of their numbers."""
    found = [
        bench
        for path in sorted(Path(__file__).parent.glob("bench_*.py"))
        for bench in importlib.import_module(f"tests.benchmarks.{path.stem}").BENCHES
    ]
    return sorted(found, key=lambda bench: (int(re.match(r"\d+", bench.row)[0]), bench.row))


def as_row(figure: Figure) -> dict[str, object]:
    """Return what is kept of a measured row."""
    bench = figure.bench
    return {
        "row": bench.row,
        "ours": figure.ours,
        "floor": figure.floor,
        "ratio": figure.ratio,
        "target": bench.target,
        "unit": bench.unit,
        "work": bench.work,
        "against": bench.against,
        "pairs": len(figure.pairs),
        "ratio_low": figure.spread[0],
        "ratio_high": figure.spread[1],
        "cpu_ratio": figure.cpu_ratio,
    }


def without_figures(bench: Bench, why: str) -> dict[str, object]:
    """Return what is kept of a row that could not be measured."""
    figures = dict.fromkeys(("ours", "floor", "ratio"))
    return {"row": bench.row, **figures, "target": bench.target, "work": bench.work, "why": why}


def line(row: dict[str, object]) -> str:
    """Return the line of the table."""
    begin = f"{row['row']:>4}  {row['work']:52.52} "
    if "why" in row:
        return f"{begin} not measured: {row['why']}"
    cpu = "" if row["cpu_ratio"] is None else f"{row['cpu_ratio']:.2f}"
    mark = "" if row["ratio"] <= row["target"] else "  above"
    spread = f"{row['ratio_low']:.2f}-{row['ratio_high']:.2f}"
    return (
        f"{begin}{row['ours']:>9.4f} {row['floor']:>9.4f} {row['unit']:2} {row['ratio']:>6.2f} "
        f"{spread:>12} {cpu:>6} {row['target']:>6.2f}{mark}"
    )


def _row(bench: Bench, pairs: int) -> dict[str, object]:
    try:
        return as_row(measure(bench, pairs=pairs))
    except (NotMeasuredError, ImportError, OSError) as error:
        return without_figures(bench, f"{error}")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", help="rows to measure, e.g. 5 10 (default: all)")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs (default: %(default)s)")
    parser.add_argument("--json", type=Path, default=ROOT / "bench.json", help="where to write")
    chosen = parser.parse_args(words)
    print(
        f"{'row':>4}  {'work':52} {'ours':>9} {'floor':>9}    {'ratio':>6} "
        f"{'of pairs':>12} {'cpu':>6} {'target':>6}"
    )
    rows = []
    for bench in all_benches():
        if not chosen.rows or bench.row in chosen.rows:
            rows.append(_row(bench, chosen.pairs))
            print(line(rows[-1]), flush=True)
    chosen.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
