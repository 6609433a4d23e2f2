"""Markup that was not understood and would be printed as it was typed: half a link, loose asterisks, an entity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from markdown_it.token import Token

from halfjaarbericht.prose.foreign import MAX_OF_A_KIND
from halfjaarbericht.prose.tree import At, Complaint

WORDS = ("text", "text_special")
"""The tokens that together make up running text; what was escaped is a text_special."""

_LEFTOVERS: tuple[tuple[re.Pattern[str], str, str, str], ...] = (
    (
        re.compile(r"\](?:\(|\[)"),
        "E216",
        "deze link is niet goed geschreven",
        "schrijf [tekst](https://…), zonder spatie in het adres en zonder noot of link in de tekst",
    ),
    (
        re.compile(r"\*\*+"),
        "E215",
        "sterretjes zonder tegenhanger",
        "vet is **woord**, zonder spatie aan de binnenkant; schrijf \\*\\* voor de tekens zelf",
    ),
    (
        re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"),
        "E211",
        "een HTML-code voor een teken is niet toegestaan",
        "typ het teken zelf",
    ),
)


def find_leftovers(children: Sequence[Token], content: str, at: Callable[[int, int], At]) -> Iterator[Complaint]:
    """The mistakes in the running text among the inline tokens of `content`; `at` gives the place of an offset in
    it and a width."""
    for text, offsets in _runs(children, content):
        for pattern, code, message, hint in _LEFTOVERS:
            for match in islice(pattern.finditer(text), MAX_OF_A_KIND):
                yield Complaint(code, at(offsets[match.start()], len(match[0])), message, hint)


def _runs(children: Sequence[Token], content: str) -> Iterator[tuple[str, list[int]]]:
    """Pieces of running text, escaped characters blanked, with the offset in `content` of every character."""
    text, offsets = "", list[int]()
    cursor = end_of_link = 0
    for token in children:
        if token.type in WORDS:
            written = token.markup or token.content
            cursor = max(content.find(written, cursor), cursor)
            text += "\0" if token.type == "text_special" else written
            offsets += [cursor] if token.type == "text_special" else range(cursor, cursor + len(written))
            cursor += len(written)
            continue
        if text:
            yield text, offsets
            text, offsets = "", []
        if token.type == "link_open":
            end_of_link = token.meta["pos"] + token.meta["width"]
        elif token.type == "link_close":
            cursor = max(cursor, end_of_link)
        elif "width" in token.meta:
            cursor = token.meta["pos"] + token.meta["width"]
    if text:
        yield text, offsets
