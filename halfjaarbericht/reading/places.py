"""From a character of a value back to its place in the file: quotes, escapes and folded lines stand between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SINGLE = re.compile("''|[^']")
_DOUBLE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|[^\"\\]")


def raw_offset(raw: str, style: str, column: int) -> int:
    """Where character `column` (from 0) of a scalar stands in its `raw` text with quotes and escapes."""
    if style not in ("'", '"'):
        return column
    escapes = _DOUBLE if style == '"' else _SINGLE
    at = 1
    for _ in range(column):
        found = escapes.match(raw, at)
        if found is None:
            break
        at = found.end()
    return at


def find_again(lines: Sequence[str], line: int, column: int, text: str, at: tuple[int, int], width: int) -> int | None:
    """The offset, from the scalar's start at `line` and `column` (from 0) of the file, of what stands `at` in its
    value. Folding moves words to other lines but keeps their order, so the n-th time is the n-th time. None when
    the words themselves were broken over two lines."""
    value = text.split("\n")
    offset = sum(len(before) + 1 for before in value[: at[0]]) + at[1]
    wanted = text[offset : offset + width]
    raw = "\n".join(lines[line:])[column:]
    position = -1
    for _ in range(text[:offset].count(wanted) + 1 if wanted else 0):
        position = raw.find(wanted, position + 1)
        if position < 0:
            return None
    return position if position >= 0 else None


def indent(text: str) -> int:
    """With how many spaces a line begins."""
    return len(text) - len(text.lstrip(" "))
