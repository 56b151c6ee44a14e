"""A printed anchor: where the audit trail stood when a page or a backup was made."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scs_trial.errors import UserError

_FORM = re.compile(r"(?:audit\s+)?(\d{1,15})\s+((?:[0-9a-f]\s*){16,64})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Number of an audit row and the first digits of its digest (16 or more, hex)."""

    seq: int
    digits: str

    def fits(self, digest: str | None) -> bool:
        """Return whether a row's digest is the one that was printed."""
        return digest is not None and digest.startswith(self.digits)

    def __str__(self) -> str:
        """Return the anchor as a page prints it."""
        groups = [self.digits[at : at + 4] for at in range(0, len(self.digits), 4)]
        return f"{self.seq} {' '.join(groups)}"


def read_anchor(text: str) -> Anchor:
    """Return the anchor that was typed from a page; "audit" and blanks may be left out.

    Raises
    ------
    UserError
        It is no number followed by 16 hexadecimal digits.
    """
    found = _FORM.fullmatch(text.strip())
    digits = "".join(found[2].split()).lower() if found else ""
    if found is None or not 16 <= len(digits) <= 64:
        raise UserError(
            "This is no printed anchor.",
            "Type it as it stands at the foot of a page: audit 1234 0a1b 2c3d 4e5f 6071",
        )
    return Anchor(seq=int(found[1]), digits=digits)
