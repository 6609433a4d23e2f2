"""Changes at their place: a report in which new words are marked, with what stood there before in front of them.

The marks are spans of the report itself (kinds `ins` and `del`), so that the templates that print the report print
them. What cannot be marked in running text (a cell, a caption, a title) is in the list only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from halfjaarbericht.changes.marks import changed_ranges
from halfjaarbericht.changes.model import DocumentText, EditionText, Unit
from halfjaarbericht.changes.pieces import Pieces
from halfjaarbericht.changes.result import Change
from halfjaarbericht.changes.tablecompare import compare_tables
from halfjaarbericht.changes.unitpairs import pair_units, with_present_scopes
from halfjaarbericht.changes.units import Reader, pieces_of
from halfjaarbericht.verslag import (
    Block,
    Blocks,
    Document,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Place,
    Quote,
    Report,
    Section,
    Span,
    Subheading,
    Text,
)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A change, with the id of its mark in the page ('' when it has none there) and its place in the content."""

    anchor: str
    change: Change
    place: Place | None


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A document with its changes marked, and all of them in reading order."""

    document: Document
    marks: tuple[Mark, ...]


def mark_changes(old: EditionText | None, report: Report) -> tuple[MarkedDocument, ...]:
    """Mark in each document of `report` what is other than in `old`; without `old` everything is new and nothing is
    marked, and so it is for a document that was not there."""
    before = {document.id: document for document in old.documents} if old else {}
    pieces = pieces_of(report)
    return tuple(
        _Marker(before[d.id], d, pieces).marked() if d.id in before else MarkedDocument(d, ()) for d in report.documents
    )


class _Located(Reader):
    """Reads a document, and remembers of which block each text is, and the how many-th."""

    def __init__(self, pieces: Pieces):
        super().__init__(pieces)
        self.owner: dict[int, tuple[Block, int]] = {}

    def _block(self, block: Block) -> None:
        start = len(self.units)
        super()._block(block)
        self._own(block, start)

    def _own(self, block: Block, start: int) -> None:
        for index in range(start, len(self.units)):
            self.owner.setdefault(index, (block, index - start))

    def _notes(self, document: Document) -> None:
        start = len(self.units)
        super()._notes(document)
        for note in document.notes:
            for block in note.blocks:
                count = len(self.pieces.of_blocks((block,)))
                for index in range(count):
                    self.owner[start + index] = (block, index)
                start += count


@dataclass
class _Edit:
    """What is done to one block: what is put before and after it, and where in it is something new."""

    gone: list[tuple[str, str]] = field(default_factory=list)  # (id, old text)
    after: list[tuple[str, str]] = field(default_factory=list)
    new: list[tuple[str, Range]] = field(default_factory=list)  # (id or '', range in its text)


class _Marker:
    """Marks one document."""

    def __init__(self, old: DocumentText, document: Document, pieces: Pieces):
        self.document = document
        self.pieces = pieces
        self.reader = _Located(pieces)
        self.now = self.reader.document(document)
        self.old = with_present_scopes(old.units, self.now.units)
        self.tables = compare_tables(old.tables, self.now.tables)[0]
        self.edits: dict[int, _Edit] = {}
        self.marks: list[Mark] = []

    def marked(self) -> MarkedDocument:
        """The document with its marks."""
        self._compare()
        self.marks += [Mark("", change, None) for change in self.tables]
        document = replace(
            self.document,
            blocks=self._blocks(self.document.blocks),
            sections=self._sections(self.document.sections),
            notes=tuple(replace(note, blocks=self._blocks(note.blocks)) for note in self.document.notes),
        )
        return MarkedDocument(document, tuple(self.marks))

    # --- comparing ----------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """Note every change at the block that it is in; what is gone behind the text that stood before it."""
        units = self.now.units
        alignment = pair_units(self.old, units)
        partner = {j: i for i, j in alignment.pairs}
        present = dict(alignment.pairs)
        gone = sorted(alignment.removed)
        for j, unit in enumerate(units):
            while j in partner and gone and gone[0] < partner[j]:
                self._removed(gone.pop(0), present)
            if j not in partner:
                self._changed(j, None)
            elif self.old[partner[j]].piece.core != unit.piece.core and self._differs(partner[j], unit):
                self._changed(j, self.old[partner[j]])
        for i in gone:
            self._removed(i, present)

    def _differs(self, i: int, unit: Unit) -> bool:
        return self.old[i].piece.text != unit.piece.text

    def _changed(self, j: int, before: Unit | None) -> None:
        unit = self.now.units[j]
        block, index = self.reader.owner.get(j, (None, 0))
        old = before.piece.text if before else ""
        change = Change("gewijzigd" if before else "nieuw", unit.kind, unit.heading, unit.where, old, unit.piece.text)
        if not isinstance(block, Paragraph | Subheading):
            self._mark(change, block, "")
            return
        edit = self.edits.setdefault(id(block), _Edit())
        name = self._mark(change, block)
        spans = self.pieces.located(block.content, whole=isinstance(block, Subheading))
        start, end = spans[index]
        ranges = changed_ranges(old, unit.piece.text) if before else [(0, end - start)]
        if old:
            edit.gone.append((name, old))
        names = ["" if old else name, *[""] * len(ranges)]
        edit.new += [(n, (start + a, start + b)) for n, (a, b) in zip(names, ranges, strict=False)]

    def _removed(self, i: int, present: Mapping[int, int]) -> None:
        unit = self.old[i]
        change = Change("vervallen", unit.kind, unit.heading, unit.where, unit.piece.text)
        for near in (*range(i - 1, -1, -1), *range(i + 1, len(self.old))):
            block = self.reader.owner.get(present.get(near, -1), (None, 0))[0]
            if unit.kind == "zin" and isinstance(block, Paragraph | Subheading):
                edit = self.edits.setdefault(id(block), _Edit())
                found = (self._mark(change, block), unit.piece.text)
                (edit.after if near < i else edit.gone).append(found)
                return
        self._mark(change, None, "")

    def _mark(self, change: Change, block: Block | None, name: str | None = None) -> str:
        anchor = f"wijziging_{len(self.marks) + 1}" if name is None else name
        self.marks.append(Mark(anchor, change, block.place if block else None))
        return anchor

    # --- marking ------------------------------------------------------------------------------------------------

    def _sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        return tuple(replace(s, blocks=self._blocks(s.blocks), sections=self._sections(s.sections)) for s in sections)

    def _blocks(self, blocks: Blocks) -> Blocks:
        return tuple(marked for block in blocks for marked in self._block(block))

    def _block(self, block: Block) -> Sequence[Block]:
        if isinstance(block, Quote):
            return (replace(block, blocks=self._blocks(block.blocks)),)
        if isinstance(block, ListBlock):
            return (replace(block, items=tuple(self._blocks(item) for item in block.items)),)
        edit = self.edits.get(id(block))
        if edit is None or not isinstance(block, Paragraph | Subheading):
            return (block,)
        before, after = ([_gone(name, text, block) for name, text in texts] for texts in (edit.gone, edit.after))
        return (*before, replace(block, content=_with_new(self.pieces, block.content, edit.new)), *after)


def _gone(name: str, text: str, block: Paragraph | Subheading) -> Paragraph:
    """What was there, at the place of what is there now."""
    return Paragraph((Span("del", (Text(text),), name),), block.place)


def _with_new(pieces: Pieces, content: Inlines, new: Sequence[tuple[str, Range]]) -> Inlines:
    """The inlines with an `ins` around what lies in the ranges; what is no plain text is marked as a whole."""
    result: list[Inline] = []
    for item, (start, end, text) in zip(content, pieces.stretches(content), strict=True):
        here = [(name, max(a, start), min(b, end)) for name, (a, b) in new if a < end and b > start]
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
