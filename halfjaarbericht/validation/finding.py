"""What a checker found, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong in a file. `file` is `2025-1/brief.pdf`, `rule` the checker's own name for what is broken,
    `place` a page (`bladzijde 3`) or a line (`12:3`), `times` how often the same was found there."""

    file: str
    checker: str
    rule: str
    place: str
    message: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one checker did: over how many files, with how many rules (0 when it does not tell), and what it found."""

    checker: str
    files: int
    rules: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """A checker that is not here, and how to get it."""

    checker: str
    reason: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A PDF of others that only comes along: what it is, without judging it."""

    file: str
    pages: int
    description: str


def on_page(number: int | None) -> str:
    """A page as a place; "" for the document as a whole."""
    return f"bladzijde {number}" if number else ""
