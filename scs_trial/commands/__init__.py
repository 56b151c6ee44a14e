"""Sub-commands of ``scs-trial``: one module each, imported only when it is asked for.

A module offers ``configure(parser)``, which adds its arguments, and ``run(arguments) -> int``,
which returns the exit code: 0, or `FAULTY` after every fault was written to standard error.
"""

from __future__ import annotations

from typing import NamedTuple

OK = 0
FAULTY = 1
"""The input has faults; each was reported, nothing was done."""
USAGE = 2
"""The command line itself is wrong."""


QUESTIONS = 3
"""The import assistant has open questions; they were written out, nothing was done."""


class Command(NamedTuple):
    """Where a sub-command lives and what it does, in a few words."""

    module: str
    summary: str


COMMANDS: dict[str, Command] = {
    "open": Command("open", "open the window on a record"),
    "demo": Command("demo", "open a made-up clinic with synthetic patients"),
    "evaluate": Command("evaluate", "evaluate the trials of a diary CSV against criteria"),
    "criteria": Command("criteria", "list, show or check criteria files"),
    "import": Command("import_", "import a diary CSV or a case file into a record"),
    "export": Command("export", "write a record's data as CSV, XLSX or case files"),
    "backup": Command("backup", "back a record up; list, check or try out its backups"),
    "restore": Command("restore", "put a backup in the place of a record, or mend a record"),
    "verify": Command("verify", "check that a record is whole, and a printed anchor"),
    "report": Command("report", "write the page of one trial or of many as PDF or text"),
}
