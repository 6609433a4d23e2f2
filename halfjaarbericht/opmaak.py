"""From resolved inlines and blocks to markup: the running text, in Python because there is much of it.

What a house style may want to change as a whole (notes, tables, figures, lists of matters, links) is left to the
macros in templates/macros; this module calls them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from halfjaarbericht.cijferregister import Piece, numbers_in
from halfjaarbericht.paginahulp import unmarked
from halfjaarbericht.vergeleken import EDITS, NO_EDITS, Compared, edit_markup, present_words
from halfjaarbericht.verslag import (
    Blocks,
    Cell,
    Edit,
    Figure,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    Note,
    NoteCall,
    Number,
    Overview,
    Paragraph,
    Place,
    Quote,
    Section,
    Span,
    Subheading,
    Table,
    Text,
)

NO_ORIGINS: Mapping[str, Piece] = {}
_TAGS = {"em": "em", "strong": "strong", "sub": "sub", "sup": "sup"}


@dataclass(frozen=True)
class Macros:
    """The template macros that the running text calls; each gives markup."""

    note: Callable[[Note], str]
    """The first call of a note."""
    note_again: Callable[[int, int], str]
    """(number, occurrence): a later call."""
    link: Callable[[str, str, str], str]
    """(kind, href, markup of the text); href is '' when there is nothing to link to."""
    table: Callable[[Table], str]
    figure: Callable[[Figure], str]
    overview: Callable[[Overview], str]
    origin: Callable[[str, str, str, str], str]
    """(href, markup of a number, its text, words): a number with where it comes from."""


class Opmaak:
    """Markup for one document in one medium.

    `load_macros` gives the macros, which call back to this object; `notes` are the notes of the document by number;
    `addresses` gives for each document of the edition the file to link to, '' when there is none; `origins` for
    numbers where they come from in words and the address that tells more; `mark` makes the attribute that tells
    where a block stands in the content; `edits` tells, in a preview that compares, which facts are other than they
    were. All methods return markup that is safe to print as it is.
    """

    def __init__(
        self,
        load_macros: Callable[[Opmaak], Macros],
        notes: Mapping[int, Note],
        addresses: Mapping[str, str],
        origins: Mapping[str, Piece] = NO_ORIGINS,
        mark: Callable[[Place | None], str] = unmarked,
        edits: Mapping[str, Edit] = NO_EDITS,
    ):
        self.mark = mark
        self.compared = Compared(edits, self.inlines)
        macros = self._macros = load_macros(self)
        self._notes = notes
        self._addresses = addresses
        self._origins = origins
        self._inline: dict[type, Callable[[Any], str]] = {
            Text: lambda item: escape(item.text),
            Span: self._span,
            Link: self._link,
            Number: self._number,
            NoteCall: self._note_call,
            LineBreak: lambda item: "<br>",
        }
        self._plain_inline: dict[type, Callable[[Any], str]] = {
            **self._inline,
            Span: lambda span: _span(span, self.plain(span.children)),
            Link: lambda link: self.plain(link.children),
            Number: _number,
            NoteCall: lambda call: "",
        }
        self._linked_inline: dict[type, Callable[[Any], str]] = {
            **self._inline,
            Span: lambda span: _span(span, self._linked(span.children)),
            Number: _number,
        }
        self._block: dict[type, Callable[[Any], str]] = {
            Paragraph: lambda block: f"<p{mark(block.place)}>{self.inlines(block.content)}</p>\n",
            ListBlock: self._list,
            Quote: lambda block: f"<blockquote{mark(block.place)}>\n{self.blocks(block.blocks)}</blockquote>\n",
            Subheading: self._subheading,
            Table: macros.table,
            Figure: macros.figure,
            Overview: macros.overview,
        }
        self._note_block: dict[type, Callable[[Any], str]] = {
            Paragraph: lambda block: f'<span class="noot-alinea">{self.inlines(block.content)}</span>',
            ListBlock: self._note_list,
            Quote: lambda block: f'<span class="noot-citaat">{self.note_blocks(block.blocks)}</span>',
            Subheading: lambda block: f'<span class="noot-kop">{self.inlines(block.content)}</span>',
        }

    # --- inline -------------------------------------------------------------------------------------------------

    def inlines(self, content: Inlines) -> Markup:
        """Inline markup, with notes and links."""
        render = self._inline
        return Markup("".join([render[type(item)](item) for item in content]))

    def plain(self, content: Inlines) -> Markup:
        """Inline markup for a place where notes and links cannot stand: the contents list, a link's own text."""
        render = self._plain_inline
        return Markup("".join([render[type(item)](item) for item in content]))

    def _span(self, span: Span) -> str:
        return _span(span, self.inlines(span.children))

    def _number(self, number: Number) -> str:
        origin = self._origins.get(number.id)
        shown = _number(number)
        return self._macros.origin(origin.href, shown, number.text, origin.text) if origin else shown

    def _linked(self, content: Inlines) -> Markup:
        """Inline markup inside a link: a number is no link of its own there."""
        render = self._linked_inline
        return Markup("".join([render[type(item)](item) for item in content]))

    def _link(self, link: Link) -> str:
        text = self._linked(link.children)
        if link.kind != "document":
            return self._macros.link(link.kind, link.href, text)
        file = self.address(link.document)
        return self._macros.link("document", f"{file}#{link.href}" if file and link.href else file, text)

    def address(self, document: str) -> str:
        """The file of another document of the edition, as a relative link; '' when it has none."""
        return self._addresses.get(document, "")

    def _note_call(self, call: NoteCall) -> str:
        if call.occurrence == 1:
            return self._macros.note(self._notes[call.note])
        return self._macros.note_again(call.note, call.occurrence)

    # --- blocks -------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Blocks) -> Markup:
        """Markup of blocks below each other."""
        render = self._block
        return Markup("".join([render[type(block)](block) for block in blocks]))

    def tight(self, blocks: Blocks) -> Markup:
        """Blocks without the space of paragraphs: an item of a tight list, a cell of a table.

        A lone paragraph, or one that only nested lists follow, is printed without its own element.
        """
        if not blocks or not isinstance(blocks[0], Paragraph):
            return self.blocks(blocks)
        rest = blocks[1:]
        if any(isinstance(block, Paragraph) for block in rest):
            return self.blocks(blocks)
        return Markup(f"{self.inlines(blocks[0].content)}{self.blocks(rest)}")

    def cell(self, cell: Cell) -> Markup:
        """A cell of a table with its scope, spans and headers."""
        name = "th" if cell.header else "td"
        attributes = [("scope", cell.header), ("id", cell.id), ("headers", " ".join(cell.headers))]
        attributes += [("abbr", present_words(cell.blocks))] if cell.header else []
        attributes += [("colspan", str(cell.colspan))] if cell.colspan > 1 else []
        attributes += [("rowspan", str(cell.rowspan))] if cell.rowspan > 1 else []
        attributes += [("class", "rechts")] if cell.align == "right" else []
        shown = "".join([f' {key}="{escape(value)}"' for key, value in attributes if value])
        return Markup(f"<{name}{shown}{self.mark(_origin(cell.blocks))}>{self.tight(cell.blocks)}</{name}>")

    def _list(self, block: ListBlock) -> str:
        item, mark = (self.tight, self.mark) if block.tight else (self.blocks, unmarked)
        items = "".join([f"<li{mark(_origin(blocks))}>{item(blocks)}</li>\n" for blocks in block.items])
        place = self.mark(block.place)
        looseness = "dicht" if block.tight else "ruim"
        if block.kind == "bullet":
            return f'<ul class="{looseness}"{place}>\n{items}</ul>\n'
        kind = ' type="a"' if block.kind == "alpha" else ""
        # The engine for PDF does not know the start attribute.
        start = f' start="{block.start}" style="counter-reset: list-item {block.start - 1}"' if block.start != 1 else ""
        return f'<ol class="{looseness} {block.kind}"{kind}{start}{place}>\n{items}</ol>\n'

    def _subheading(self, block: Subheading) -> str:
        attributes = f'class="tussenkop" id="{escape(block.id)}" data-label="{escape(block.plain)}"'
        place = self.mark(block.place)
        return f"<h{block.level} {attributes}{place}>{self.inlines(block.content)}</h{block.level}>\n"

    # --- notes --------------------------------------------------------------------------------------------------

    def note_blocks(self, blocks: Blocks) -> Markup:
        """The text of a note as inline markup, since in print a note stands inside the sentence that calls it."""
        first, rest = blocks[:1], blocks[1:]
        if first and isinstance(first[0], Paragraph):
            opening = str(self.inlines(first[0].content))
        else:
            opening, rest = "", blocks
        render = self._note_block
        return Markup(opening + "".join([render[type(block)](block) for block in rest]))

    def _note_list(self, block: ListBlock) -> str:
        markers = (_marker(block, index) for index in range(len(block.items)))
        return "".join(
            f'<span class="noot-item">{marker} {self.note_blocks(blocks)}</span>'
            for marker, blocks in zip(markers, block.items, strict=True)
        )


