"""``python -m scs_trial`` is the command line ``scs-trial``."""

from __future__ import annotations

from scs_trial.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
