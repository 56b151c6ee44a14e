"""Leave out of a finished PDF what is right and yet makes a common reader complain.

poppler (up to 25.11) takes ``/Suspects false`` for a value of the wrong type, and does not know a
border's colour as three numbers. Both are optional: a missing ``/Suspects`` means false (ISO
32000-1, table 321; PDF/UA-1, 7.1, only forbids true), and a border's colour in the structure tree
is a hint for re-flowing. Blanks of the same length take their place: every offset stays right.
"""

from __future__ import annotations

import re

_MARK_INFO = b"/MarkInfo<</Marked true/Suspects false>>"
_SUSPECTS = b"/Suspects false"
_BORDER_COLOUR = re.compile(
    rb"(?<=<</O/Layout)(/BBox\[[0-9. ]+\])?/BorderColor\[[0-9. ]+\](?=/Border)"
)


def quiet(document: bytes) -> bytes:
    """Return the same document, as long and as tagged, that poppler opens without a word.

    The catalogue is the last object of the file: a text before it that only looks the same stays.
    """
    at = document.rfind(_MARK_INFO)
    if at >= 0:
        end = at + len(_MARK_INFO)
        document = document[:at] + _blank(_MARK_INFO, _SUSPECTS) + document[end:]
    return _BORDER_COLOUR.sub(_without_colour, document)


def _without_colour(found: re.Match[bytes]) -> bytes:
    kept = found.group(1) or b""
    return kept.ljust(len(found.group()))


def _blank(whole: bytes, part: bytes) -> bytes:
    return whole.replace(part, b" " * len(part))
