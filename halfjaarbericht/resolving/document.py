"""One document of an edition, resolved: its sections, tables, notes and lists in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from halfjaarbericht.model.editie import Bijlage, Brief
from halfjaarbericht.model.secties import TekstSectie, Zaak
from halfjaarbericht.model.tabellen import Figuur
from halfjaarbericht.problems import did_you_mean
from halfjaarbericht.prose.tree import PPlacement
from halfjaarbericht.reading.load import LoadedDocument, LoadedEdition, LoadedSection, walk
from halfjaarbericht.reading.source import KeyPath, Source
from halfjaarbericht.resolving.geheugen import Memory
from halfjaarbericht.resolving.grafieken import ChartBuilder
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.resolving.matters import closing, matter, overview
from halfjaarbericht.resolving.tables import TableBuilder
from halfjaarbericht.resolving.world import NoteShelf, Scope, World
from halfjaarbericht.resolving.writer import DocumentWriter
from halfjaarbericht.verslag import Block, Blocks, Document, Entry, Heading, Inlines, Place, Section

Owner = Brief | Bijlage | TekstSectie | Zaak


def resolve_document(
    world: World,
    edition: LoadedEdition,
    document: LoadedDocument,
    heading: Heading,
    entries: tuple[Entry, ...],
    memory: Memory | None = None,
) -> Document:
    """Resolve a document; with a `memory` sections that are as before come from there. A document that refers to its
    own notes is gone through twice: the first time numbers the notes, so that the second can refer to one further on;
    problems are kept of the second time only."""
    problems = list(world.problems)
    first = DocumentWriter(world, document.model.id)
    resolved = _Run(world, edition, document, first, memory).document(heading, entries)
    if not first.written.refers_to_notes:
        return resolved
    world.problems[:] = problems
    writer = DocumentWriter(world, document.model.id, first.written.numbers)
    return _Run(world, edition, document, writer, memory).document(heading, entries)


class _Run:
    """One time through a document. The order of calls is the reading order."""

    def __init__(
        self,
        world: World,
        edition: LoadedEdition,
        document: LoadedDocument,
        writer: DocumentWriter,
        memory: Memory | None,
    ):
        self.memory = memory
        self.world = world
        self.edition = edition
        self.loaded = document
        self.writer = writer
        self.tables = TableBuilder(writer, edition.folder)
        self.charts = ChartBuilder(writer)

    def document(self, heading: Heading, entries: tuple[Entry, ...]) -> Document:
        """The whole document."""
        model = self.loaded.model
        scope = self._scope(model, self.loaded.source, (), ())
        annex = isinstance(model, Bijlage)
        title = self._title(scope)
        salutation: Inlines = ()
        closing_line: Inlines = ()
        belongs_to: Inlines = ()
        if isinstance(model, Brief):
            salutation = self.writer.line(model.aanhef, scope.at("aanhef"))
        else:
            belongs_to = self._belongs_to(model, scope)
        blocks = self._part(model, self.loaded.source, (), scope, 2)
        sections = self._sections(self.loaded.sections, scope, 1)
        if isinstance(model, Brief):
            closing_line = self.writer.line(model.slotformule, scope.at("slotformule"))
        return Document(
            kind="bijlage" if annex else "brief",
            id=model.id,
            number=self.loaded.number,
            label=self.world.register.labels[model.id],
            title=title,
            plain=plain(title),
            stem=next(e.stem for e in entries if e.id == model.id),
            heading=heading,
            blocks=blocks,
            sections=sections,
            notes=self.writer.notes,
            toc=isinstance(model, Bijlage) and model.inhoudsopgave,
            show_matters=self._shows_matters,
            page_per_section=isinstance(model, Bijlage) and model.elke_sectie_nieuwe_pagina,
            salutation=salutation,
            closing=closing_line,
            belongs_to=belongs_to,
            annex_list=_annexes(entries) if isinstance(model, Brief) and model.bijlagenlijst else (),
            places=self._places(scope),
        )

    def _places(self, scope: Scope) -> Mapping[str, Place]:
        """Where the lines around the text stand. An annex has its own title; the letter has that of the edition."""
        edition = Scope(self.edition.source, ("titel",), ()).place()
        if isinstance(self.loaded.model, Brief):
            return {
                "title": edition,
                "salutation": scope.at("aanhef").place(),
                "closing": scope.at("slotformule").place(),
            }
        belongs = scope.at("horend_bij").place() if self.loaded.model.horend_bij else edition
        return {"title": scope.at("titel").place(), "belongs_to": belongs}

    @property
    def _shows_matters(self) -> bool:
        return isinstance(self.loaded.model, Bijlage) and self.loaded.model.zaakgegevens

    def _title(self, scope: Scope) -> Inlines:
        if isinstance(self.loaded.model, Bijlage):
            return self.writer.line(self.loaded.model.titel, scope.at("titel"))
        edition = self.edition
        return self.writer.bare_line(edition.model.titel, Scope(edition.source, ("titel",), ()))

    def _belongs_to(self, model: Bijlage, scope: Scope) -> Inlines:
        if model.horend_bij:
            return self.writer.bare_line(model.horend_bij, scope.at("horend_bij"))
        edition = self.edition
        return self.writer.bare_line(edition.model.titel, Scope(edition.source, ("titel",), ()))

    def _scope(self, owner: Owner, source: Source, path: KeyPath, above: tuple[NoteShelf, ...]) -> Scope:
        """Text may call the notes of its own section, and of what that section stands in within the same file."""
        shelves = tuple(s for s in above if s.source.path == source.path)
        if owner.noten:
            shelves = (NoteShelf(source, path, owner.noten), *shelves)
        return Scope(source, path, shelves)

    # --- sections -----------------------------------------------------------------------------------------------

    def _sections(self, sections: tuple[LoadedSection, ...], above: Scope, level: int) -> tuple[Section, ...]:
        return tuple(self._known_or_made(section, above, level) for section in sections)

    def _known_or_made(self, section: LoadedSection, above: Scope, level: int) -> Section:
        """A section, from memory when there is one that knows it."""
        if self.memory is None:
            return self._section(section, above, level)
        known = self.writer.known_notes
        notes = tuple(known.items()) if known is not None else None
        place = (self.writer.document_id, level, self._shows_matters, notes)
        make = partial(self._section, section, above, level)
        return self.memory.section(place, section, above, self.world, self.writer.written, make)

    def _section(self, section: LoadedSection, above: Scope, level: int) -> Section:
        model, source = section.model, section.source
        scope = self._scope(model, source, section.path, above.shelves)
        title = self.writer.line(model.titel, scope.at(*section.path, "titel"))
        facts = None if isinstance(model, TekstSectie) else matter(model, self.writer, scope, self._shows_matters)
        place = scope.place()
        blocks = self._part(model, source, section.path, scope, level + 2)
        blocks += self._overviews(model, scope)
        children = self._sections(section.sections, scope, level + 1)
        return Section(
            id=model.id,
            kind=model.soort,
            level=level,
            number=self.world.register.numbers.get(model.id, ""),
            title=title,
            plain=plain(title),
            matter=facts,
            blocks=blocks,
            sections=children,
            place=place,
            title_place=scope.at(*section.path, "titel").place(),
        )

    def _overviews(self, model: Owner, scope: Scope) -> Blocks:
        if not isinstance(model, TekstSectie):
            status = scope.at(*scope.path, "status").place()
            end = closing(model, status) if not isinstance(model, Brief | Bijlage) else None
            return (end,) if end else ()
        everything = list(walk(self.loaded.sections))
        numbers = self.world.register.numbers
        place = scope.at(*scope.path, "overzicht").place()
        found = (overview(kind, everything, self.writer, numbers, place) for kind in model.overzicht)
        return tuple(o for o in found if o is not None)

    def _part(self, owner: Owner, source: Source, path: KeyPath, scope: Scope, level: int) -> Blocks:
        """The text of a section with its tables and figures: where the text puts them, the others after it."""
        specs = {("tabel", t.id): (*path, "tabellen", i) for i, t in enumerate(owner.tabellen)}
        specs |= {("figuur", f.id): (*path, "figuren", i) for i, f in enumerate(owner.figuren)}
        left = dict(specs)

        def place(block: PPlacement) -> Block | None:
            key = (block.name, block.id)
            if key in left:
                return self._item(owner, key, left.pop(key), scope)
            if key not in specs:
                self._unplaced(block, scope.at(*path, "tekst"), [i for k, i in specs if k == block.name])
            return None

        part = self.world.register.parts[(source.path, path)]
        text_scope = scope.at(*path, "tekst")
        self.writer.look_for_typed(owner.tekst or "", text_scope)
        blocks = self.writer.blocks(part.blocks, text_scope, level, place)
        rest = [self._item(owner, key, at, scope) for key, at in left.items()]
        return (*blocks, *(b for b in rest if b is not None))

    def _unplaced(self, block: PPlacement, scope: Scope, known: list[str]) -> None:
        message = f"deze sectie heeft geen {block.name} '{block.id}'"
        self.world.problems.append(scope.problem("E308", block.at, message, did_you_mean(block.id, known)))

    def _item(self, owner: Owner, key: tuple[str, str], at: KeyPath, scope: Scope) -> Block | None:
        index = at[-1]
        if key[0] == "tabel":
            return self.tables.table(owner.tabellen[index], scope.at(*at))
        figure = owner.figuren[index]
        if isinstance(figure, Figuur):
            return self.tables.figure(figure, scope.at(*at))
        return self.charts.figure(figure, scope.at(*at))


def _annexes(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(e for e in entries if e.number)
