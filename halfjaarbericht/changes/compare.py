"""Two texts of an edition compared: which sentences, cells and charts say something else than before.

A text that only moved is no change, and neither is a number that followed from something put in before it: the first
is counted, the second summarised. A text whose print is the same is never a change, whatever it refers to.
"""

from __future__ import annotations

from collections.abc import Sequence

from halfjaarbericht.changes.model import DocumentText, EditionText, Unit
from halfjaarbericht.changes.numbering import summarise
from halfjaarbericht.changes.result import DocumentChanges, EditionChanges, State
from halfjaarbericht.changes.tablecompare import compare_tables
from halfjaarbericht.changes.unitcompare import compare_units


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
    found = compare_units(old.units, new.units)
    tables = compare_tables(old.tables, new.tables)
    order = _order(old.units, new.units)
    all_of_them = (*(each.change for each in found.changes), *(each.change for each in tables.found))
    changes = tuple(sorted(all_of_them, key=lambda change: order.get(change.heading, len(order))))
    renumbered = summarise([*_label(old, new), *found.numbers])
    references, moved = tables.references + found.references, tables.moved + found.moved
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
