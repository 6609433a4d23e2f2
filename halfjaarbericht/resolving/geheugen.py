"""Sections as they were resolved before, for who resolves an edition again at every save.

Resolving a section reads its own files, what it can refer to, and what the document used up before it (numbers of
notes, abbreviations); and it adds to the last, to the problems and to what was used. All that it reads is the key under
which its outcome is kept, with what it added. So the outcome with a memory is that without, or the memory is wrong; a
build has none.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from halfjaarbericht.model.secties import TekstSectie
from halfjaarbericht.model.tabellen import Figuur
from halfjaarbericht.problems import Problem
from halfjaarbericht.reading.load import LoadedEdition, LoadedSection, walk
from halfjaarbericht.reading.source import Source
from halfjaarbericht.resolving.datatables import data_files
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
    """A section, and all that resolving it added. `sources` are only kept alive: their ids are in the key."""

    section: Section
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    totals: dict[str, TableTotal]
    used: tuple[frozenset[Any], ...]
    written: Written


class Memory:
    """The sections of one edition. What was not asked for in two times is forgotten."""

    def __init__(self) -> None:
        self._about: tuple[Any, ...] = ()
        self._now: dict[Hashable, _Kept] = {}
        self._before: dict[Hashable, _Kept] = {}

    def begin(self, edition: LoadedEdition, world: World) -> None:
        """Resolving begins anew; when anything that every section may look up is other than before, all is
        forgotten."""
        about = _about(edition, world)
        self._before = self._now if about == self._about else {}
        self._now, self._about = {}, about

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
        sources = tuple(part.source for part in inside)
        key = (*place, *_own(inside, above), _before(written, {source.path for source in sources}))
        kept = self._now.get(key) or self._before.get(key)
        if kept is None:
            kept = _record(sources, world, written, make)
        else:
            _replay(kept, world, written)
        self._now[key] = kept
        return kept.section


def _about(edition: LoadedEdition, world: World) -> tuple[Any, ...]:
    """What sections look up beside their own files. Comparing a file that is the same object costs nothing."""
    targets = [(t.kind, t.id, t.document, t.label, t.number, t.linkable) for t in world.register.targets.values()]
    data = [file.read_bytes() if file.is_file() else None for file in data_files(edition)]
    others = {name: other.source for name, other in edition.others.items()}
    return (
        edition.folder,
        edition.source,
        edition.citations_source,
        edition.numbers_source,
        edition.shared.abbreviations,
        others,
        data,
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


def _record(sources: tuple[Source, ...], world: World, written: Written, make: Callable[[], Section]) -> _Kept:
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
        sources,
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
