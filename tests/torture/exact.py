"""The exact parts are exact: branch coverage is measured here, mutants by ``make mutation``.

The mutation score is read from what the last ``make mutation`` left in ``mutants/``; where it
left nothing, or the code is newer, the row says so and is not reached.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.torture.promise import Promise, Reached

ROOT = Path(__file__).resolve().parents[2]
LEAST_SCORE = 85
PARTS = {
    "evaluation": (
        *("domain/evaluation", "domain/verdict*", "domain/days", "domain/leaf", "domain/methods"),
        *("domain/rule", "domain/ratio", "domain/numbers", "domain/medication", "domain/summaries"),
    ),
    "audit": ("data/audit*", "data/triggers", "services/verify_record", "domain/anchor"),
    "keys": (
        *("data/keys", "data/key_ring", "data/key_file", "data/slots", "data/slot_format"),
        *("data/pin", "data/way_in"),
    ),
    "authorization": ("services/authorize",),
}
TESTS = ("tests/domain", "tests/services", "tests/data")
_FOUND = {1, 3, 24, 36, 37, 152, 255, -24}
_MISSED = {0, 5, 33}
"""How the tests ended for a mutant, as mutmut keeps it: failed or hung; passed or were none."""


def sources(part: str) -> list[Path]:
    """Return the modules of a part."""
    return sorted(
        {path for pattern in PARTS[part] for path in ROOT.glob(f"scs_trial/{pattern}.py")}
    )


def branch_coverage(folder: Path) -> dict[str, tuple[int, int]]:
    """Run the tests of the exact parts; return covered and possible lines and branches by part.

    Nothing where a test fails.
    """
    report = folder / "coverage.json"
    given = {**os.environ, "COVERAGE_FILE": str(folder / "coverage")}
    cover = ("--cov=scs_trial", "--cov-branch", f"--cov-report=json:{report}")
    tested = [sys.executable, "-m", "pytest", "-q", "-n", "2", *cover, *TESTS]
    if subprocess.run(tested, cwd=ROOT, env=given, capture_output=True, check=False).returncode:
        return {}
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {part: _covered(files, sources(part)) for part in PARTS}


def _covered(files: dict[str, dict], paths: Iterable[Path]) -> tuple[int, int]:
    covered = possible = 0
    for path in paths:
        said = files.get(path.relative_to(ROOT).as_posix(), {}).get("summary")
        if said is None:  # never imported by a test
            possible += 1
            continue
        covered += said["covered_lines"] + said["covered_branches"]
        possible += said["num_statements"] + said["num_branches"]
    return covered, possible


def mutation_score(part: str, root: Path = ROOT) -> tuple[int, int] | None:
    """Return found and all mutants of a part; None where the last run does not tell."""
    found = every = 0
    for path in sources(part):
        kept = root / "mutants" / f"{path.relative_to(ROOT).as_posix()}.meta"
        if not kept.exists():
            continue
        codes = list(json.loads(kept.read_text(encoding="utf-8"))["exit_code_by_key"].values())
        if kept.stat().st_mtime < path.stat().st_mtime or not _FOUND.union(_MISSED) >= set(codes):
            return None  # the code is newer, or the run did not end
        found += sum(code in _FOUND for code in codes)
        every += len(codes)
    return (found, every) if every else None


def run(size: int, seed: int, folder: Path) -> Reached:
    """Measure the coverage and read the score."""
    coverage = branch_coverage(folder)
    if not coverage:
        return Reached(text="not measured: a test of the exact parts fails", held=False)
    said, held = [], True
    for part, (covered, possible) in coverage.items():
        score = mutation_score(part)
        mutants = "not measured, run make mutation"
        if score is not None:
            mutants = f"{100 * score[0] / score[1]:.1f} % of {score[1]:,} mutants"
        said.append(f"{part}: {100 * covered / possible:.1f} % covered, {mutants}")
        held &= covered == possible and score is not None
        held &= score is not None and 100 * score[0] >= LEAST_SCORE * score[1]
    return Reached(text="; ".join(said), held=held)


PROMISE = Promise(
    name="exact",
    words="the exact parts are exact",
    figure="100 % branch coverage and a mutation score of 85 % or more in evaluation, audit, keys,"
    " authorization",
    full=1,
    short=1,
    run=run,
)
