"""Where the numbers of a resolved document stand: a walk over everything that is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from halfjaarbericht.herkomst import Use
from halfjaarbericht.onthouden import Remembered
from halfjaarbericht.verslag import (
    TOP,
    Block,
    Blocks,
    Document,
    Figure,
    Inlines,
    Link,
    ListBlock,
    Number,
    Overview,
    Paragraph,
    Place,
    Quote,
    Section,
    Span,
    Subheading,
    Table,
)

Found = Iterator[tuple[Number, Use]]
UsesMemory = Remembered[tuple[tuple[Number, Use], ...]]


def number_uses(document: Document, memory: UsesMemory | None = None) -> Found:
    """Every number that a document prints, in reading order, its notes after the text. With a `memory` sections that
    are the same objects as before are not gone through again."""
    top = _Walk(Use(document.id, document.label, "", document.plain, TOP), None, memory)
    for inlines in (document.title, document.belongs_to, document.salutation):
        yield from top.inlines(inlines)
    yield from top.blocks(document.blocks)
    for section in document.sections:
        yield from top.section(section)
    yield from top.inlines(document.closing)
    for note in document.notes:
        yield from top.at(f"noot {note.number}", "", f"noot_{note.number}").blocks(note.blocks)


def _use_at(here: Use, place: Place) -> Use:
    # Not dataclasses.replace: this is done for every number of an edition, and takes a third of the time.
    return Use(here.document, here.label, here.where, here.title, here.anchor, place.path, place.line, place.column)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The walk inside one part of a document. `place` is used for numbers that have no place of their own."""

    here: Use
    place: Place | None
    memory: UsesMemory | None

    def at(self, where: str, title: str, anchor: str, place: Place | None = None) -> _Walk:
        return _Walk(Use(self.here.document, self.here.label, where, title, anchor), place, self.memory)

    def section(self, section: Section) -> Iterable[tuple[Number, Use]]:
        if self.memory is None:
            return self._section(section)
        key = (id(section), self.here.document, self.here.label)
        return self.memory.of(key, section, lambda: tuple(self._section(section)))

    def _section(self, section: Section) -> Found:
        where = f"{'paragraaf' if '.' in section.number else 'hoofdstuk'} {section.number}" if section.number else ""
        inside = self.at(where, section.plain, section.id, section.place)
        yield from inside.inlines(section.title)
        if section.matter:
            yield from inside.inlines((*section.matter.citations, *section.matter.follow_up))
        yield from inside.blocks(section.blocks)
        for child in section.sections:
            yield from self.section(child)

    def blocks(self, blocks: Blocks) -> Found:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Found:
        if isinstance(block, Paragraph | Subheading):
            yield from self.inlines(block.content)
        elif isinstance(block, Quote):
            yield from self.blocks(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from self.blocks(item)
        elif isinstance(block, Overview):
            for entry in block.items:
                yield from self.inlines((*entry.content, *entry.citations))
        elif isinstance(block, Table):
            yield from self._table(block)
        else:
            yield from self._figure(block)

    def _table(self, table: Table) -> Found:
        inside = self.at(f"tabel {table.number}", table.plain, table.id, table.place) if table.number else self
        yield from inside.inlines((*table.caption, *table.source))
        for row in (*table.head, *table.body, *table.foot):
            for cell in row.cells:
                yield from inside.blocks(cell.blocks)

    def _figure(self, figure: Figure) -> Found:
        inside = self.at(f"figuur {figure.number}", figure.plain, figure.id, figure.place)
        yield from inside.inlines((*figure.caption, *figure.source))
        if figure.table:
            yield from inside._table(figure.table)

    def inlines(self, inlines: Inlines) -> Found:
        for inline in inlines:
            if isinstance(inline, Number):
                place = inline.place or self.place
                yield inline, _use_at(self.here, place) if place else self.here
            elif isinstance(inline, Span | Link):
                yield from self.inlines(inline.children)
