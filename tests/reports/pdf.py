"""Read a page back the way a reader or an archive would."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf


def texts(document: bytes, folder: Path) -> list[str]:
    """Return the text of each sheet in reading order, white space folded."""
    path = folder / "page.pdf"
    path.write_bytes(document)
    done = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True
    )
    return [" ".join(sheet.split()) for sheet in done.stdout.split("\f")[:-1]]


def squeezed(words: str) -> str:
    """Return words without white space and without marks that only steer the writing direction."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", words)


def structure(document: bytes) -> list[str]:
    """Return the tags of the structure tree, depth first."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        found: list[str] = []
        _walk(pdf.Root.StructTreeRoot, found)
        return found


def _walk(node: pikepdf.Object, found: list[str]) -> None:
    if isinstance(node, pikepdf.Array):
        for child in node:
            _walk(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node.S))
        if "/K" in node:
            _walk(node.K, found)


def alternative_texts(document: bytes) -> list[str]:
    """Return the alternative texts of the figures."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]


def font_programs(document: bytes) -> dict[str, bool]:
    """Return each font's name, and whether its program is embedded."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return {
            str(item.FontName): any(
                key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")
            )
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        }


def word_boxes(path: Path, sheet: int) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each word on a sheet, in points; cut words too."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(sheet), "-l", str(sheet), str(path), "-"],
        capture_output=True,
        check=True,
        text=True,
    )
    found = re.findall(
        r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">',
        done.stdout,
    )
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]
