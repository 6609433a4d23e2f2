"""Two texts of an edition compared: which sentences, cells and charts say something else than before.

A text that only moved is no change, and neither is a number that followed from something put in before it: the first
is counted, the second summarised. A text whose print is the same is never a change, whatever it refers to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from halfjaarbericht.changes.model import DocumentText, EditionText, Unit
from halfjaarbericht.changes.numbering import summarise
from halfjaarbericht.changes.result import Change, DocumentChanges, EditionChanges, State
from halfjaarbericht.changes.tablecompare import compare_tables
from halfjaarbericht.changes.unitpairs import pair_units, with_present_scopes


def compare_editions(old: EditionText | None, new: EditionText | None, name: str) -> EditionChanges:
    """What happened to an edition; None stands for one that is not there."""
    if old is None or new is None:
        state: State = "nieuw" if old is None else "vervallen"
        documents = tuple(_whole(d, state) for d in (new or old or EditionText(name, ())).documents)
        return EditionChanges(name, state, documents)
    before = {document.id: document for document in old.documents}
    after = {document.id for document in new.documents}
    documents = tuple(_document(before.get(document.id), document) for document in new.documents)
    documents += tuple(_whole(document, "vervallen") for document in old.documents if document.id not in after)
    changed = any(document.state != "gelijk" for document in documents)
    return EditionChanges(name, "gewijzigd" if changed else "gelijk", documents)


def _whole(document: DocumentText, state: State) -> DocumentChanges:
    size = len(document.units) + sum(len(table.rows) for table in document.tables)
    return DocumentChanges(document.id, document.label, document.title, document.stem, state, size=size)


def _document(old: DocumentText | None, new: DocumentText) -> DocumentChanges:
    if old is None:
        return _whole(new, "nieuw")
    found = _Units(old.units, new.units)
    tables, references, moved = compare_tables(old.tables, new.tables)
    order = _order(old.units, new.units)
    changes = tuple(sorted((*found.changes, *tables), key=lambda change: order.get(change.heading, len(order))))
    renumbered = summarise([*_label(old, new), *found.numbers])
    references, moved = references + found.references, moved + found.moved
    state: State = "gewijzigd" if changes or renumbered or references or moved else "gelijk"
    return DocumentChanges(new.id, new.label, new.title, new.stem, state, changes, renumbered, references, moved)


def _order(old: Sequence[Unit], new: Sequence[Unit]) -> dict[str, int]:
    """The headings in reading order, those that are gone after the one that was before them."""
    order = list(dict.fromkeys(unit.heading for unit in new))
    before = ""
    for heading in dict.fromkeys(unit.heading for unit in old):
        if heading not in order:
            order.insert(order.index(before) + 1 if before in order else 0, heading)
        before = heading
    return {heading: index for index, heading in enumerate(order)}


def _label(old: DocumentText, new: DocumentText) -> list[tuple[str, str, str]]:
    """'bijlage 3' that became 'bijlage 4'."""
    (series, _, before), (_, _, after) = old.label.partition(" "), new.label.partition(" ")
    return [(series, before, after)] if before != after else []


class _Units:
    """The texts of a document compared, tables aside."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]):
        self.old, self.new = with_present_scopes(old, new), new
        self.headings = {unit.scope: unit.heading for unit in new}
        self.alignment = pair_units(self.old, new)
        self.moved = self.alignment.moved
        self.references = 0
        self.numbers: list[tuple[str, str, str]] = []
        self.changes = tuple(self._changes())

    def _changes(self) -> Iterable[Change]:
        partner = {j: i for i, j in self.alignment.pairs}
        gone = sorted(self.alignment.removed)
        for j, unit in enumerate(self.new):
            if j not in partner:
                yield Change("nieuw", unit.kind, unit.heading, unit.where, new=unit.piece.text)
                continue
            # What went is told where it stood: before the first text that came after it and is still there.
            while gone and gone[0] < partner[j]:
                yield self._removed(gone.pop(0))
            yield from self._changed(self.old[partner[j]], unit)
        yield from (self._removed(i) for i in gone)

    def _removed(self, index: int) -> Change:
        unit = self.old[index]
        heading = self.headings.get(unit.scope, unit.heading)
        return Change("vervallen", unit.kind, heading, unit.where, old=unit.piece.text)

    def _changed(self, old: Unit, new: Unit) -> Iterable[Change]:
        if old.number != new.number:
            self.numbers.append((new.series or old.series, old.number, new.number))
        if old.piece.text == new.piece.text:
            return
        if old.piece.core == new.piece.core:
            self.references += 1
            return
        yield Change("gewijzigd", new.kind, new.heading, new.where, old.piece.text, new.piece.text)
