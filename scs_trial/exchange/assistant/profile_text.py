"""A site profile as a TOML text, to take to another record; ``--options`` reads it."""

from __future__ import annotations

import json

from scs_trial.exchange.assistant.prepared import Profile


def profile_text(profile: Profile) -> str:
    """Return a profile as TOML: its name, the header it is for, and every answer."""
    lines = [
        "# Import profile of SCS Trial: how a kind of file is read. It names no patient.",
        f"name = {quoted(profile.name)}",
        f"fingerprint = {quoted(profile.fingerprint)}",
        "",
        "[answers]",
        *(f"{quoted(key)} = {quoted(held)}" for key, held in sorted(profile.answers.items())),
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a TOML string: JSON's escapes are TOML's, but for DEL and lone surrogates."""
    spelled = json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False)
    return spelled.replace("\x7f", "\\u007f")
