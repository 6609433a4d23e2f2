"""Headers of tables (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5): a wrong header is read aloud without anyone noticing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from halfjaarbericht.tagtree.grid import COLUMN, Cell, Grid, grid_of, header_cells, headers_of, named_headers
from halfjaarbericht.tagtree.model import Element, Tree
from halfjaarbericht.validation.structure.rule import Fault, Rule, head, page_of


def _tables(tree: Tree) -> Iterator[tuple[Element, Grid]]:
    return ((element, grid_of(element)) for element in tree.walk() if element.role == "Table")


def regular(tree: Tree) -> Iterator[Fault]:
    """Every row is as wide as the others, spans counted."""
    for table, grid in _tables(tree):
        if not grid.is_regular:
            yield Fault(page_of(table), f"{_name(table)} heeft rijen van verschillende lengte")


def has_headers(tree: Tree) -> Iterator[Fault]:
    """A table has header cells."""
    for table, grid in _tables(tree):
        if not any(cell.is_header for cell in grid.cells):
            yield Fault(page_of(table), f"{_name(table)} heeft geen kopcellen")


def known_headers(tree: Tree) -> Iterator[Fault]:
    """The headers that a cell names are header cells of its own table."""
    for table, grid in _tables(tree):
        known = header_cells(grid)
        for cell in grid.cells:
            for name in named_headers(cell.element):
                if name not in known:
                    where = _place(cell)
                    yield Fault(page_of(table), f"{where} van {_name(table)} noemt een kopcel die er niet is: '{name}'")


def headers_in_line(tree: Tree) -> Iterator[Fault]:
    """The headers that a cell names stand in its row or its column."""
    for table, grid in _tables(tree):
        known = header_cells(grid)
        for cell in grid.cells:
            for header in (known[name] for name in named_headers(cell.element) if name in known):
                if not (header.is_in_line_with(cell) or header.is_beside(cell)):
                    wrong = head(header.element.words())
                    yield Fault(page_of(table), f"{_place(cell)} van {_name(table)} noemt de kop {wrong} van een ander")


def no_header_forgotten(tree: Tree) -> Iterator[Fault]:
    """A cell with a header over its column or beside its row has one announced for that direction."""
    for table, grid in _tables(tree):
        known = header_cells(grid)
        for cell in grid.cells:
            if not cell.is_header and (missing := _forgotten(cell, grid, known)):
                yield Fault(page_of(table), f"bij {_place(cell)} van {_name(table)} klinkt de kop {missing} niet")


def _forgotten(cell: Cell, grid: Grid, known: Mapping[str, Cell]) -> str:
    """The nearest header of the row or of the column that is not announced; "" when there is none."""
    announced = {id(header.element) for header in headers_of(cell, grid, known)}
    above = [c for c in grid.cells if c.speaks_for(COLUMN) and c.row < cell.row and c.is_in_line_with(cell)]
    beside = [c for c in grid.cells if c.speaks_for("Row") and c.column < cell.column and c.is_beside(cell)]
    for found in (above, beside):
        if found and not any(id(c.element) in announced for c in found):
            return head(found[-1].element.words())
    return ""


def headers_have_text(tree: Tree) -> Iterator[Fault]:
    """A header that is announced for a cell says something."""
    for table, grid in _tables(tree):
        known = header_cells(grid)
        silent = {
            id(header.element): header
            for cell in grid.cells
            for header in headers_of(cell, grid, known)
            if not header.element.words()
        }
        for header in silent.values():
            yield Fault(page_of(table), f"de kopcel in {_place(header)} van {_name(table)} is leeg")


def headers_have_scope(tree: Tree) -> Iterator[Fault]:
    """A header cell says whether it speaks for its column or its row."""
    for table, grid in _tables(tree):
        for cell in grid.cells:
            if cell.is_header and cell.element.attributes.get("Scope") not in ("Column", "Row", "Both"):
                yield Fault(page_of(table), f"de kopcel in {_place(cell)} van {_name(table)} heeft geen Scope")


def _name(table: Element) -> str:
    caption = next((child for child in table.children if child.role == "Caption"), None)
    return f"de tabel {head(caption.words())}" if caption else "een tabel zonder titel"


def _place(cell: Cell) -> str:
    return f"rij {cell.row}, kolom {cell.column}"


RULES = (
    Rule("tabel is regelmatig", regular),
    Rule("tabel heeft kopcellen", has_headers),
    Rule("genoemde kopcel bestaat", known_headers),
    Rule("genoemde kopcel hoort bij de cel", headers_in_line),
    Rule("geen kop vergeten", no_header_forgotten),
    Rule("kopcel heeft tekst", headers_have_text),
    Rule("kopcel heeft Scope", headers_have_scope),
)
