"""What is wrong with text that is not YAML, told to somebody who writes a report and not to a programmer."""

from __future__ import annotations

import re
from typing import Any

from halfjaarbericht.problems import Problem

QUOTE_HINT = "zet de waarde tussen aanhalingstekens, of gebruik een blok met |"
_INDENT_HINT = "zet sleutels van één niveau recht onder elkaar, elk met een dubbele punt en een spatie"

# The parser's English sentences in Dutch, each with what to do about it.
_SYNTAX = {
    "mapping values are not allowed": ("een dubbele punt met spatie kan hier niet", QUOTE_HINT),
    "could not find expected ':'": ("hier hoort een sleutel met een dubbele punt", _INDENT_HINT),
    "did not find expected key": ("hier hoort een sleutel; de inspringing of een aanhalingsteken klopt niet", ""),
    "did not find expected '-' indicator": ("hier hoort een streepje; de inspringing klopt niet", ""),
    "did not find expected ',' or ']'": ("de lijst die hier begint, is niet goed afgesloten", "sluit haar af met ]"),
    "did not find expected ',' or '}'": ("de groep die hier begint, is niet goed afgesloten", "sluit haar af met }"),
    "found unexpected end of stream": (
        "het aanhalingsteken dat hier staat, wordt nergens gesloten",
        "zet aan het eind van de waarde hetzelfde aanhalingsteken",
    ),
    "found character that cannot start any token": ("een waarde kan niet met dit teken beginnen", QUOTE_HINT),
    "found a tab character": ("een tab; spring in met spaties", ""),
    "did not find expected alphabetic or numeric": ("een waarde kan niet met dit teken beginnen", QUOTE_HINT),
    "found unknown escape character": (
        "tussen dubbele aanhalingstekens kan hier geen \\ staan",
        "schrijf \\\\, of gebruik enkele aanhalingstekens",
    ),
    "found undefined tag handle": ("een waarde kan niet met een uitroepteken beginnen", QUOTE_HINT),
}
_UNCLOSED = ("expected ',' or", "unexpected end of stream")
_ROLE_FIRST = re.compile(r"(?:^|: |- |\[|, )\s*(\{[A-Za-z_-]+\}`[^`]*`?)")
_KEY_BEFORE = re.compile(r"[\s-]*[\w.-]+\Z")
# What YAML allows, the other way around; and the marks that turn the direction of text, which can hide what it says.
_CONTROL = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def split_lines(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def unwanted(text: str) -> bool:
    """Whether a text has a character that may not stand in the content."""
    return _CONTROL.search(text) is not None


def control_problem(text: str, path: str) -> Problem | None:
    """A problem at the first character that YAML does not allow, or None."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    before = _LINE_END.split(text[: found.start()])
    line = split_lines(text)[len(before) - 1]
    hint = "verwijder het; het is vaak meegekomen met plakken uit een ander programma"
    return Problem(path, len(before), len(before[-1]) + 1, "E101", "een onzichtbaar stuurteken", hint, line)


def encoding_problem(shown: str, error: UnicodeDecodeError) -> Problem:
    """The place of the first byte that is not UTF-8; the excerpt as the old Windows encoding would have it."""
    data = bytes(error.object)
    before = split_lines(data[: error.start].decode("utf-8-sig", "replace") + "?")
    excerpt = split_lines(data.decode("cp1252", "replace"))[len(before) - 1]
    hint = "bewaar het als UTF-8"
    return Problem(shown, len(before), len(before[-1]), "E104", "het bestand is geen UTF-8", hint, excerpt)


def syntax_problem(error: Any, lines: list[str], path: str) -> Problem:
    """The problem behind an error of the YAML parser."""
    english = str(getattr(error, "problem", "") or "")
    message, hint = next((d for e, d in _SYNTAX.items() if e in english), ("de YAML is hier niet te lezen", ""))
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None)
    if start is not None and any(part in english for part in _UNCLOSED):
        hint = _went_wrong(hint, mark, start, lines)
        mark = start
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if line > len(lines):
        line, column = max(len(lines), 1), 1
    excerpt = lines[line - 1] if lines else ""
    if excerpt[column - 1 : column] == "\t":
        message, hint = _SYNTAX["found a tab character"]
    width = 1
    role = next((m for m in _ROLE_FIRST.finditer(excerpt) if m.start(1) < column <= m.end(1) + 1), None)
    if role:
        message, hint = "een waarde kan niet met een rol beginnen", QUOTE_HINT
        column, width = role.start(1) + 1, len(role[1])
    elif "mapping values" in english and _KEY_BEFORE.fullmatch(excerpt[: column - 1]):
        message = "deze sleutel kan hier niet: de inspringing klopt niet, of erboven ontbreekt een dubbele punt"
        hint, width = _INDENT_HINT, column - 1 - _indent(excerpt)
        column = _indent(excerpt) + 1
    return Problem(path, line, column, "E101", message, hint, excerpt, width)


def _went_wrong(hint: str, mark: Any, start: Any, lines: list[str]) -> str:
    """Where reading on became impossible, when that is on another line than where it began."""
    if mark is None or mark.line == start.line or mark.line >= len(lines):
        return hint
    where = f"op regel {mark.line + 1} gaat het mis"
    return f"{hint}; {where}" if hint else where


def _indent(text: str) -> int:
    match = re.match(r"[\s-]*", text)
    return match.end() if match else 0
