"""Lists with letters, which Markdown does not know: `a. ` is read as `1) `, as wide, and remembered by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markdown_it.token import Token

_ALPHA = re.compile(r"^((?:[ >]|[-*+] |\d+[.)] )*)([a-z])\. (?=\S)")


def parse_with_letters(text: str, parse: Callable[[str], list[Token]]) -> tuple[list[Token], Mapping[int, int]]:
    """The tokens of `text`, and for each line that opens an item with a letter the rank of that letter (a = 1).

    A letter at the start of a line in the middle of a paragraph is no list; only parsing tells, so such lines are
    put back and the text is parsed again.
    """
    lines = text.split("\n")
    marks = {number: match for number, line in enumerate(lines) if (match := _ALPHA.match(line))}
    while True:
        tokens = parse(_written(lines, marks))
        wrong = set(_inside_paragraphs(tokens)) & set(marks)
        if not wrong:
            return tokens, {number: _rank(match) for number, match in marks.items()}
        marks = {number: match for number, match in marks.items() if number not in wrong}


def _written(lines: Sequence[str], marks: Mapping[int, re.Match[str]]) -> str:
    result = list(lines)
    for number, match in marks.items():
        # Only one digit is as wide as a letter, and only a list from 1 may follow a paragraph at once.
        result[number] = f"{match[1]}{min(_rank(match), 9)}) {lines[number][match.end() :]}"
    return "\n".join(result)


def _rank(match: re.Match[str]) -> int:
    return ord(match[2]) - ord("a") + 1


def _inside_paragraphs(tokens: Sequence[Token]) -> list[int]:
    """The lines that continue a paragraph and begin with what would have been the mark of an item."""
    found = []
    for token in tokens:
        if token.type == "inline" and token.map:
            rows = token.content.split("\n")
            found += [token.map[0] + row for row, line in enumerate(rows) if row and re.match(r"\d\) ", line)]
    return found
