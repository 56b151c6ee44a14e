"""Text files: which encoding, which separator, and the rows; any line ends, CR alone too."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from scs_trial.errors import UserError
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.limits import RowLimit
from scs_trial.exchange.assistant.model import Choice, Page
from scs_trial.exchange.assistant.number_signs import looks_numeric
from scs_trial.exchange.assistant.table import Row, brief

ENCODINGS = {
    "cp1252": "Windows, Western Europe (cp1252)",
    "latin-1": "ISO-8859-1 (Latin-1)",
    "iso8859-15": "ISO-8859-15 (Latin-9)",
    "cp850": "DOS, Western Europe (cp850)",
    "mac-roman": "old Macintosh (Mac Roman)",
    "cp1250": "Windows, Central Europe (cp1250)",
}
"""Encodings that are offered when a file is not UTF-8, the likeliest first."""
SEPARATORS = {",": "comma", ";": "semicolon", "tab": "tab", "|": "vertical bar"}
"""Separators by the text of their answer."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_LOOK_AT = 60
_FEW = 10
_SHARE = 0.6


def decode(data: bytes, asking: Asking) -> tuple[str, str]:
    """Return the encoding and the text; where it is asked, the likeliest for the preview.

    Raises
    ------
    UserError
        The bytes are no text.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            why = f"The file begins with the mark of {name}."
            return codec, _settled(data, codec, name, why=why, asking=asking)
    if b"\0" in data:
        raise UserError(
            "The file is binary, or UTF-16 without its mark.", "Save it as CSV in UTF-8."
        )
    text = _try(data, "utf-8")
    if text is not None:
        plain = "It holds plain letters alone." if data.isascii() else "Every byte fits UTF-8."
        return "utf-8", _settled(data, "utf-8", "UTF-8", why=plain, asking=asking)
    return _asked(data, asking)


def _settled(data: bytes, codec: str, name: str, *, why: str, asking: Asking) -> str:
    asking.settle(
        "encoding",
        "Encoding",
        codec,
        page=Page.READING,
        why=why,
        choices=(Choice(value=codec, words=name),),
    )
    text = _try(data, codec)
    if text is None:
        raise UserError(f"The file begins as {name} but breaks off.", "Save it as CSV in UTF-8.")
    return text


def _asked(data: bytes, asking: Asking) -> tuple[str, str]:
    fitting = {codec: text for codec in ENCODINGS if (text := _try(data, codec)) is not None}
    choices = [
        Choice(value=codec, words=f"{ENCODINGS[codec]}: {_telling(text)}")
        for codec, text in fitting.items()
    ]
    place = next(i for i, byte in enumerate(data) if byte > 0x7F)
    answer = asking.ask(
        "encoding",
        "Under which encoding are all words spelled right?",
        page=Page.READING,
        choices=choices,
        evidence=f"The file is not UTF-8 (first at byte {place + 1}, {data[place]:02X}); an older "
        "encoding can't be told from the bytes.",
    )
    codec = answer or next(iter(fitting))
    return codec, fitting[codec]


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


def _telling(text: str) -> str:
    """Return up to three words that tell encodings apart."""
    words = (word.strip('",;()[]¿?') for word in text.split() if not word.isascii())
    return ", ".join(brief(word) for word in dict.fromkeys(islice(words, 3)))


def find_separator(text: str, asking: Asking) -> str:
    """Return the separator; where it is asked, the likeliest for the preview."""
    fitting = _fitting(text)
    choices = [Choice(value=key, words=words) for key, words in SEPARATORS.items()]
    if len(fitting) == 1:
        key, width = next(iter(fitting.items()))
        why = f"Header and rows have {width} cells each between {SEPARATORS[key]} signs."
        return _sign(
            asking.settle(
                "separator", "Separator", key, page=Page.READING, why=why, choices=choices
            )
        )
    if not any(_sign(key) in line for key in SEPARATORS for line in islice(_lines(text), _LOOK_AT)):
        why = "No separator occurs: the file has one column."
        return _sign(
            asking.settle(
                "separator", "Separator", ",", page=Page.READING, why=why, choices=choices
            )
        )
    several = ", ".join(f"{width} with {SEPARATORS[key]}" for key, width in fitting.items())
    answer = asking.ask(
        "separator",
        "Which sign stands between the cells?",
        page=Page.READING,
        choices=choices,
        evidence=f"Several fit: cells in a row are {several}." if several else "None fits all.",
    )
    return _sign(answer or max(fitting or {",": 0}, key=lambda key: fitting.get(key, 0)))


def _sign(key: str) -> str:
    return "\t" if key == "tab" else key


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


class _Fit(NamedTuple):
    """How a file looks under a separator: cells of most rows, row of the names, all widths."""

    width: int
    header: int
    widths: tuple[int, ...]


def _fit(text: str, key: str) -> _Fit | None:
    """Return how a separator fits, where names and rows agree on more than one cell."""
    try:
        rows = list(islice(csv.reader(_lines(text), delimiter=_sign(key)), _LOOK_AT))
    except csv.Error:
        return None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return None
    widths = tuple(len(row) for row in rows)
    width, often = Counter(widths).most_common(1)[0]
    names = (
        place
        for place, row in enumerate(rows[:_FEW])
        if len(row) == width and not any(looks_numeric(cell) for cell in row)
    )
    header = next(names, None)
    if width == 1 or header is None or often < _SHARE * len(rows):
        return None
    return _Fit(width, header, widths)


def _fitting(text: str) -> dict[str, int]:
    """Return the cells in a row by separator; one that parts no other's names is left out."""
    fits = {key: fit for key in SEPARATORS if (fit := _fit(text, key)) is not None}
    return {
        key: fit.width
        for key, fit in fits.items()
        if not any(_whole(fit, other.header) for name, other in fits.items() if name != key)
    }


def _whole(fit: _Fit, row: int) -> bool:
    return row < len(fit.widths) and fit.widths[row] == 1


def read_rows(text: str, separator: str) -> list[Row]:
    """Return every row of a text, blank ones too.

    Raises
    ------
    UserError
        A row can't be read, or there are too many.
    """
    limit = RowLimit()
    rows: list[Row] = []
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            row = Row(number, tuple(cells))
            limit.take(row)
            rows.append(row)
    except csv.Error as error:
        raise UserError(
            f"Row {len(rows) + 1} of the file can't be read ({error}).",
            "Check the separator and the quotation marks of that row.",
        ) from error
    return rows
