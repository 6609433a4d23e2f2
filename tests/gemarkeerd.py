"""What a page with marked changes says when the marks are taken out again, and random earlier texts to mark against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from halfjaarbericht.changes.model import DocumentText, EditionText, TextRow, TextTable, Unit
from halfjaarbericht.changes.pieces import Piece
from tests.htmlhulp import XHTML, classes, parse, words

_PARTS = ("row", "column", "table")
_TOLD = ("Afzender", "Status")
"""Facts that have a line of their own in a page only when they changed."""


@dataclass
class Plain:
    """A page without marks: its elements with their attributes, and its letters, without white space."""

    elements: list[tuple[str, tuple[tuple[str, str], ...]]]
    text: str = ""


def without_marks(html: str) -> Plain:
    """The page as it is without what a comparison adds. A bare paragraph counts for nothing: an item of a list gets one
    when something stands before its text."""
    found = Plain([])
    _walk(parse(html).find(f"{XHTML}body"), found)
    return found


def _walk(element: Any, found: Plain) -> None:
    name = element.tag.removeprefix(XHTML)
    if not _is_added(element):
        attributes = tuple(sorted((key, value) for key, value in element.attrib.items() if key != "abbr"))
        if name != "ins" and (name != "p" or attributes):
            found.elements.append((name, attributes))
        # In the line about a matter the words around a fact that went stay: 'van', brackets, a comma.
        if "zaakgegevens" not in classes(element):
            found.text += "".join((element.text or "").split())
            for child in element:
                if isinstance(child.tag, str):
                    _walk(child, found)
                    found.text += "".join((child.tail or "").split())


def _is_added(element: Any) -> bool:
    name = element.tag.removeprefix(XHTML)
    children = [child.tag.removeprefix(XHTML) for child in element if isinstance(child.tag, str)]
    if name in ("del", "mark") or (name in ("p", "li") and "mark" in children):
        return True
    if name == "p" and set(children) == {"del"}:
        return without_gone(element) in ("", "Bron:")
    if name == "tr":
        return "del" in _inside(element) and not without_gone(element)
    return name == "div" and children[:1] == ["dt"] and words(element[0]) in _TOLD


def _inside(element: Any) -> set[str]:
    return {each.tag.removeprefix(XHTML) for each in element.iter() if isinstance(each.tag, str)}


def without_gone(element: Any) -> str:
    """The words of an element that are not struck out."""
    return " ".join("".join(_present(element)).split())


def _present(element: Any) -> Iterator[str]:
    if element.tag != f"{XHTML}del":
        yield element.text or ""
        for child in element:
            yield from _present(child)
            yield child.tail or ""


# --- earlier texts ----------------------------------------------------------------------------------------------


def earlier(text: EditionText, random: Random) -> EditionText:
    """A text in which a few things are other than in `text`: what it might have been before."""
    return replace(text, documents=tuple(_document(document, random) for document in text.documents))


def _document(document: DocumentText, random: Random) -> DocumentText:
    units, tables = list(document.units), list(document.tables)
    for _ in range(random.randint(1, 12)):
        if tables and random.random() < 0.4:
            _change_tables(tables, random)
        elif units:
            _change_units(units, random)
    return replace(document, units=tuple(units), tables=tuple(tables))


def _change_units(units: list[Unit], random: Random) -> None:
    at = random.randrange(len(units))
    unit = units[at]
    match random.choice(("other", "other", "gone", "new", "section", "moved")):
        case "other":
            units[at] = replace(unit, piece=_other(unit.piece, random))
        case "gone":  # it is new now
            del units[at]
        case "new":  # it is gone now
            slot = f"{unit.slot}-weg" if unit.kind in ("overzicht", "bijlagenlijst") else unit.slot and f"x:{at}"
            units.insert(at + 1, replace(unit, piece=_other(unit.piece, random, all_of_it=True), slot=slot))
        case "section":
            scope = f"weg-{at}"
            gone = (replace(unit, kind=kind, scope=scope, slot="", where=kind) for kind in ("kop", "gegeven", "zin"))
            units[at:at] = [replace(each, piece=_other(each.piece, random, all_of_it=True)) for each in gone]
        case "moved":
            units.insert(random.randrange(len(units)), units.pop(at))


def _other(piece: Piece, random: Random, all_of_it: bool = False) -> Piece:
    parts = piece.text.split()
    for n in range(len(parts)) if all_of_it else random.sample(range(len(parts)), min(len(parts), 2)):
        parts[n] = random.choice(("vroeger", "toen", "1.234", "<b>&amp;", "jl.", "[3]"))
    shown = " ".join(parts) or "eerst"
    return Piece(shown, shown)


def _change_tables(tables: list[TextTable], random: Random) -> None:
    at = random.randrange(len(tables))
    table = tables[at]
    rows = list(table.rows)
    row = random.randrange(len(rows)) if rows else 0
    width = max((len(each.cells) for each in rows), default=0)
    match random.choice(("cell", "cell", *(f"{what} {how}" for what in _PARTS for how in ("gone", "new")))):
        case "cell" if rows and rows[row].cells:
            rows[row] = _with_other_cell(rows[row], random)
        case "row gone" if rows:
            del rows[row]
        case "row new":
            rows.insert(row, TextRow(f"rij {at}", ((Piece("toen", "toen"),),) * max(width, 1)))
        case "column gone" if width > 1:
            rows = [replace(each, cells=each.cells[:-1]) for each in rows]
            table = replace(table, columns=table.columns[:-1])
        case "column new":
            rows = [replace(each, cells=(*each.cells, (Piece("toen", "toen"),))) for each in rows]
            table = replace(table, columns=(*table.columns, "Toen") if table.columns else ())
        case "table gone":
            tables.insert(at, replace(table, id=f"{table.id}-weg", rows=(TextRow("a", ((Piece("b c d", "b c d"),),)),)))
            return
        case "table new":
            del tables[at]
            return
    tables[at] = replace(table, rows=tuple(rows))


def _with_other_cell(row: TextRow, random: Random) -> TextRow:
    cells = list(row.cells)
    at = random.randrange(len(cells))
    pieces = list(cells[at])
    change = random.choice(("other", "empty", "more", "less"))
    if change == "empty" or not pieces:
        cells[at] = () if pieces else (Piece("eerst", "eerst"),)
    elif change == "more":
        cells[at] = (*pieces, Piece("En nog een zin.", "En nog een zin."))
    elif change == "less":
        cells[at] = tuple(pieces[1:])
    else:
        n = random.randrange(len(pieces))
        pieces[n] = _other(pieces[n], random)
        cells[at] = tuple(pieces)
    return replace(row, cells=tuple(cells))
