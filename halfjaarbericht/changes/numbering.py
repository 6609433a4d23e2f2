"""Numbers that moved because something was put in before them, told in a few words instead of one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from halfjaarbericht.changes.result import Renumbering

_PART = re.compile(r"(\d+)([a-z]?)")
_Key = tuple[tuple[int, str], ...]


def summarise(pairs: Iterable[tuple[str, str, str]]) -> tuple[Renumbering, ...]:
    """Renumberings from (series, old number, new number): those that moved by the same amount at the same place in
    their number are one. Pairs that are equal, or of which one has no number at all, are told one by one."""
    groups: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    for series, old, new in sorted(dict.fromkeys(pairs), key=lambda pair: (pair[0], _key(pair[1]), _key(pair[2]))):
        if old != new:
            groups.setdefault((series, *_shift(old, new)), []).append((old, new))
    return tuple(
        Renumbering(str(key[0]), found[0][0], found[-1][0], found[0][1], found[-1][1], len(found))
        for key, found in groups.items()
    )


def _shift(old: str, new: str) -> tuple[object, ...]:
    """What a number shares with its neighbours that moved along: where it differs, by how much, and what is before
    that. A number that changed in another way shares nothing."""
    before, after = _key(old), _key(new)
    if len(before) == len(after):
        for at, (a, b) in enumerate(zip(before, after, strict=True)):
            if a != b:
                same_after = before[at + 1 :] == after[at + 1 :]
                return (at, b[0] - a[0], before[:at]) if same_after and a[1] == b[1] else (old, new)
    return (old, new)


def _key(number: str) -> _Key:
    """A number as it is sorted: 1.10 after 1.9, 8a after 8."""
    return tuple((int(digits), letter) for digits, letter in _PART.findall(number))
