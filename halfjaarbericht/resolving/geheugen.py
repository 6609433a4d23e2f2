"""What was resolved before, for who resolves an edition again at every save: sections, figures, the account of numbers.

Resolving a section reads its own files, what it can refer to, and what the document used up before it (numbers of
notes, abbreviations); and it adds to the last, to the problems and to what was used. All that it reads is the key under
which its outcome is kept, with what it added. So the outcome with a memory is that without, or the memory is wrong; a
build has none.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from halfjaarbericht.data.cijfers import NamedNumber
from halfjaarbericht.data.table import DataTable
from halfjaarbericht.herkomst import Provenance
from halfjaarbericht.model.secties import TekstSectie
from halfjaarbericht.model.tabellen import Figuur
from halfjaarbericht.onthouden import Remembered
from halfjaarbericht.problems import Problem
from halfjaarbericht.reading.load import LoadedEdition, LoadedSection, walk
from halfjaarbericht.resolving.datatables import data_files
from halfjaarbericht.resolving.uses import UsesMemory
from halfjaarbericht.resolving.world import NoteKey, Scope, TableTotal, World
from halfjaarbericht.verslag import Blocks, Place, Section


@dataclass(slots=True)
class Written:
    """What a document has used up so far: its notes with their places and calls, by number; their numbers by key; the
    abbreviations that were explained; the subheadings; and whether it names a note of its own."""

    notes: dict[int, Blocks] = field(default_factory=dict)
    places: dict[int, Place | None] = field(default_factory=dict)
    calls: dict[int, int] = field(default_factory=dict)
    numbers: dict[NoteKey, int] = field(default_factory=dict)
    abbreviations: set[str] = field(default_factory=set)
    headings: int = 0
    refers_to_notes: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """A section, and all that resolving it added."""

    section: Section
    problems: tuple[Problem, ...]
    totals: dict[str, TableTotal]
    used: tuple[frozenset[Any], ...]
    written: Written


@dataclass(frozen=True, slots=True)
class Figures:
    """The data files and named numbers of an edition, and what is wrong with them."""

    tables: Mapping[str, DataTable]
    numbers: Mapping[str, NamedNumber]
    problems: tuple[Problem, ...]


class Memory:
    """What was resolved of one edition. What is no part of it any more is forgotten."""

    def __init__(self) -> None:
        self.uses: UsesMemory = Remembered()
        self._sections: Remembered[_Kept] = Remembered()
        self._data: object = None
        self._figures: Figures | None = None
        self._accounted: tuple[list[Any], dict[str, TableTotal], tuple[Provenance, ...]] | None = None

    def figures(self, edition: LoadedEdition, read: Callable[[LoadedEdition], Figures]) -> Figures:
        """The data and numbers: as they were when the files say the same, or read."""
        data = _data(edition)
        if self._figures is None or data != self._data:
            self._figures = read(edition)
            # Changed while it was read: nobody knows what was read, and it is like nothing else.
            self._data = data if _data(edition) == data else object()
        return self._figures

    def begin(self, edition: LoadedEdition, world: World) -> None:
        """The sections are resolved anew, after the figures; when anything that every section may look up is other than
        before, all are forgotten."""
        if not self._sections.begin(*_about(edition, world), self._data):
            self._accounted = None
        self.uses.begin()

    def account(
        self, printed: list[Any], totals: dict[str, TableTotal], make: Callable[[], tuple[Provenance, ...]]
    ) -> tuple[Provenance, ...]:
        """The account of all numbers, which follows from what is looked up, from the numbers that are `printed` with
        their places and from the totals of tables: as it was, or made."""
        known = self._accounted
        if known is None or known[0] != printed or known[1] != totals:
            known = self._accounted = (printed, dict(totals), make())
        return known[2]

    def section(
        self,
        place: tuple[Hashable, ...],
        section: LoadedSection,
        above: Scope,
        world: World,
        written: Written,
        make: Callable[[], Section],
    ) -> Section:
        """The section at `place` in its document, from memory or made. It leaves `world` and `written` the same."""
        inside = tuple(walk((section,)))
        if any(_looks_further(part) for part in inside):
            return make()
        sources = (*(part.source for part in inside), *(shelf.source for shelf in above.shelves))
        key = (*place, *_own(inside, above), _before(written, {part.source.path for part in inside}))
        made: list[_Kept] = []

        def record() -> _Kept:
            made.append(_record(world, written, make))
            return made[0]

        kept = self._sections.of(key, sources, record)
        if not made:
            _replay(kept, world, written)
        return kept.section


def _data(edition: LoadedEdition) -> tuple[Any, ...]:
    """What the figures of an edition are read from, with what stands in the files and which files those are."""
    files = [_look(file) for file in data_files(edition)]
    others = {name: other.source for name, other in edition.others.items()}
    return edition.folder, edition.name, edition.numbers_source, others, files


def _look(file: Path) -> tuple[int, bytes] | None:
    try:
        return file.stat().st_ino, file.read_bytes()
    except OSError:
        return None


def _about(edition: LoadedEdition, world: World) -> tuple[Any, ...]:
    """What sections look up beside their own files. Comparing a file that is the same object costs nothing."""
    targets = [(t.kind, t.id, t.document, t.label, t.number, t.linkable) for t in world.register.targets.values()]
    return (
        edition.source,
        edition.citations_source,
        edition.shared.abbreviations,
        targets,
        world.register.numbers,
        world.register.labels,
    )


def _looks_further(section: LoadedSection) -> bool:
    """Whether a section depends on more: on other sections for a list of them, or on a picture on the disk."""
    model = section.model
    listing = isinstance(model, TekstSectie) and bool(model.overzicht)
    return listing or any(isinstance(figure, Figuur) for figure in model.figuren)


def _own(inside: tuple[LoadedSection, ...], above: Scope) -> tuple[Hashable, ...]:
    """The files of a section and the sections in it, and the notes of what it stands in."""
    return (
        tuple((id(part.source), part.path) for part in inside),
        tuple((id(shelf.source), shelf.path) for shelf in above.shelves),
    )


def _before(written: Written, paths: set[str]) -> Hashable:
    """What was used up before a section, as far as that section can tell: of notes with a key only those of its own
    files, of which the number and the calls so far count."""
    notes = tuple((key, n, written.calls[n]) for key, n in written.numbers.items() if key[0] in paths)
    return (len(written.calls), notes, frozenset(written.abbreviations), written.headings)


def _record(world: World, written: Written, make: Callable[[], Section]) -> _Kept:
    """Make a section, and find out what that added."""
    used = (world.used_numbers, world.used_citations, world.used_notes)
    world.used_numbers, world.used_citations, world.used_notes = set(), set(), set()
    problems, totals = len(world.problems), set(world.totals)
    calls, numbers, abbreviations = dict(written.calls), set(written.numbers), set(written.abbreviations)
    referred, written.refers_to_notes = written.refers_to_notes, False
    section = make()
    added = (world.used_numbers, world.used_citations, world.used_notes)
    new = Written(
        {n: blocks for n, blocks in written.notes.items() if n not in calls},
        {n: place for n, place in written.places.items() if n not in calls},
        {n: count for n, count in written.calls.items() if calls.get(n) != count},
        {key: n for key, n in written.numbers.items() if key not in numbers},
        written.abbreviations - abbreviations,
        written.headings,
        written.refers_to_notes,
    )
    written.refers_to_notes = referred or new.refers_to_notes
    world.used_numbers, world.used_citations, world.used_notes = used
    kept = _Kept(
        section,
        tuple(world.problems[problems:]),
        {name: total for name, total in world.totals.items() if name not in totals},
        tuple(frozenset(names) for names in added),
        new,
    )
    _use(kept, world)
    return kept


def _replay(kept: _Kept, world: World, written: Written) -> None:
    """Add what making the section would add."""
    world.problems += kept.problems
    world.totals.update(kept.totals)
    _use(kept, world)
    new = kept.written
    written.notes.update(new.notes)
    written.places.update(new.places)
    written.calls.update(new.calls)
    written.numbers.update(new.numbers)
    written.abbreviations |= new.abbreviations
    written.headings = new.headings
    written.refers_to_notes = written.refers_to_notes or new.refers_to_notes


def _use(kept: _Kept, world: World) -> None:
    numbers, citations, notes = kept.used
    world.used_numbers |= numbers
    world.used_citations |= citations
    world.used_notes |= notes
