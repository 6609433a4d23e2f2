"""What resolving looks up in and reports to: the whole edition seen from one place in its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from halfjaarbericht.data.cijfers import NamedNumber
from halfjaarbericht.data.table import DataTable
from halfjaarbericht.model.bronnen import Bron
from halfjaarbericht.model.gedeeld import Afkorting
from halfjaarbericht.problems import Problem
from halfjaarbericht.prose.tree import At
from halfjaarbericht.reading.source import KeyPath, Source
from halfjaarbericht.resolving.register import Register
from halfjaarbericht.verslag import Place


@dataclass(slots=True)
class World:
    """The looked-up side of an edition, the problems found, and what was used. The failed numbers and data files
    have their own problems already; a use of them is not one more."""

    register: Register
    numbers: Mapping[str, NamedNumber]
    tables: Mapping[str, DataTable]
    citations: Mapping[str, Bron]
    abbreviations: Mapping[str, Afkorting]
    date: date
    fixed_numbers: tuple[str, ...] = ()
    failed_numbers: frozenset[str] = frozenset()
    failed_tables: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    totals: dict[str, TableTotal] = field(default_factory=dict)
    used_numbers: set[str] = field(default_factory=set)
    used_citations: set[str] = field(default_factory=set)
    used_notes: set[NoteKey] = field(default_factory=set)
    citations_source: Source | None = None

    def citation_place(self, name: str) -> Place | None:
        """Where the citation stands: a note that is no more than that stands there too."""
        source = self.citations_source
        return Scope(source, ("bronnen", name), ()).place() if source else None


@dataclass(frozen=True, slots=True)
class TableTotal:
    """A total that a table computes: the column of which data file, and the rows that count."""

    data: str
    column: str
    rows: tuple[tuple[str, ...], ...]


NoteKey = tuple[str, KeyPath, str]
"""A note by the file and the place of its `noten`, and its key."""


@dataclass(frozen=True, slots=True)
class NoteShelf:
    """The `noten` that text at some place may call."""

    source: Source
    path: KeyPath
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a piece of prose stands: its scalar in the file, and the notes it may call (nearest first)."""

    source: Source
    path: KeyPath
    shelves: tuple[NoteShelf, ...]
    in_note: bool = False

    def at(self, *path: Any) -> Scope:
        """The same scope for another scalar of the same file."""
        return Scope(self.source, path, self.shelves, self.in_note)

    def place(self) -> Place:
        """Where this prose stands."""
        mark = self.source.mark(self.path)
        return Place(self.source.path, mark.line, mark.column)

    def problem(self, code: str, at: At | None, message: str, hint: str = "", severity: Any = "fout") -> Problem:
        """A problem at a place in this prose, or at its start."""
        place = (at.line, at.column) if at else None
        width = at.width if at else 0
        return self.source.problem(code, self.path, message, hint, at=place, width=width, severity=severity)