def _origin(blocks: Blocks) -> Place | None:
    """Where what a cell or list item begins with stands: its text, or the data that it shows."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph):
        return None
    cell = next((number.cell for number in numbers_in(first.content) if number.cell), None)
    return Place(cell.file, cell.line, 1) if cell else first.place


def _number(number: Number) -> Markup:
    value, name = escape(number.value), escape(number.id)
    return Markup(f'<data class="getal" value="{value}" data-cijfer="{name}">{escape(number.text)}</data>')


def _span(span: Span, inner: Markup) -> str:
    if span.kind == "lang":
        return f'<span lang="{escape(span.value)}">{inner}</span>'
    if span.kind == "abbr":
        title = f' title="{escape(span.value)}"' if span.value else ""
        return f"<abbr{title}>{inner}</abbr>"
    if span.kind in EDITS:
        return edit_markup(span.kind, span.value, inner)
    tag = _TAGS[span.kind]
    return f"<{tag}>{inner}</{tag}>"


def _marker(block: ListBlock, index: int) -> str:
    """The typed-out marker of a list inside a note."""
    number = block.start + index
    if block.kind == "bullet":
        return "•"
    return f"{chr(ord('a') + (number - 1) % 26)}." if block.kind == "alpha" else f"{number}."


def heading_number(section: Section) -> str:
    """The number before a heading: '1.' for a chapter, '1.2' below it, '' without numbering."""
    return f"{section.number}." if section.number.isalnum() else section.number


def heading_label(section: Section) -> str:
    """The heading as plain text, for the outline and for names: '1.2 Wijkagenten'."""
    return f"{heading_number(section)} {section.plain}".strip()
