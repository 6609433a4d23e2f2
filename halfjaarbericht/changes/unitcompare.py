"""The texts of a document compared, tables aside: which of them are other, new or gone, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from halfjaarbericht.changes.model import Unit
from halfjaarbericht.changes.result import Change
from halfjaarbericht.changes.unitpairs import pair_units, with_present_scopes


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A change, with the text of before and that of now by their index; None when there is none."""

    change: Change
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """What came of it. `before` are the old texts with the scopes of now; `present` tells for the index of an old text
    which one of now it is. `numbers` are (series, old, new) of what has another number; `references` is the number of
    texts in which only a number changed that refers to something, `moved` that of texts that stand elsewhere."""

    before: tuple[Unit, ...]
    present: dict[int, int]
    changes: tuple[UnitChange, ...]
    numbers: tuple[tuple[str, str, str], ...]
    references: int
    moved: int


def compare_units(old: Sequence[Unit], new: Sequence[Unit]) -> UnitChanges:
    """Compare the texts of a document with those it had."""
    before = with_present_scopes(old, new)
    alignment = pair_units(before, new)
    pairs = [(before[i], new[j]) for i, j in sorted(alignment.pairs, key=lambda pair: pair[1])]
    numbers = [(b.series or a.series, a.number, b.number) for a, b in pairs if a.number != b.number]
    renumbered = sum(a.piece.text != b.piece.text and a.piece.core == b.piece.core for a, b in pairs)
    present = dict(alignment.pairs)
    changes = tuple(_changes(before, new, present))
    return UnitChanges(tuple(before), present, changes, tuple(numbers), renumbered, alignment.moved)


def _changes(old: Sequence[Unit], new: Sequence[Unit], present: dict[int, int]) -> Iterator[UnitChange]:
    partner = {j: i for i, j in present.items()}
    gone = [i for i in range(len(old)) if i not in present]
    headings = {unit.scope: unit.heading for unit in new}

    def removed(i: int) -> UnitChange:
        unit = old[i]
        heading = headings.get(unit.scope, unit.heading)
        return UnitChange(Change("vervallen", unit.kind, heading, unit.where, old=unit.piece.text), i, None)

    for j, unit in enumerate(new):
        if j not in partner:
            yield UnitChange(Change("nieuw", unit.kind, unit.heading, unit.where, new=unit.piece.text), None, j)
            continue
        # What went is told where it stood: before the first text that came after it and is still there.
        while gone and gone[0] < partner[j]:
            yield removed(gone.pop(0))
        was, now = old[partner[j]].piece, unit.piece
        if was.text != now.text and was.core != now.core:
            change = Change("gewijzigd", unit.kind, unit.heading, unit.where, was.text, now.text)
            yield UnitChange(change, partner[j], j)
    yield from (removed(i) for i in gone)
