"""Small content folders for tests: the base of the broken ones, with files replaced or added."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from halfjaarbericht.problems import Problem
from halfjaarbericht.reading.load import load_edition, load_shared
from halfjaarbericht.resolving.resolve import resolve
from halfjaarbericht.verslag import (
    Block,
    Document,
    Figure,
    Inlines,
    Link,
    ListBlock,
    Overview,
    Paragraph,
    Quote,
    Report,
    Section,
    Span,
    Subheading,
    Table,
)

BASE = Path(__file__).parent / "fout" / "basis"
EDITION = "2030-1"


def write_content(folder: Path, files: Mapping[str, Any] | None = None) -> Path:
    """A content folder in `folder`: the base with `files` (text, or data that becomes YAML) laid over it."""
    content = folder / "content"
    if content.exists():
        shutil.rmtree(content)
    shutil.copytree(BASE, content)
    for name, what in (files or {}).items():
        file = content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = what if isinstance(what, str) else yaml.safe_dump(what, allow_unicode=True, sort_keys=False)
        file.write_text(text, encoding="utf-8")
    return content


def read_report(content: Path, edition: str = EDITION) -> tuple[Report, tuple[Problem, ...]]:
    """The resolved report of an edition, and what was remarked on the way. Raises ContentError."""
    return resolve(load_edition(content, edition, load_shared(content)))


def inlines_of(document: Document) -> Iterator[Inlines]:
    """Every run of inlines of a document in reading order, its notes after the text."""
    yield from (document.title, document.belongs_to, document.salutation)
    yield from _of_blocks(document.blocks)
    for section in document.sections:
        yield from _of_section(section)
    yield document.closing
    for note in document.notes:
        yield from _of_blocks(note.blocks)


def _of_section(section: Section) -> Iterator[Inlines]:
    yield section.title
    if section.matter:
        yield section.matter.citations
        yield section.matter.follow_up
    yield from _of_blocks(section.blocks)
    for child in section.sections:
        yield from _of_section(child)


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[Inlines]:
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield block.content
        elif isinstance(block, Quote):
            yield from _of_blocks(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _of_blocks(item)
        elif isinstance(block, Overview):
            for entry in block.items:
                yield from (entry.content, entry.citations)
        else:
            yield from _of_display(block)


def _of_display(block: Table | Figure) -> Iterator[Inlines]:
    yield block.caption
    if isinstance(block, Table):
        for row in (*block.head, *block.body, *block.foot):
            for cell in row.cells:
                yield from _of_blocks(cell.blocks)
    yield block.source


def flat(inlines: Inlines) -> Iterator[Any]:
    """All inlines, those inside spans and links too."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Span | Link):
            yield from flat(inline.children)
