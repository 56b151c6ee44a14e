"""Names that columns go by, in English and Spanish; the words themselves are a resource."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scs_trial.paths import resources

_NO_LETTER = re.compile(r"[\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])")


def plain_words(text: str) -> str:
    """Return a name as it is compared: small letters without accents, words parted by a space."""
    parted = _HUMP.sub(" ", text)
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFD", parted.casefold())
        if not unicodedata.combining(sign)
    )
    return _NO_LETTER.sub(" ", bare).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a name may mean: one target, or several to choose from."""

    targets: tuple[str, ...]
    word: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    """Words by what they mean.

    Attributes
    ----------
    names
        Targets by a whole name.
    parts
        Targets by words that stand within a name, longest first.
    baseline, trial
        Words that name the phase in a column or cell.
    missing
        Texts that may stand for "no answer".
    months
        Number of a month by its name or short name.
    """

    names: Mapping[str, tuple[str, ...]]
    parts: Sequence[tuple[str, tuple[str, ...]]]
    baseline: frozenset[str]
    trial: frozenset[str]
    missing: frozenset[str]
    months: Mapping[str, int]

    def guess(self, name: str) -> Guess | None:
        """Return what a column name may mean, or None."""
        plain = plain_words(name)
        if plain in self.names:
            return Guess(targets=self.names[plain], word=plain, exact=True)
        padded = f" {plain} "
        for part, targets in self.parts:
            if f" {part} " in padded:
                return Guess(targets=targets, word=part, exact=False)
        return None

    def knows(self, name: str) -> bool:
        """Return whether a whole name is known."""
        return plain_words(name) in self.names

    def phase(self, text: str) -> str:
        """Return ``baseline`` or ``trial`` where a text names a phase, else empty."""
        plain = plain_words(text)
        if plain in self.baseline:
            return "baseline"
        return "trial" if plain in self.trial else ""


@cache
def shipped_synonyms() -> Synonyms:
    """Return the words that ship with the program."""
    path = resources("import", "synonyms.toml")
    return read_synonyms(path.read_text(encoding="utf-8"))


def read_synonyms(text: str) -> Synonyms:
    """Return the words of a TOML text: tables of targets with ``name`` and ``part`` lists."""
    root = tomllib.loads(text)
    names: dict[str, tuple[str, ...]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for entry in root["column"]:
        targets = tuple(entry["is"])
        for word in entry.get("name", ()):
            names[plain_words(word)] = targets
        for word in entry.get("part", ()):
            parts[plain_words(word)] = targets
            names.setdefault(plain_words(word), targets)
    words = root["words"]
    months = {
        plain_words(name): number
        for number, spellings in enumerate(words["months"], 1)
        for name in spellings
    }
    return Synonyms(
        names=names,
        parts=sorted(parts.items(), key=lambda part: -len(part[0])),
        baseline=frozenset(map(plain_words, words["baseline"])),
        trial=frozenset(map(plain_words, words["trial"])),
        missing=frozenset(word.casefold() for word in words["missing"]),
        months=months,
    )
