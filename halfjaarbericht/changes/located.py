"""A document as text, with where in it each text stands: the block or cell that a mark is put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from halfjaarbericht.changes.pieces import Pieces
from halfjaarbericht.changes.tabletext import filled
from halfjaarbericht.changes.units import Reader
from halfjaarbericht.verslag import (
    Block,
    Blocks,
    Cell,
    Document,
    Figure,
    ListBlock,
    Overview,
    Paragraph,
    Quote,
    Section,
    Subheading,
    Table,
)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a text stands. `block` is the block that it belongs to, and in a paragraph `span` its place in the text of
    that; `cell` is the cell of a column heading, `section` the section of a title or fact."""

    block: Block | None = None
    span: Range | None = None
    cell: Cell | None = None
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it was compared: its cells by row and column, None where a cell spans from elsewhere. `last` is the
    index of the last text that belongs to it, `figure` the chart whose data it holds."""

    table: Table
    cells: tuple[tuple[Cell | None, ...], ...]
    last: int = -1
    figure: Figure | None = None


class Located(Reader):
    """Reads a document, in which no block stands twice, and remembers of each text where it stands."""

    def __init__(self, pieces: Pieces):
        super().__init__(pieces)
        self.homes: dict[int, Home] = {}
        self.grids: list[Grid] = []
        self.sections: dict[str, Section] = {}

    def _section(self, section: Section, show_matters: bool) -> None:
        start = len(self.units)
        self.sections[section.id] = section
        super()._section(section, show_matters)
        for index in range(start, len(self.units)):
            if self.units[index].scope == section.id:
                self.homes.setdefault(index, Home(section=section))

    def _block(self, block: Block) -> None:
        start = len(self.units)
        super()._block(block)
        if isinstance(block, Paragraph | Subheading):
            spans = self.pieces.located(block.content, whole=isinstance(block, Subheading))
            self.homes |= {start + n: Home(block, spans[n]) for n in range(len(self.units) - start)}
        elif isinstance(block, Table | Figure | Overview):
            for index in range(start, len(self.units)):
                self.homes.setdefault(index, Home(block))

    def _table(self, table: Table, name: str, series: str) -> None:
        start, number = len(self.units), len(self.grids)
        rows = filled((*table.body, *table.foot))
        cells = tuple(tuple(cell if first else None for cell, first in row) for row in rows)
        self.grids.append(Grid(table, cells))
        super()._table(table, name, series)
        slots = (f"bijschrift:{table.id}", f"bron:{table.id}")
        own = [n for n in range(start, len(self.units)) if self._is_of(n, table.id, slots)]
        headings = [n for n in own if self.units[n].kind == "kolomkop"]
        shown = [cell for row in table.head for cell in row.cells if self.sentences(cell.blocks)]
        self.homes |= {n: Home(table) for n in own}
        self.homes |= {n: Home(table, cell=cell) for n, cell in zip(headings, shown, strict=True)}
        self.grids[number] = replace(self.grids[number], last=max(own, default=start - 1))

    def _is_of(self, index: int, table: str, slots: Sequence[str]) -> bool:
        unit = self.units[index]
        return unit.scope == f"tabel:{table}" or unit.slot in slots

    def _figure(self, figure: Figure) -> None:
        start, number = len(self.units), len(self.grids)
        super()._figure(figure)
        # The table of a chart is no block of its own.
        self.grids[number:] = [replace(grid, figure=figure) for grid in self.grids[number:]]
        for index in range(start, len(self.units)):
            self.homes[index] = replace(self.homes.get(index, Home()), block=figure)

    def _notes(self, document: Document) -> None:
        start = len(self.units)
        super()._notes(document)
        sentences = [each for note in document.notes for each in self.sentences(note.blocks)]
        self.homes |= {start + n: Home(block, span) for n, (block, span) in enumerate(sentences)}

    def shown(self, grid: int) -> Table | Figure:
        """The block by which a table is shown: itself, or the chart whose data it holds."""
        return self.grids[grid].figure or self.grids[grid].table

    def sentences(self, blocks: Blocks) -> list[tuple[Paragraph | Subheading, Range]]:
        """The sentences of blocks, as `Pieces.of_blocks` has them: each with its paragraph and its place in that."""
        return [(text, span) for text in _texts(blocks) for span in self.pieces.located(text.content)]


def _texts(blocks: Blocks) -> Iterator[Paragraph | Subheading]:
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield block
        elif isinstance(block, Quote):
            yield from _texts(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _texts(item)
