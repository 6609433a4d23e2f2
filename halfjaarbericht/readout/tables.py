"""A table as it is heard: its size and title, then cell by cell with the headers that are announced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from halfjaarbericht.readout.blocks import Line, Reader, counted, pages_of
from halfjaarbericht.tagtree.grid import COLUMN, ROW, Cell, Grid, grid_of, header_cells, headers_of, is_row_header
from halfjaarbericht.tagtree.model import Element


def table(reader: Reader, element: Element, depth: int) -> Iterator[Line]:
    """The lines of a table."""
    grid = grid_of(element)
    size = f"{counted(grid.columns, 'kolom', 'kolommen')} en {counted(grid.rows, 'rij', 'rijen')}"
    caption = [child for child in element.children if child.role == "Caption"]
    summary = element.attributes.get("Summary")
    named = f", samenvatting “{summary}”" if summary else ", zonder titel"
    titled = f", titel “{_one_line(reader, caption[0])}”" if caption else named
    yield Line(depth, f"tabel met {size}{titled} ({pages_of(element)})")
    by_id = header_cells(grid)
    for cell in grid.cells:
        yield from _cell(reader.within(cell.element), cell, grid, by_id, depth + 1)
    for caption_too_many in caption[1:]:
        yield from reader.block(caption_too_many, depth)


def _cell(reader: Reader, cell: Cell, grid: Grid, by_id: Mapping[str, Cell], depth: int) -> Iterator[Line]:
    label = f"rij {cell.row}, kolom {cell.column}{_kind(cell)}{_heads(reader, cell, grid, by_id)}:"
    lines = list(reader.blocks(cell.element.kids, depth))
    if len(lines) <= 1:
        yield Line(depth, f"{label} {lines[0].text if lines else 'leeg'}")
    else:
        yield Line(depth, label)
        yield from (Line(line.depth + 1, line.text) for line in lines)


def _kind(cell: Cell) -> str:
    reach = [counted(cell.columns, "kolom", "kolommen")] if cell.columns > 1 else []
    reach += [counted(cell.rows, "rij", "rijen")] if cell.rows > 1 else []
    over = f" over {' en '.join(reach)}" if reach else ""
    if not cell.is_header:
        return over
    if cell.speaks_for(ROW) and cell.speaks_for(COLUMN):
        return f", kop van rij en kolom{over}"
    return f", {'rijkop' if cell.speaks_for(ROW) else 'kolomkop'}{over}"


def _heads(reader: Reader, cell: Cell, grid: Grid, by_id: Mapping[str, Cell]) -> str:
    heads = headers_of(cell, grid, by_id)
    rows = [reader.in_short(head.element) for head in heads if is_row_header(head, cell)]
    columns = [reader.in_short(head.element) for head in heads if not is_row_header(head, cell)]
    parts = [f"rij {', '.join(rows)}"] if rows else []
    parts += [f"kolom {', '.join(columns)}"] if columns else []
    return f" ({'; '.join(parts)})" if parts else ""


def _one_line(reader: Reader, element: Element) -> str:
    return " ".join(line.text for line in reader.blocks(element.kids, 0))
