"""Answers to questions and file boxes, given in advance."""

from __future__ import annotations

from pathlib import Path


class ScriptedPrompts:
    """Stands in for `DialogPrompts`: answers at once and keeps what was asked.

    ``answers`` is used up in order: True/False, a key, a text, a path or None.
    """

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, str]] = []

    def add(self, *answers: object) -> None:
        self._answers.extend(answers)

    def _next(self, title: str, text: str = "") -> object:
        self.asked.append((title, text))
        assert self._answers, f"unexpected question: {title} {text}"
        return self._answers.pop(0)

    def ask(self, title, text, *, yes, no="", on_answer):
        on_answer(bool(self._next(title, text)))

    def choose(self, title, text, *, choices, on_answer):
        key = self._next(title, text)
        assert key is None or key in dict(choices), (key, choices)
        on_answer(key)

    def ask_text(self, title, text, *, label, yes, on_answer):
        on_answer(self._next(title, text))

    def tell(self, title, text):
        self.asked.append((title, text))

    def open_file(self, title, *, filters, on_chosen):
        on_chosen(self._path(title))

    def save_file(self, title, *, name, filters, on_chosen):
        on_chosen(self._path(title))

    def open_folder(self, title, *, on_chosen):
        on_chosen(self._path(title))

    def _path(self, title: str) -> Path | None:
        answer = self._next(title)
        return None if answer is None else Path(str(answer))
