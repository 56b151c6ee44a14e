"""``scs-trial demo``: the window on a made-up clinic."""

from __future__ import annotations

import argparse

_DESCRIPTION = """\
Open a made-up clinic with synthetic patients in every state, in a scratch record that is deleted
when the window is closed. Everything in it is marked as demo.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the help of ``demo``."""
    parser.description = _DESCRIPTION


def run(_arguments: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    from scs_trial.app import main  # noqa: PLC0415  (the window library)

    return main(["--demo"])
