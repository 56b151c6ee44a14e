"""The rule in words, folded from the lines of the screen into the foot of the page."""

from __future__ import annotations

from collections.abc import Sequence

_LEFT_OUT = ("Caution when", "Note when", "Main figure (part of the rule)")


def compact_rule(text: str) -> str:
    """Return a rule's lines as one paragraph.

    A line that ends in a colon is followed by its indented lines, separated by semicolons and in
    brackets. Lines about cautions of length, the
    main figure where the rule names it, and the checklist stay on the screen.
    """
    paragraphs = [part.splitlines() for part in text.strip().split("\n\n")]
    kept = [lines for lines in paragraphs if not lines[0].startswith("To be documented")]
    sentences = []
    for lines in kept:
        wanted = [line for line in lines if not line.startswith(_LEFT_OUT)]
        sentences.append(" ".join(_folded(block) for block in _blocks(wanted)))
    return " ".join(_ended(sentence) for sentence in sentences if sentence)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Split lines into blocks that start at the outermost depth."""
    blocks: list[list[str]] = []
    outer = min((_depth(line) for line in lines), default=0)
    for line in lines:
        if _depth(line) == outer or not blocks:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _folded(block: Sequence[str]) -> str:
    head, inner = block[0].strip(), block[1:]
    if not inner:
        return head
    children = [_folded(child) for child in _blocks(inner)]
    if len(children) == 1:
        return f"{head} {children[0]}"
    return f"{head} ({'; '.join(children)})"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", ":")) else f"{sentence}."
