"""What is put where in a marked document, and putting it there: the report is made anew with spans `ins` and `del`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from halfjaarbericht.changes.located import Range
from halfjaarbericht.changes.pieces import Pieces
from halfjaarbericht.verslag import (
    Block,
    Blocks,
    Cell,
    Document,
    Edit,
    Figure,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Section,
    Span,
    Subheading,
    Table,
    Text,
)


def gone(name: str, text: str) -> Span:
    """What stood there."""
    return Span("del", (Text(text),), name)


@dataclass
class TextEdit:
    """What is done to a paragraph or subheading: what stood before it goes in front, in the same line, and (id or '',
    range in its text) is new."""

    front: list[Inline] = field(default_factory=list)
    new: list[tuple[str, Range]] = field(default_factory=list)


@dataclass
class Edits:
    """What is done to a document. Blocks, cells and tables go by their identity, so none may stand in it twice."""

    texts: dict[int, TextEdit] = field(default_factory=dict)
    before: dict[int, list[Block]] = field(default_factory=dict)
    after: dict[int, list[Block]] = field(default_factory=dict)
    cells: dict[int, Blocks] = field(default_factory=dict)
    """Cells in which no text stands any more, with what did."""
    rows: dict[int, dict[int, list[Row]]] = field(default_factory=dict)
    """Of a table the rows that went, by the row of now that they stood before."""
    leads: dict[str, list[Block]] = field(default_factory=dict)
    """What a section begins with, by its id; '' is the document."""
    facts: dict[str, Edit] = field(default_factory=dict)
    """What the templates ask for by name."""

    def text(self, block: Block) -> TextEdit:
        """What is done to the text of a block, to add to."""
        return self.texts.setdefault(id(block), TextEdit())


def apply_edits(document: Document, edits: Edits, pieces: Pieces) -> Document:
    """The document with the edits in it, made of new blocks, each of which stands in it once."""
    rewriter = _Rewriter(edits, pieces)
    return replace(
        document,
        blocks=(*edits.leads.get("", ()), *rewriter.blocks(document.blocks)),
        sections=rewriter.sections(document.sections),
        notes=tuple(replace(note, blocks=rewriter.blocks(note.blocks)) for note in document.notes),
        edits=edits.facts,
    )


class _Rewriter:
    def __init__(self, edits: Edits, pieces: Pieces):
        self.edits, self.pieces = edits, pieces

    def sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        return tuple(
            replace(
                section,
                blocks=(*self.edits.leads.get(section.id, ()), *self.blocks(section.blocks)),
                sections=self.sections(section.sections),
            )
            for section in sections
        )

    def blocks(self, blocks: Blocks) -> Blocks:
        around = self.edits
        return tuple(
            each
            for block in blocks
            for each in (*around.before.get(id(block), ()), self._block(block), *around.after.get(id(block), ()))
        )

    def _block(self, block: Block) -> Block:
        if isinstance(block, Quote):
            return replace(block, blocks=self.blocks(block.blocks))
        if isinstance(block, ListBlock):
            return replace(block, items=tuple(self.blocks(item) for item in block.items))
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Figure):
            return replace(block, table=self._table(block.table) if block.table else None)
        if isinstance(block, Paragraph | Subheading):
            return replace(block, content=self._content(block))
        return replace(block)

    def _content(self, block: Paragraph | Subheading) -> Inlines:
        edit = self.edits.texts.get(id(block), TextEdit())
        return (*edit.front, *with_new(self.pieces, block.content, edit.new))

    def _table(self, table: Table) -> Table:
        went = self.edits.rows.get(id(table), {})
        end = len(table.body)
        return replace(
            table,
            head=self._rows(table.head, {}),
            body=self._rows(table.body, {n: rows for n, rows in went.items() if n <= end}),
            foot=self._rows(table.foot, {n - end: rows for n, rows in went.items() if n > end}),
        )

    def _rows(self, rows: Sequence[Row], went: dict[int, list[Row]]) -> tuple[Row, ...]:
        found: list[Row] = []
        for number, row in enumerate(rows):
            found += went.get(number, ())
            found.append(replace(row, cells=tuple(self._cell(cell) for cell in row.cells)))
        return (*found, *went.get(len(rows), ()))

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, blocks=(*self.edits.cells.get(id(cell), ()), *self.blocks(cell.blocks)))


def with_new(pieces: Pieces, content: Inlines, new: Sequence[tuple[str, Range]]) -> Inlines:
    """The inlines with an `ins` around what lies in the ranges; what is no plain text is marked as a whole."""
    result: list[Inline] = []
    named: set[str] = set()
    for item, (start, end, text) in zip(content, pieces.stretches(content), strict=True):
        here = [(name, max(a, start), min(b, end)) for name, (a, b) in new if a < end and b > start]
        # A range may run over several inlines; an id stands in a page once.
        here = [("" if name in named else name, a, b) for name, a, b in here]
        named |= {name for name, _, _ in here}
        if not here:
            result.append(item)
        elif not isinstance(item, Text):
            result.append(Span("ins", (item,), here[0][0]))
        else:
            result += _split(text, start, here)
    return tuple(result)


def _split(text: str, start: int, new: Sequence[tuple[str, int, int]]) -> list[Span | Text]:
    """A text that begins at `start`, cut at the ranges."""
    parts: list[Span | Text] = []
    at = start
    for name, a, b in sorted(new, key=lambda item: item[1]):
        parts += [Text(text[at - start : a - start]), Span("ins", (Text(text[a - start : b - start]),), name)]
        at = b
    parts.append(Text(text[at - start :]))
    return [part for part in parts if not isinstance(part, Text) or part.text]
