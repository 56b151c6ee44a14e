"""What becomes of each column: proposed by name, asked where a name tells too little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.assistant.asking import Asking
from scs_trial.exchange.assistant.model import By, Choice, Column, Kind, Page
from scs_trial.exchange.assistant.number_signs import looks_numeric
from scs_trial.exchange.assistant.synonyms import Guess, Synonyms
from scs_trial.exchange.assistant.table import Table, brief, cell_text, is_error
from scs_trial.exchange.assistant.targets import (
    IGNORED,
    ONCE,
    Role,
    Target,
    read_target,
    target_words,
)
from scs_trial.exchange.assistant.wide_names import wide_target
from scs_trial.exchange.diary_columns import CONFIRM_PREFIX, DAY_COLUMNS, REQUIRED, TRIAL_COLUMNS

_SAMPLES = 5
_MOSTLY = 0.6
_OWN = (frozenset(TRIAL_COLUMNS) | frozenset(DAY_COLUMNS)) - {"phase", "recorded_at", "note"}
_PARTS = (Role.YEAR, Role.MONTH, Role.DAY)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column with its place in a row and what becomes of it."""

    name: str
    index: int
    target: Target


class Mapper:
    """Maps the columns of one table.

    Parameters
    ----------
    table
        The table.
    catalogue
        Measures by code.
    synonyms
        Names that columns go by.
    asking
        Takes what is settled and asked.
    """

    def __init__(
        self, table: Table, *, catalogue: Catalogue, synonyms: Synonyms, asking: Asking
    ) -> None:
        self._table = table
        self._catalogue = catalogue
        self._synonyms = synonyms
        self._asking = asking
        self._texts = [
            [cell_text(cell) for cell in table.column(index)] for index in range(len(table.names))
        ]
        self._taken: dict[Role, str] = {}
        self.columns: list[Column] = []

    def map(self) -> list[Mapped]:
        """Return every column with its target; columns that are asked about are left out."""
        guesses = [self._guess(index) for index in range(len(self._table.names))]
        whole_date = all(
            any(guess is not None and role in guess.targets for guess in guesses)
            or self._answered(role)
            for role in _PARTS
        )
        found = [self._column(index, guess, whole_date) for index, guess in enumerate(guesses)]
        mapped = [one for one in found if one is not None]
        self._refuse_twice(mapped)
        return mapped

    def _answered(self, role: Role) -> bool:
        keys = (f"role:{name}" for name in self._table.names)
        return any(self._asking.given(key)[0] == role for key in keys)

    def _guess(self, index: int) -> Guess | None:
        """Return what a column may be, with its cells in view: words are no measure."""
        name = self._table.names[index]
        wide = wide_target(name, self._synonyms)
        if wide is not None and self._numeric(index):
            return Guess(targets=(str(wide),), word=name, exact=True)
        guess = self._synonyms.guess(name)
        if guess is None:
            return None
        targets = [one for one in guess.targets if self._fits(one, index)]
        if not guess.exact and self._texts[index] and not any(self._texts[index]):
            return None
        if not targets or targets == [Role.IGNORE]:
            return None
        return Guess(targets=tuple(targets), word=guess.word, exact=guess.exact)

    def _fits(self, target: str, index: int) -> bool:
        measure = target == Role.VALUE or target not in tuple(Role)
        return not measure or self._numeric(index)

    def _numeric(self, index: int) -> bool:
        filled = [text for text in self._texts[index] if text and not is_error(text)]
        numbers = sum(looks_numeric(text) for text in filled)
        return bool(filled) and numbers >= _MOSTLY * len(filled)

    def _column(self, index: int, guess: Guess | None, whole_date: bool) -> Mapped | None:
        name = self._table.names[index]
        key = f"role:{name}"
        given, by = self._asking.given(key)
        answered = read_target(given, self._catalogue) if by is not By.NOBODY else None
        if by is not By.NOBODY and answered is None:
            self._asking.problems.append(
                f"{key} = {brief(given)}: this is no role and no measure of the catalogue."
            )
        targets = () if guess is None else guess.targets
        clash = self._clash(targets, whole_date)
        if len(targets) > 1 or clash:
            targets = tuple(dict.fromkeys((*targets, *clash, str(Role.IGNORE))))
            return self._asked(index, targets, clash=bool(clash))
        if answered is not None:
            self._asking.in_force[key] = given
            why = "Chosen in this import." if by is By.YOU else "Kept in the profile."
            return self._add(index, answered, why=why, by=by)
        target = read_target(targets[0], self._catalogue) if targets else None
        if target is None or guess is None:
            return self._add(index, IGNORED, why="Its name is not known.", by=By.EVIDENCE)
        why = f'The name "{brief(guess.word)}" is known.'
        return self._add(index, target, why=why, by=By.EVIDENCE)

    def _clash(self, targets: Sequence[str], whole_date: bool) -> tuple[str, ...]:
        """Return further choices where a proposed role is not free, none where it is."""
        if len(targets) != 1 or targets[0] not in tuple(Role):
            return ()
        role = Role(targets[0])
        if role is Role.DATE and (whole_date or Role.DATE in self._taken):
            return (str(Role.RECORDED_AT),)
        if role is Role.DAY_NUMBER and Role.DATE in self._taken:
            return (str(Role.IGNORE),)
        return (str(Role.IGNORE),) if role in ONCE and role in self._taken else ()

    def _asked(self, index: int, targets: Sequence[str], *, clash: bool) -> Mapped | None:
        name = self._table.names[index]
        choices = [
            Choice(value=text, words=target_words(target, self._catalogue))
            for text in targets
            if (target := read_target(text, self._catalogue)) is not None
        ]
        why = "Another column has this role already." if clash else "The name alone does not tell."
        samples = ", ".join(self._samples(index))
        given = self._asking.ask(
            f"role:{name}",
            f'What does the column "{name}" hold?',
            page=Page.MAPPING,
            choices=choices,
            evidence=f"{why} It holds {samples}." if samples else why,
            column=name,
            objection=self._no_target,
        )
        target = None if given is None else read_target(given, self._catalogue)
        if target is None:
            self._show(index, IGNORED, why="This is asked.", by=By.NOBODY)
            return None
        question = self._asking.questions[-1]
        return self._add(index, target, why=question.confirmed, by=question.by)

    def _no_target(self, answer: str) -> str:
        if read_target(answer, self._catalogue) is None:
            return "This is no role and no measure of the catalogue."
        return ""

    def _add(self, index: int, target: Target, *, why: str, by: By) -> Mapped:
        self._taken.setdefault(target.role, self._table.names[index])
        self._show(index, target, why=why or "Chosen in this import.", by=by)
        return Mapped(self._table.names[index], index, target)

    def _samples(self, index: int) -> list[str]:
        distinct = dict.fromkeys(text for text in self._texts[index] if text)
        return [brief(text) for text in list(distinct)[:_SAMPLES]]

    def _show(self, index: int, target: Target, *, why: str, by: By) -> None:
        self.columns.append(
            Column(
                name=self._table.names[index],
                number=index + 1,
                target=str(target),
                words=target_words(target, self._catalogue),
                why=why,
                by=by,
                samples=tuple(self._samples(index)),
                filled=sum(1 for text in self._texts[index] if text),
            )
        )

    def _refuse_twice(self, mapped: Iterable[Mapped]) -> None:
        seen: dict[str, str] = {}
        for one in mapped:
            role = one.target.role
            key = str(one.target)
            if role in (Role.IGNORE, Role.NOTE, Role.KEEP):
                continue
            if key in seen:
                words = target_words(one.target, self._catalogue)
                self._asking.problems.append(f'"{seen[key]}" and "{one.name}" are both {words}.')
            seen.setdefault(key, one.name)


