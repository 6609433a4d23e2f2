"""Problems: what can be wrong with content, where, and how a person is told.

A Problem never carries a traceback; its code is stable, its message is Dutch. The registry lists every code once,
and a test demands a broken content folder for each.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["fout", "waarschuwing", "aanvaard"]
"""aanvaard: a deviation in the source that the content has put on record with a reason; listed, never in the way."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem. `path` is relative to the content folder (or the project); line and column count from 1,
    0 when the problem has no place. `excerpt` is the text of that line, `width` how many characters to underline.
    In a spreadsheet `cell` is the place as its reader knows it: blad Klachten, C7."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    excerpt: str = ""
    width: int = 1
    severity: Severity = "fout"
    cell: str = ""


def blocking(problems: Iterable[Problem], strict: bool = False) -> bool:
    """Whether any of the problems stands in the way of building; with `strict` warnings do."""
    return any(p.severity == "fout" or (strict and p.severity == "waarschuwing") for p in problems)


class ContentError(Exception):
    """Content cannot be built. Carries all problems found so far."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problemen")


class PublishError(ContentError):
    """Writing stopped when files were already being put in place: part of them may be new."""


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate that looks most like `word`, or '' when none is close."""
    found = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint: `bedoelde u 'aan'?`, or the first few possible names, or ''."""
    names = sorted(set(candidates))
    best = nearest(word, names)
    if best:
        return f"bedoelde u '{best}'?"
    if names and len(names) <= 12:
        return "mogelijk: " + ", ".join(names)
    return ""
