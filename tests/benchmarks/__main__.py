"""``make bench``: every ``bench_*.py`` here offers ``BENCHES``; one table and bench.json."""

import importlib
import json
import sys
from pathlib import Path

from tests.benchmarks.measure import ROOT, Figure, measure


def _figure(bench) -> Figure | None:
    try:
        return measure(bench)
    except (RuntimeError, OSError) as error:
        print(f"{bench.number:>4}  {bench.work}: not measured\n{error}", file=sys.stderr)
        return None


def main(words: list[str]) -> int:
    print(f"{'#':>4}  {'work':44} {'ours':>10} {'floor':>10} {'ratio':>7} {'target':>7}")
    rows = []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        for bench in importlib.import_module(f"tests.benchmarks.{path.stem}").BENCHES:
            if words and bench.number not in words:
                continue
            figure = _figure(bench)
            if figure is None:
                continue
            mark = "" if figure.ratio <= bench.target else "  above target"
            print(
                f"{bench.number:>4}  {bench.work:44.44} {figure.ours:>8.4f} {bench.unit} "
                f"{figure.floor:>8.4f} {bench.unit} {figure.ratio:>7.2f} {bench.target:>7.2f}{mark}"
            )
            rows.append(
                {
                    "number": bench.number,
                    "work": bench.work,
                    "against": bench.against,
                    "unit": bench.unit,
                    "ours": figure.ours,
                    "floor": figure.floor,
                    "ratio": figure.ratio,
                    "target": bench.target,
                }
            )
    (ROOT / "bench.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
