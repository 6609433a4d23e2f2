"""The words that differ between two sentences, marked in both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

_TOKEN = re.compile(r"\[\d+\]|\d[\d.,]*\d%?(?!\w)|\w+(?:[-’'/]\w+)*|\s+|[^\w\s]")
_NOTE = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands around a word that went and around one that came."""

    old: tuple[str, str]
    new: tuple[str, str]


PLAIN = Marks(("[-", "-]"), ("{+", "+}"))
COLOUR = Marks(("\033[31;9m", "\033[0m"), ("\033[32;1m", "\033[0m"))


def marked(old: str, new: str, marks: Marks = PLAIN) -> tuple[str, str]:
    """Both texts, with what differs between them marked. A note that only has another number does not differ."""
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    blocks = SequenceMatcher(None, _keys(left), _keys(right), autojunk=False).get_matching_blocks()
    same = [b for b in blocks if b.size == 0 or "".join(left[b.a : b.a + b.size]).strip()]
    return (
        _mark(left, [(b.a, b.a + b.size) for b in same], marks.old),
        _mark(right, [(b.b, b.b + b.size) for b in same], marks.new),
    )


def changed_ranges(old: str, new: str) -> list[tuple[int, int]]:
    """Where in `new` stand words that are not in `old`: (start, end), white space around them left out."""
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = list(accumulate(map(len, right), initial=0))
    found: list[tuple[int, int]] = []
    at = 0
    for block in SequenceMatcher(None, _keys(left), _keys(right), autojunk=False).get_matching_blocks():
        if "".join(right[at : block.b]).strip():
            found.append(_trimmed(new, starts[at], starts[block.b]))
        at = block.b + block.size
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _keys(tokens: list[str]) -> list[str]:
    return ["[]" if _NOTE.fullmatch(token) else " " if token.isspace() else token for token in tokens]


def _mark(tokens: list[str], same: Iterable[tuple[int, int]], around: tuple[str, str]) -> str:
    """The text with all marked that is not in the stretches that are the same."""
    text = ""
    for (_, start), (end, after) in pairwise([(0, 0), *same]):
        text += _around("".join(tokens[start:end]), around) + "".join(tokens[end:after])
    return text


def _around(text: str, around: tuple[str, str]) -> str:
    """The text between marks, white space left outside."""
    inner = text.strip()
    if not inner:
        return text
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}{around[0]}{inner}{around[1]}{text[len(text.rstrip()) :]}"
