"""Cells of tables: what stands in them, and what follows from the cells beside and above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from halfjaarbericht.data.cijfertabel import TableCell, TableRow
from halfjaarbericht.data.table import DataCell, Missing, show_key
from halfjaarbericht.herkomst import SourceCell
from halfjaarbericht.language.getallen import format_number
from halfjaarbericht.language.nederlands import format_date
from halfjaarbericht.model.tabellen import Cijfertabel, Geneste
from halfjaarbericht.resolving.grid import place_cells
from halfjaarbericht.verslag import Blocks, Cell, Inlines, Number, Paragraph, Row, Text


def in_paragraph(inlines: Inlines) -> Blocks:
    """Inlines as the only paragraph of a cell; nothing for an empty cell."""
    return (Paragraph(inlines),) if inlines else ()


def row_header_columns(spec: Cijfertabel | Geneste) -> list[int]:
    """The columns that say what a row is about; the first when none is named."""
    return [i for i, k in enumerate(spec.kolommen) if k.rijkop] or [0]


def spans_down(rows: Sequence[TableRow], column: int) -> list[int]:
    """For each row how many rows its cell spans; 0 when it is covered by the one above."""
    spans = [1] * len(rows)
    for y in range(len(rows) - 1, 0, -1):
        if rows[y].cells[column].value == rows[y - 1].cells[column].value:
            spans[y - 1] += spans[y]
            spans[y] = 0
    return spans


def value_inlines(cell: TableCell, data: str, total: str = "") -> Inlines:
    """A value as it is printed; a number keeps the id of its cell in data file `data`, and one that is in no cell
    has the id `total`."""
    value = cell.value
    if isinstance(value, Decimal):
        where = _cell_id(data, cell.cell) if cell.cell else total
        origin = source_cell(cell.cell) if cell.cell else None
        return (Number(format_number(value, cell.opmaak, table=True), where, f"{value:f}", cell=origin),)
    if isinstance(value, date):
        return (Text(format_date(value, "kort")),)
    if isinstance(value, Missing):
        return (Text(value.text),)
    return (Text(value),) if value else ()


def source_cell(cell: DataCell) -> SourceCell:
    """A cell of data as the report knows it."""
    return SourceCell(cell.path, cell.line, show_key(cell.own_key or cell.key), cell.column, cell.cell, cell.moment)


def _cell_id(data: str, cell: DataCell) -> str:
    return f"{data}[{show_key(cell.key)}, {cell.column}]"


def column_widths(given: Sequence[int | None]) -> tuple[int, ...]:
    """Widths in per cent: what is not given shares the rest; () when nothing is given."""
    if not any(given):
        return ()
    rest = max(100 - sum(w or 0 for w in given), 0)
    open_ = sum(1 for w in given if w is None)
    return tuple(w if w is not None else rest // open_ for w in given)


def with_row_headers(rows: list[Row], headed: set[int]) -> tuple[Row, ...]:
    """Make header cells of the cells in heading columns."""
    result = []
    for row, placed in zip(rows, place_cells(rows), strict=True):
        cells = [
            Cell(p.cell.blocks, "rowgroup" if p.cell.rowspan > 1 else "row", "left", p.cell.colspan, p.cell.rowspan)
            if p.left in headed and p.cell.colspan == 1
            else p.cell
            for p in placed
        ]
        result.append(Row(tuple(cells), row.total))
    return tuple(result)


def right_aligned(rows: Sequence[Row], columns: set[int]) -> tuple[Row, ...]:
    """Set the cells of columns to the right that are no heading of a row and span no other column."""
    result = []
    for row, placed in zip(rows, place_cells(rows), strict=True):
        cells = [
            replace(p.cell, align="right")
            if p.left in columns and p.cell.colspan == 1 and not p.cell.header.startswith("row")
            else p.cell
            for p in placed
        ]
        result.append(replace(row, cells=tuple(cells)))
    return tuple(result)