def ask_missing_roles(mapped: Sequence[Mapped], table: Table, asking: Asking) -> bool:
    """Ask for the columns without which nothing can be imported; return whether all are there."""
    if any(question.open and question.id.startswith("role:") for question in asking.questions):
        return False
    roles = {one.target.role for one in mapped}
    wide = any(one.target.phase is not None for one in mapped)
    dated = Role.DATE in roles or Role.DAY_NUMBER in roles or wide or roles.issuperset(_PARTS)
    measured = roles & {Role.MEASURE, Role.VALUE, Role.NOTE}
    if not dated:
        _ask_role(
            "need:date",
            "Which column says the day? Give one the role date or day_number, or three the roles "
            "year, month and day; in a wide file give each measure its day (pain_average@trial:3).",
            table,
            asking,
        )
    if not measured:
        _ask_role(
            "need:measure",
            "Which column holds a measure? Give it the role of that measure, such as pain_average.",
            table,
            asking,
        )
    if (Role.VALUE in roles) is not (Role.ITEM in roles):
        _ask_role(
            "need:item",
            "Item and value belong together: one column names what a row measures, another holds "
            "the value.",
            table,
            asking,
        )
        return False
    return bool(dated and measured)


def _ask_role(key: str, words: str, table: Table, asking: Asking) -> None:
    asking.ask(
        key,
        words,
        page=Page.MAPPING,
        kind=Kind.MAPPING,
        choices=[Choice(value=name, words=name) for name in table.names],
        objection=lambda _: "Answer it with role:COLUMN.",
    )


def own_columns(names: Sequence[str]) -> list[str]:
    """Return the problem of a diary CSV of this program, whose columns would be lost here."""
    if not set(REQUIRED) <= set(names):
        return []
    own = [name for name in names if name in _OWN or name.startswith(CONFIRM_PREFIX)]
    if not own:
        return []
    return [
        f"This is the program's own diary CSV; the assistant would lose {', '.join(own)}. Import "
        "it without the assistant."
    ]
