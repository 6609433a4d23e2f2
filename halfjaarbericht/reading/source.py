"""YAML text to plain data with a mark for every key and value: the only module that imports yaml.

A strict subset: only `true`, `false`, `null` and whole numbers written plainly are more than text. Plain YAML would
turn `no` into False, `12:30` into 750 and `1.178` into 1.178, and would let a repeated key win in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.reading.places import find_again, indent, raw_offset
from halfjaarbericht.reading.syntax import (
    QUOTE_HINT,
    control_problem,
    encoding_problem,
    split_lines,
    syntax_problem,
    unwanted,
)

MAX_BYTES = 2 * 2**20
MAX_DEPTH = 40

GROUP = "group"
"""The style of the mark of a mapping or list."""

KeyPath = tuple[Any, ...]
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})\Z")
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None}


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a key or value starts (line and column from 1), how wide it is, and the style of a scalar."""

    line: int
    column: int
    width: int = 1
    style: str = ""
    one_line: bool = True


@dataclass(slots=True)
class Source:
    """A YAML file that has been read: its data, and the marks by path ('secties', 0, 'titel')."""

    path: str
    lines: list[str]
    data: Any = None
    values: dict[KeyPath, Mark] = field(default_factory=dict)
    keys: dict[KeyPath, Mark] = field(default_factory=dict)
    indents: dict[KeyPath, int] = field(default_factory=dict)
    """How far literal blocks are indented, as far as asked: every block of a long text asks it."""
    models: dict[Any, Any] = field(default_factory=dict, compare=False)  # made of the whole file

    def mark(self, path: KeyPath, key: bool = False) -> Mark:
        """The mark of `path`, or of its nearest ancestor that has one; `key` prefers the key over the value."""
        while path:
            found = (self.keys.get(path) if key else None) or self.values.get(path) or self.keys.get(path)
            if found:
                return found
            path, key = path[:-1], True
        return self.values.get((), Mark(1, 1))

    def where(self, path: KeyPath) -> tuple[int, int, str]:
        """Line, column and text of the line at `path`, or at its nearest known parent. A group or list is shown
        at its key: that has a name."""
        mark = self.mark(path)
        if mark.style == GROUP:
            mark = self.mark(path, key=True)
        return mark.line, mark.column, self.excerpt(mark.line)

    def excerpt(self, line: int) -> str:
        """The text of a line (from 1)."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def problem(
        self,
        code: str,
        path: KeyPath,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        at: tuple[int, int] | None = None,
        width: int = 0,
        severity: Any = "fout",
    ) -> Problem:
        """A problem at `path`, or inside the prose at `path` at `at` (line and column from 0 in that prose)."""
        mark = self.mark(path, key)
        line, column = self.locate(path, *at, width) if at else (mark.line, mark.column)
        return Problem(
            self.path,
            line,
            column,
            code,
            message,
            hint,
            self.excerpt(line),
            min(width or (1 if at else mark.width), max(len(self.excerpt(line)) - column + 1, 1)),
            severity,
        )

    def locate(self, path: KeyPath, line: int, column: int, width: int = 0) -> tuple[int, int]:
        """File position of a position (from 0) in the scalar at `path`. Exact for literal blocks and for scalars
        on one line; in folded text what is `width` long is found by its words, or else the scalar's start."""
        mark = self.values.get(path)
        if mark is None:
            found = self.mark(path)
            return found.line, found.column
        if mark.style == "|":
            return mark.line + 1 + line, self._indent(mark, path) + column + 1
        if line or mark.style == ">" or not mark.one_line:
            return self._folded(mark, path, (line, column), width)
        raw = self.excerpt(mark.line)[mark.column - 1 :]
        return mark.line, mark.column + raw_offset(raw, mark.style, column)

    def _folded(self, mark: Mark, path: KeyPath, at: tuple[int, int], width: int) -> tuple[int, int]:
        lines, column = self.lines, mark.column - 1
        offset = find_again(lines, mark.line - 1, column, self._text(path), at, width) if width > 1 else None
        if offset is None:
            return mark.line, mark.column
        before = "\n".join(lines[mark.line - 1 :])[: column + offset]
        return mark.line + before.count("\n"), column + offset - before.rfind("\n")

    def _indent(self, mark: Mark, path: KeyPath) -> int:
        """How far a literal block is indented; its own first line of text may start with more spaces."""
        if path not in self.indents:
            own = next((line for line in self._text(path).split("\n") if line.strip(" ")), "")
            below = islice(self.lines, mark.line, None)
            first = next((line for line in below if line.strip(" ")), "")
            self.indents[path] = max(indent(first) - indent(own), 0)
        return self.indents[path]

    def _text(self, path: KeyPath) -> str:
        value = self.data
        for part in path:
            value = value[part]
        return str(value)


