"""Which text of before is which text of now: by name, by the same words, and by words that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from halfjaarbericht.changes.align import Alignment
from halfjaarbericht.changes.model import Unit

ALIKE = 0.5
"""The share of words that makes a sentence a changed one, within a section, instead of a new one."""
ALIKE_ELSEWHERE = 0.8
"""The same in another section."""
LONG = 8
"""From so many words on a changed sentence is looked for in other sections."""
_ANYWHERE = frozenset({"zin", "beeld"})
_SHORT = frozenset({"kolomkop", "tussenkop"})


def pair_units(old: Sequence[Unit], new: Sequence[Unit]) -> Alignment:
    """Pair the texts of a document, of which the old ones have the scopes of now (`with_present_scopes`)."""
    found = Alignment(len(old), len(new))
    found.in_order(_names(old, "old"), _names(new, "new"))
    found.moved = 0  # a heading that moved takes its section with it; that is counted in sentences
    for sides in ([_cores(units) for units in (old, new)], [_texts(units) for units in (old, new)]):
        found.in_order(*sides)
    found.unique(*([(unit.kind, unit.piece.core) for unit in units] for units in (old, new)))
    _pair_alike(found, old, new)
    return found


def _names(units: Sequence[Unit], side: str) -> list[object]:
    """What there is one of has a name; the others have a key here that nothing else has."""
    return [unit.slot or (side, index) for index, unit in enumerate(units)]


def _cores(units: Sequence[Unit]) -> list[object]:
    return [(unit.kind, unit.scope, unit.piece.core) for unit in units]


def _texts(units: Sequence[Unit]) -> list[object]:
    return [(unit.kind, unit.scope, unit.piece.text) for unit in units]


def _pair_alike(found: Alignment, old: Sequence[Unit], new: Sequence[Unit]) -> None:
    texts = ([unit.piece.core for unit in old], [unit.piece.core for unit in new])
    before_old, before_new = found.gaps()

    def together(i: int, j: int) -> bool:
        if (old[i].kind, old[i].scope) != (new[j].kind, new[j].scope) or (old[i].slot and new[j].slot):
            return False
        # Citations look alike by nature: a note is a changed one only when it stands between the same two others.
        return old[i].kind != "noot" or before_old[i] == before_new[j]

    def apart(i: int, j: int) -> bool:
        # A short standing phrase that goes here and comes there is two changes; a text of some length has moved.
        same_kind = old[i].kind == new[j].kind and old[i].kind in _ANYWHERE
        return same_kind and texts[0][i] != texts[1][j] and len(texts[0][i].split()) >= LONG

    found.alike(*texts, together, ALIKE)
    found.in_place([(u.kind, u.scope) for u in old], [(u.kind, u.scope) for u in new], _SHORT)
    found.alike(*texts, apart, ALIKE_ELSEWHERE)


def with_present_scopes(old: Sequence[Unit], new: Sequence[Unit]) -> list[Unit]:
    """The old texts, with a section whose id is gone under the new id that most of its text stands under now."""
    renamed = _renamed(old, new)
    return [_moved_to(unit, renamed[unit.scope]) if unit.scope in renamed else unit for unit in old]


def _moved_to(unit: Unit, scope: str) -> Unit:
    slot = ":".join(scope if part == unit.scope else part for part in unit.slot.split(":"))
    return replace(unit, scope=scope, slot=slot)


def _renamed(old: Sequence[Unit], new: Sequence[Unit]) -> dict[str, str]:
    was, now = {unit.scope for unit in old}, {unit.scope for unit in new}
    places: dict[tuple[str, str], list[str]] = {}
    for unit in new:
        if unit.scope not in was:
            places.setdefault((unit.kind, unit.piece.core), []).append(unit.scope)
    renamed: dict[str, str] = {}
    for scope in dict.fromkeys(unit.scope for unit in old if unit.scope not in now):
        texts = [unit for unit in old if unit.scope == scope]
        votes = [s for u in texts for s in places.get((u.kind, u.piece.core), []) if s not in renamed.values()]
        best = max(dict.fromkeys(votes), key=votes.count, default="")
        if best and votes.count(best) * 2 >= len(texts):
            renamed[scope] = best
    return renamed
