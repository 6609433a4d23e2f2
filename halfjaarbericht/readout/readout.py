"""A document as assistive technology gets it. The way in of this folder."""

from __future__ import annotations

from collections.abc import Iterator

from halfjaarbericht.language.talen import language_name
from halfjaarbericht.readout.blocks import Reader, counted
from halfjaarbericht.readout.inline import Voice
from halfjaarbericht.readout.tables import table
from halfjaarbericht.tagtree.model import Tree

INDENT = "  "


def read_out(tree: Tree) -> str:
    """All announcements, one a line, from the title to the last note."""
    return "\n".join([*_opening(tree), "", *_lines(tree)]) + "\n"


def _opening(tree: Tree) -> Iterator[str]:
    title = tree.title or "zonder titel"
    yield f"document: {title}" if tree.shows_title else f"document: {title} (de lezer toont de bestandsnaam)"
    yield f"taal: {language_name(tree.lang) if tree.lang else 'onbekend'}"
    yield counted(len(tree.pages), "bladzijde", "bladzijden")
    if not tree.tagged:
        yield "dit document heeft geen tags: een schermlezer moet raden"


def _lines(tree: Tree) -> Iterator[str]:
    reader = Reader(Voice(tree.lang or "nl"), table)
    for line in reader.blocks(tree.roots, 0):
        yield INDENT * line.depth + line.text
