"""Open places: where somebody still has to write something, found by the words that people leave there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from halfjaarbericht.verslag import (
    Block,
    Blocks,
    Document,
    Figure,
    Inlines,
    Link,
    ListBlock,
    Paragraph,
    Place,
    Quote,
    Section,
    Span,
    Subheading,
    Table,
    Text,
)

# Words of a draft. Capitals only for what is a word or a name otherwise; PM is what a policy officer writes for
# 'pro memorie', but not in the midst of an amount (PM 10).
_OPEN = re.compile(
    r"nog (?:te schrijven|aan te vullen|in te vullen|aan te leveren|na te gaan|uit te zoeken)"
    r"|(?-i:\bTODO\b|\bTBD\b|\bXX+\b|\bP\.?M\.?(?![\w ]*\d)(?!\w))|\[(?:\.{2,}|…|\?+|naam|datum|aantal|getal|pm)\]"
    r"|<<[^<>]*>>|\?{3,}",
    re.IGNORECASE,
)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A place where something is still to be written, with the words there."""

    stem: str
    place: Place
    text: str


def open_places(document: Document) -> tuple[OpenPlace, ...]:
    """All open places of a document in reading order, its notes last."""
    return tuple(OpenPlace(document.stem, place, text) for place, text in _of_document(document))


Found = Iterator[tuple[Place, str]]


def _of_document(document: Document) -> Found:
    for name, line in (("title", document.title), ("salutation", document.salutation)):
        yield from _of_inlines(line, document.places.get(name))
    yield from _of_blocks(document.blocks)
    for section in document.sections:
        yield from _of_section(section)
    for note in document.notes:
        yield from _of_blocks(note.blocks, note.place)


def _of_section(section: Section) -> Found:
    yield from _of_inlines(section.title, section.title_place)
    yield from _of_blocks(section.blocks)
    for child in section.sections:
        yield from _of_section(child)


def _of_blocks(blocks: Blocks, above: Place | None = None) -> Found:
    for block in blocks:
        yield from _of_block(block, block.place or above)


def _of_block(block: Block, place: Place | None) -> Found:
    if isinstance(block, Paragraph | Subheading):
        yield from _of_inlines(block.content, place)
    elif isinstance(block, Quote):
        yield from _of_blocks(block.blocks, place)
    elif isinstance(block, ListBlock):
        for item in block.items:
            yield from _of_blocks(item, place)
    elif isinstance(block, Table | Figure):
        yield from _of_inlines((*block.caption, *block.source), place)
        table = block if isinstance(block, Table) else block.table
        for row in (*table.head, *table.body, *table.foot) if table else ():
            for cell in row.cells:
                yield from _of_blocks(cell.blocks, place)


def _of_inlines(inlines: Inlines, place: Place | None) -> Found:
    text = _plain(inlines)
    found = _OPEN.search(text)
    if found and place is not None:
        start = max(found.start() - _LONGEST // 2, 0)
        yield place, text[start : start + _LONGEST].strip()


def _plain(inlines: Inlines) -> str:
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, Span | Link):
            parts.append(_plain(inline.children))
    return "".join(parts)
