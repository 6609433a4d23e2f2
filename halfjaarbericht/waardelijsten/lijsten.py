"""Finding a value of a public list by its label, its code or its address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from halfjaarbericht.publicatie import Term

FILE = Path(__file__).parent / "tooi.json"


@dataclass(frozen=True, slots=True)
class ValueList:
    """One list: what it is called, where it comes from, its values by code, and the code that a half-year report has
    unless its edition says otherwise ('' when there is no such)."""

    name: str
    source: str
    terms: dict[str, Term]
    usual: str = ""

    def find(self, text: str) -> Term | None:
        """The value with that label (capitals aside), code or address; None when the list has none."""
        wanted = " ".join(text.split()).casefold()
        for code, term in self.terms.items():
            if wanted in (term.label.casefold(), code.casefold(), term.id.casefold()):
                return term
        return None

    def labels(self) -> Iterator[str]:
        """All labels, for a suggestion."""
        return (term.label for term in self.terms.values())


@cache
def value_lists() -> dict[str, ValueList]:
    """All lists by the field that chooses from them: informatiecategorie, documentsoort, thema …"""
    return {field: _value_list(data) for field, data in _raw()["lijsten"].items()}


def value_date() -> str:
    """The day on which the lists were as they are here, as jjjj-mm-dd."""
    return str(_raw()["peildatum"])


def usual(field: str) -> Term:
    """The value that a half-year report has unless its edition says otherwise. Raises KeyError without one."""
    found = value_lists()[field]
    return found.terms[found.usual]


def file_format(suffix: str) -> Term:
    """The value for files with that suffix: 'pdf', 'html'. Raises KeyError for another."""
    return value_lists()["formaat"].terms[suffix.upper()]


@cache
def _raw() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def _value_list(data: dict[str, Any]) -> ValueList:
    terms = {str(v["code"]): Term(f"{data['basis']}{v['code']}", str(v["label"])) for v in data["waarden"]}
    return ValueList(str(data["naam"]), str(data["bron"]), terms, str(data.get("standaard", "")))
