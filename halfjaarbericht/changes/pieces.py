"""Inlines and blocks to sentences as a reader sees them, each with a core that does not know numbering.

In the core of 'zie paragraaf 1.3.[12]' the number of the section is replaced by the id of what is meant, and the
number of the note by a star. Two sentences with the same core differ in numbering only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from halfjaarbericht.changes.sentences import sentence_spans
from halfjaarbericht.verslag import (
    Block,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    NoteCall,
    Paragraph,
    Quote,
    Span,
    Subheading,
    Text,
)

_WHITE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or the whole of a short text: as printed, and its core."""

    text: str
    core: str


class Pieces:
    """Makes pieces for one edition; `unlinked` are annexes without a file, 'bijlage 5' → id, which are named in the
    text without a link."""

    def __init__(self, unlinked: Mapping[str, str]):
        self._unlinked = unlinked
        names = "|".join(re.escape(name) for name in unlinked)
        self._unlinked_name = re.compile(rf"\b({names})\b" if names else r"(?!)", re.IGNORECASE)

    def sentences(self, content: Inlines) -> tuple[Piece, ...]:
        """The sentences of running text."""
        text, atoms = self._flat(content)
        return tuple(_piece(text, atoms, start, end) for start, end in sentence_spans(text))

    def whole(self, content: Inlines) -> Piece:
        """A title, caption or other short text as one piece."""
        text, atoms = self._flat(content)
        return _piece(text, atoms, len(text) - len(text.lstrip()), len(text.rstrip()))

    def located(self, content: Inlines, whole: bool = False) -> list[tuple[int, int]]:
        """Where each sentence begins and ends in the text as `sentences` sees it; `whole` for a text that is one
        piece."""
        text, _ = self._flat(content)
        return [(len(text) - len(text.lstrip()), len(text.rstrip()))] if whole else sentence_spans(text)

    def stretches(self, content: Inlines) -> list[tuple[int, int, str]]:
        """Of each inline where it begins and ends in that text, and its own text there."""
        found: list[tuple[int, int, str]] = []
        text = ""
        for item in content:
            shown = "".join(part for part, _ in self._tokens((item,)))
            clean = _WHITE.sub(" ", shown)
            clean = clean.lstrip() if text.endswith(" ") else clean
            # The text itself, with its no-break spaces, when nothing was dropped from it.
            found.append((len(text), len(text) + len(clean), shown if len(shown) == len(clean) else clean))
            text += clean
        return found

    def of_blocks(self, blocks: tuple[Block, ...]) -> tuple[Piece, ...]:
        """The sentences of blocks in reading order: of a note or a cell. Tables inside are left out."""
        return tuple(piece for block in blocks for piece in self._of_block(block))

    def _of_block(self, block: Block) -> Iterator[Piece]:
        if isinstance(block, Paragraph | Subheading):
            yield from self.sentences(block.content)
        elif isinstance(block, Quote):
            yield from self.of_blocks(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from self.of_blocks(item)

    def _flat(self, content: Inlines) -> tuple[str, list[tuple[int, int, str]]]:
        """The text, and the stretches in it that have another core: (start, end, core)."""
        text = ""
        atoms: list[tuple[int, int, str]] = []
        for shown, core in self._tokens(content):
            clean = _WHITE.sub(" ", shown)
            clean = clean.lstrip() if text.endswith(" ") else clean
            if core is not None:
                atoms.append((len(text), len(text) + len(clean), core))
            text += clean
        return text, atoms

    def _tokens(self, content: Inlines) -> Iterator[tuple[str, str | None]]:
        for item in content:
            if isinstance(item, NoteCall):
                yield f"[{item.note}]", "[*]"
            elif isinstance(item, LineBreak):
                yield " ", None
            elif isinstance(item, Link) and item.kind != "extern":
                yield self._reference(item)
            elif isinstance(item, Span | Link):
                yield from self._tokens(item.children)
            elif isinstance(item, Text):
                yield from self._text(item.text)
            else:
                yield item.text, None

    def _text(self, text: str) -> Iterator[tuple[str, str | None]]:
        at = 0
        for found in self._unlinked_name.finditer(text):
            yield text[at : found.start()], None
            yield found[0], f"{_NUMBER.sub('#', found[0])}{{{self._unlinked[found[0].lower()]}#}}"
            at = found.end()
        yield text[at:], None

    def _reference(self, link: Link) -> tuple[str, str]:
        text, _ = self._flat(link.children)
        if "‘" in text:  # named by its title, in which a number is no numbering
            return text, f"{text}{{{link.document}#{link.href}}}"
        target = "noot" if link.href.startswith("noot_") else f"{link.document}#{link.href}"
        return text, f"{_NUMBER.sub('#', text)}{{{target}}}"


def plain_piece(text: str) -> Piece:
    """A piece of text without references."""
    clean = _WHITE.sub(" ", text).strip()
    return Piece(clean, clean)


def plain_sentences(text: str) -> tuple[Piece, ...]:
    """The sentences of text without references."""
    clean = _WHITE.sub(" ", text)
    return tuple(plain_piece(clean[start:end]) for start, end in sentence_spans(clean))


def _piece(text: str, atoms: list[tuple[int, int, str]], start: int, end: int) -> Piece:
    core, at = "", start
    for first, last, replacement in atoms:
        if start <= first and last <= end:
            core += text[at:first] + replacement
            at = last
    return Piece(text[start:end], core + text[at:end])
