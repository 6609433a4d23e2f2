"""Small operations on inlines: their plain words, the same without notes, the same with a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from halfjaarbericht.language.bronnen import Citation
from halfjaarbericht.language.nederlands import capitalise
from halfjaarbericht.prose.tree import PInlines, PLink, PNote, PSpan
from halfjaarbericht.verslag import Inline, Inlines, LineBreak, Link, NoteCall, Span, Text


def plain(inlines: Inlines) -> str:
    """The words of inlines, without notes, with single spaces: for a table of contents, a bookmark, a title."""
    return re.sub(r"[ \t\n]+", " ", "".join(_plain(i) for i in inlines)).strip()


def _plain(inline: Inline) -> str:
    if isinstance(inline, Span | Link):
        return "".join(_plain(child) for child in inline.children)
    if isinstance(inline, NoteCall):
        return ""
    return " " if isinstance(inline, LineBreak) else inline.text


def without_notes(inlines: PInlines) -> PInlines:
    """The same prose with the calls of notes left out, those inside emphasis and links too."""
    kept = (i for i in inlines if not isinstance(i, PNote))
    return tuple(replace(i, children=without_notes(i.children)) if isinstance(i, PSpan | PLink) else i for i in kept)


def note_calls(inlines: PInlines) -> Iterator[PNote]:
    """All calls of notes in a line of prose."""
    for inline in inlines:
        if isinstance(inline, PNote):
            yield inline
        elif isinstance(inline, PSpan | PLink):
            yield from note_calls(inline.children)


def in_plural(inline: Inline) -> Inline:
    """An abbreviation that a plural ending follows, without its full form: that is singular, so whoever hears it in
    place of the abbreviation would hear 'opsporingsambtenaar’s'. Anything else as it is."""
    if not isinstance(inline, Span):
        return inline
    if inline.kind == "abbr":
        return replace(inline, value="")
    only = inline.children[0] if inline.kind == "lang" and len(inline.children) == 1 else None
    return replace(only, value="") if isinstance(only, Span) and only.kind == "abbr" else inline


def cited(found: Citation) -> Inlines:
    """A citation with its link, and with its language on the part that is not Dutch."""
    text: Inlines = (Text(found.text),)
    if found.foreign:
        before, foreign, after = found.text.partition(found.foreign)
        text = (Text(before), Span("lang", (Text(foreign),), found.language), Text(after))
    return (Link("extern", found.url, text),) if found.url else text


def capitalised(inlines: Inlines) -> Inlines:
    """The same inlines with a capital at the start of the sentence."""
    if not inlines:
        return inlines
    first = inlines[0]
    if isinstance(first, Text):
        return (Text(capitalise(first.text)), *inlines[1:])
    if isinstance(first, Link):
        return (Link(first.kind, first.href, capitalised(first.children), first.document), *inlines[1:])
    return inlines
