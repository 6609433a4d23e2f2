"""From a path of keys in a content file to a Problem with its line, column and excerpt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from halfjaarbericht.problems import Problem

KeyPath = tuple[Any, ...]
Place = Callable[[KeyPath], tuple[int, int, str]]
"""Gives line, column (from 1) and the text of that line. Raises LookupError for a path it does not know."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A content file, or the part of it below `prefix`. `path` is the file as messages show it."""

    path: str
    place: Place
    prefix: KeyPath = ()

    def problem(self, code: str, at: KeyPath, message: str, hint: str = "", *, word: str = "") -> Problem:
        """A problem at `at` (below the prefix), or at its nearest known parent. `word` is the text at fault:
        it is underlined when it stands there."""
        line, column, excerpt = self._find((*self.prefix, *at))
        width = len(word) if word and excerpt.startswith(word, column - 1) else 1
        return Problem(self.path, line, column, code, message, hint, excerpt, width)

    def _find(self, path: KeyPath) -> tuple[int, int, str]:
        while True:
            try:
                return self.place(path)
            except LookupError:
                if not path:
                    return 0, 0, ""
                path = path[:-1]
