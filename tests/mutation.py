"""Plant small faults in the exact parts, run the tests that reach them, print the score by group.

``python -m tests.mutation run keys`` plants them in one group (``scs_trial.data.pin*``: in one
module; nothing named: everywhere; a number: so many at a time). ``python -m tests.mutation`` prints
the scores of what was run.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

FLOOR = 85
MUTANTS = Path("mutants")
GROUPS = {
    "evaluation": (
        "scs_trial.domain.*",
        "scs_trial.exchange.*",
    ),
    "audit": (
        "scs_trial.data.audit",
        "scs_trial.data.audit_search",
        "scs_trial.data.triggers",
        "scs_trial.domain.anchor",
        "scs_trial.domain.canonical",
        "scs_trial.services.verify_record",
    ),
    "keys": (
        "scs_trial.data.key_file",
        "scs_trial.data.key_ring",
        "scs_trial.data.keys",
        "scs_trial.data.pin",
        "scs_trial.data.rekey",
        "scs_trial.data.slot_format",
        "scs_trial.data.slots",
        "scs_trial.data.way_in",
    ),
    "authorization": (
        "scs_trial.data.tries",
        "scs_trial.services.accounts",
        "scs_trial.services.authorize",
        "scs_trial.services.break_glass",
        "scs_trial.services.door",
        "scs_trial.services.emergency",
        "scs_trial.services.log_in",
        "scs_trial.services.own_keys",
        "scs_trial.services.session",
    ),
}
"""The modules of each group; a module that is named is not counted by a pattern of another."""


def main(arguments: list[str]) -> int:
    """Run or print; return 1 when a group that was run lies under the floor."""
    if arguments and arguments[0] == "run":
        _run(arguments[1:])
    return _print_scores(_scores())


def group_of(module: str) -> str:
    """Return the group of a module, by its own name before a pattern."""
    for name, modules in GROUPS.items():
        if module in modules:
            return name
    found = (name for name, given in GROUPS.items() if any(fnmatch(module, m) for m in given))
    return next(found, "other")


def _run(wanted: list[str]) -> None:
    from mutmut.__main__ import cli

    _plant_in_use_cases()
    sys.modules.pop("tests", None)  # the run imports the copy in mutants/, not this one
    jobs = [word for word in wanted if word.isdigit()][:1] or ["2"]
    patterns = [
        pattern
        for word in wanted
        if not word.isdigit()
        for pattern in ([f"{m}.*" for m in GROUPS[word]] if word in GROUPS else [word])
    ]
    cli(["run", "--max-children", *jobs, *patterns], standalone_mode=False)


def _plant_in_use_cases() -> None:
    """Let faults be planted in functions under ``@allowed(...)``, which mutmut passes over.

    That decorator may be applied twice without harm, so the copies may carry it too.
    """
    import libcst as cst
    from mutmut.mutation import file_mutation

    visitor = file_mutation.MutationVisitor
    skips = visitor._skip_node_and_children

    def skip(self: file_mutation.MutationVisitor, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and [*map(_called, node.decorators)] == ["allowed"]:
            return False
        return bool(skips(self, node))

    def _called(decorator: cst.Decorator) -> str:
        call = decorator.decorator
        named = isinstance(call, cst.Call) and isinstance(call.func, cst.Name)
        return call.func.value if named else ""

    visitor._skip_node_and_children = skip  # type: ignore[method-assign]


def _scores() -> dict[str, Counter[str]]:
    """Return what became of the mutants of each module: found, missed, or not run."""
    scores: dict[str, Counter[str]] = {}
    for path in sorted(MUTANTS.rglob("*.py.meta")):
        module = ".".join(path.relative_to(MUTANTS).with_suffix("").with_suffix("").parts)
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        scores[module] = Counter(map(_fate, codes))
    return scores


def _fate(code: int | None) -> str:
    if code is None:
        return "not run"
    return "missed" if code in {0, 5, 33, 34} else "found"  # survived, or no test reaches it


def _print_scores(scores: dict[str, Counter[str]]) -> int:
    low = False
    for group in (*GROUPS, "other"):
        held = {name: found for name, found in scores.items() if group_of(name) == group}
        total = sum(held.values(), Counter[str]())
        if not total["found"] + total["missed"]:
            continue
        print(_line(group, total))
        for module, found in held.items():
            if found:
                print(_line(f"  {module.removeprefix('scs_trial.')}", found))
        low |= 100 * total["found"] < FLOOR * (total["found"] + total["missed"])
    return int(low)


def _line(name: str, fates: Counter[str]) -> str:
    run = fates["found"] + fates["missed"]
    score = f"{100 * fates['found'] / run:5.1f} %" if run else "      -"
    rest = f", {fates['not run']} not run" if fates["not run"] else ""
    return f"{name:<32} {score}  {fates['found']} of {run}{rest}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
