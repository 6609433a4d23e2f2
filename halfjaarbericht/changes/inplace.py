"""Changes at their place: a report in which new words are marked, with what stood there before in front of them.

The marks are spans of the report itself (kinds `ins` and `del`), so that the templates that print the report print
them. What is no running text (a title, a caption, a date) keeps its own value, since links and names are made of it:
there the templates ask the document's `edits`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from halfjaarbericht.changes.edits import Edits, apply_edits
from halfjaarbericht.changes.located import Located
from halfjaarbericht.changes.model import DocumentText, EditionText
from halfjaarbericht.changes.pieces import Pieces
from halfjaarbericht.changes.result import Change
from halfjaarbericht.changes.tablecompare import TableChange, TableChanges, compare_tables
from halfjaarbericht.changes.tablemarks import TableMarks, last_of_table
from halfjaarbericht.changes.unitcompare import UnitChange, UnitChanges, compare_units
from halfjaarbericht.changes.unitmarks import UnitMarks
from halfjaarbericht.changes.units import pieces_of
from halfjaarbericht.verslag import TOP, Document, Place, Report


@dataclass(frozen=True, slots=True)
class Mark:
    """A change, with the id of its mark in the page ('' when it has none there) and its place in the content."""

    anchor: str
    change: Change
    place: Place | None


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A document with its changes marked, and all of them in reading order."""

    document: Document
    marks: tuple[Mark, ...]


def mark_changes(old: EditionText | None, report: Report) -> tuple[MarkedDocument, ...]:
    """Mark in each document of `report` what is other than in `old`; without `old` everything is new and nothing is
    marked. Of a document that was not there only that is told."""
    if old is None:
        return tuple(MarkedDocument(document, ()) for document in report.documents)
    before = {document.id: document for document in old.documents}
    pieces = pieces_of(report)
    return tuple(_marked(before[d.id], d, pieces) if d.id in before else _new(d) for d in report.documents)


def _new(document: Document) -> MarkedDocument:
    change = Change("nieuw", "stuk", document.plain, "het hele stuk")
    return MarkedDocument(document, (Mark(TOP, change, document.places.get("title")),))


def _marked(old: DocumentText, document: Document, pieces: Pieces) -> MarkedDocument:
    document = apply_edits(document, Edits(), pieces)
    located = Located(pieces)
    now = located.document(document)
    units = compare_units(old.units, now.units)
    tables = compare_tables(old.tables, now.tables)
    differences = list(_in_order(old, units, tables, located))
    names = [f"wijziging_{number}" for number, _ in enumerate(differences, start=1)]
    columns = {
        located.shown(each.table).id: name
        for name, each in zip(names, differences, strict=True)
        if isinstance(each, TableChange) and each.table is not None and each.is_gone_column
    }
    edits = Edits()
    on_units = UnitMarks(document, located, units, edits, columns)
    on_tables = TableMarks(old, located, tables, on_units, edits)
    marks = []
    for name, each in zip(names, differences, strict=True):
        place = on_units.put(each, name) if isinstance(each, UnitChange) else on_tables.put(each, name)
        marks.append(Mark(on_units.shared.get(name, name), each.change, place))
    return MarkedDocument(apply_edits(document, edits, pieces), tuple(marks))


def _in_order(
    old: DocumentText, units: UnitChanges, tables: TableChanges, located: Located
) -> Iterator[UnitChange | TableChange]:
    """All changes in reading order: those of a table come behind its caption and headings."""
    waiting = [(located.grids[each.table].last, each) for each in tables.found if each.table is not None]
    waiting.sort(key=lambda pair: pair[0])
    gone = [each for each in tables.found if each.table is None]
    behind = {id(each): last_of_table(units.before, old.tables[each.gone or 0].id) for each in gone}
    for change in units.changes:
        while waiting and change.new is not None and waiting[0][0] < change.new:
            yield waiting.pop(0)[1]
        yield change
        yield from (each for each in gone if change.new is None and behind[id(each)] == change.old)
    yield from (change for _, change in waiting)
    told = {change.old for change in units.changes if change.new is None}
    yield from (each for each in gone if behind[id(each)] not in told)