def read_source(file: Path, shown: str) -> Source:
    """Read a YAML file. `shown` is the path for messages. Raises ContentError with every problem that can be told."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ContentError([Problem(shown, 0, 0, "E104", "het bestand is groter dan 2 MB", "splits het")])
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError([encoding_problem(shown, error)]) from error
    except OSError as error:
        there = not isinstance(error, FileNotFoundError)
        message = "het bestand is niet te lezen" if there else "het bestand bestaat niet"
        hint = "controleer of u het mag openen" if there else ""
        raise ContentError([Problem(shown, 0, 0, "E104", message, hint)]) from error
    return parse_source(text, shown)


# In a preview all files but one are as they were; nobody writes in a source.
@lru_cache(maxsize=1024)
def parse_source(text: str, shown: str) -> Source:
    """Parse YAML text; see read_source."""
    source = Source(shown, split_lines(text))
    control = control_problem(text, shown)
    if control:
        raise ContentError([control])
    builder = _Builder(source)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        builder.problems.append(syntax_problem(error, source.lines, shown))
    if not builder.problems and not isinstance(source.data, dict):
        what = "is leeg" if source.data is None else "begint niet met een sleutel"
        hint = "een bestand bestaat uit regels als 'titel: Inleiding'"
        builder.problems.append(source.problem("E105", (), f"het bestand {what}", hint, width=1))
    if builder.problems:
        raise ContentError(builder.problems)
    return source


class _Frame:
    """An open mapping or list while the events come in."""

    __slots__ = ("container", "key", "path")

    def __init__(self, container: Any, path: KeyPath):
        self.container = container
        self.path = path
        self.key: Any = None


class _Builder:
    """Builds the data from parser events with an explicit stack, so that depth is bounded by us."""

    def __init__(self, source: Source):
        self.source = source
        self.stack: list[_Frame] = []
        self.problems: list[Problem] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        """Take one parser event: complain about what is outside the subset, and go on as if it were inside."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._complain(
                    _mark(event), "E103", "een tweede YAML-document (---) in één bestand", "maak twee bestanden"
                )
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()

    def _node(self, event: Any) -> None:
        if event.anchor:
            self._complain(_mark(event), "E103", "ankers (&) en aliassen (*) zijn niet toegestaan", QUOTE_HINT)
        tag = getattr(event, "tag", None)
        if tag and tag != "tag:yaml.org,2002:str":
            self._complain(_mark(event), "E103", "een label met ! is niet toegestaan", QUOTE_HINT)
        if isinstance(event, yaml.MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [])
        elif self.stack and isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None:
            self._key(self.stack[-1], _mark(event), str(getattr(event, "value", "*")))
        else:
            value = _plain_value(event)
            self._check_written(event, value)
            self._put(value, _mark(event))

    def _check_written(self, event: Any, value: Any) -> None:
        """An escape between double quotes can write what may not stand in the file itself."""
        if isinstance(value, str) and event.style == '"' and unwanted(value):
            hint = "haal de code met de backslash weg"
            self._complain(_mark(event), "E101", "een onzichtbaar stuurteken", hint)

    def _complain(self, mark: Mark, code: str, message: str, hint: str) -> None:
        excerpt = self.source.excerpt(mark.line)
        problem = Problem(self.source.path, mark.line, mark.column, code, message, hint, excerpt, mark.width)
        self.problems.append(problem)

    def _key(self, frame: _Frame, mark: Mark, name: str) -> None:
        if name in frame.container:
            first = self.source.keys[(*frame.path, name)].line
            self._complain(mark, "E102", f"de sleutel '{name}' staat er al, op regel {first}", "houd er één van over")
        frame.key = name
        self.source.keys.setdefault((*frame.path, name), mark)

    def _open(self, event: Any, container: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self._complain(_mark(event), "E101", "een sleutel moet één regel tekst zijn", QUOTE_HINT)
            frame.key = "?"
        if len(self.stack) >= MAX_DEPTH:
            self._complain(_mark(event), "E106", f"meer dan {MAX_DEPTH} niveaus diep", "haal de nesting uit elkaar")
            raise ContentError(self.problems)
        path = self._put(container, _mark(event))
        self.stack.append(_Frame(container, path))

    def _put(self, value: Any, mark: Mark) -> KeyPath:
        """Hang a value under the open container and give its path."""
        if not self.stack:
            self.source.data = value
            self.source.values[()] = mark
            return ()
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            path = (*frame.path, len(frame.container))
            frame.container.append(value)
        else:
            path = (*frame.path, frame.key)
            frame.container[frame.key] = value
            frame.key = None
        self.source.values[path] = mark
        return path


def _plain_value(event: Any) -> Any:
    """The value of a scalar: text, unless written plainly as true, false, null or a whole number."""
    text = getattr(event, "value", None)
    if text is None or event.style:
        return text
    return int(text) if _INTEGER.match(text) else _CONSTANTS.get(text, text)


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    one_line = start.line == end.line
    style = GROUP if isinstance(event, yaml.CollectionStartEvent) else getattr(event, "style", None) or ""
    width = end.column - start.column if one_line else 1
    return Mark(start.line + 1, start.column + 1, max(width, 1), style, one_line)
