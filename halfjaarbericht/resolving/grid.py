"""The grid of a table: which header cells say what a cell means when cells are merged.

The algorithm is that of HTML (the table model's "internal algorithm for assigning header cells"): a column header
holds for the cells under it, a row header for the cells beside it, each for as many rows and columns as it spans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from halfjaarbericht.verslag import Cell, Row


@dataclass(slots=True)
class _Placed:
    cell: Cell
    top: int
    left: int
    bottom: int
    right: int


def place_cells(rows: Sequence[Row]) -> list[list[_Placed]]:
    """Where every cell of every row stands in the grid, spans of earlier rows taken into account."""
    taken: set[tuple[int, int]] = set()
    result = []
    for top, row in enumerate(rows):
        placed = []
        left = 0
        for cell in row.cells:
            while (top, left) in taken:
                left += 1
            bottom, right = top + cell.rowspan, left + cell.colspan
            taken |= {(y, x) for y in range(top, bottom) for x in range(left, right)}
            placed.append(_Placed(cell, top, left, bottom, right))
            left = right
        result.append(placed)
    return result


def width_problem(rows: Sequence[Row], columns: int) -> int | None:
    """The index of the first row that does not fill exactly `columns` columns, or None."""
    placed = place_cells(rows)
    covered = [0] * len(rows)
    for p in (p for row in placed for p in row):
        for y in range(p.top, min(p.bottom, len(rows))):
            covered[y] += p.right - p.left
    for top, row in enumerate(placed):
        if covered[top] != columns or any(p.bottom > len(rows) for p in row):
            return top
    return None


def with_headers(
    table_id: str, head: tuple[Row, ...], body: tuple[Row, ...], foot: tuple[Row, ...]
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """Give header cells an id and data cells their headers, when merged header cells make that necessary."""
    rows = [*head, *body, *foot]
    merged = any(c.header and (c.colspan > 1 or c.rowspan > 1) for row in rows for c in row.cells)
    if not merged:
        return head, body, foot
    placed = place_cells(rows)
    headers = _Headers(table_id, [p for row in placed for p in row if p.cell.header])
    result = []
    for row, cells in zip(rows, placed, strict=True):
        new = tuple(headers.name(p) for p in cells)
        result.append(replace(row, cells=new))
    first, second = len(head), len(head) + len(body)
    return tuple(result[:first]), tuple(result[first:second]), tuple(result[second:])


class _Headers:
    """The header cells of a table with their ids, found by the columns and rows that they hold for."""

    def __init__(self, table_id: str, headers: Sequence[_Placed]):
        self.names = {(p.top, p.left): f"{table_id}_k{p.top + 1}_{p.left + 1}" for p in headers}
        self.of_column: defaultdict[int, list[_Placed]] = defaultdict(list)
        self.of_row: defaultdict[int, list[_Placed]] = defaultdict(list)
        for p in headers:
            if p.cell.header.startswith("col"):
                for x in range(p.left, p.right):
                    self.of_column[x].append(p)
            else:
                for y in range(p.top, p.bottom):
                    self.of_row[y].append(p)

    def name(self, p: _Placed) -> Cell:
        """The cell with its headers in reading order, and when it is a header itself with its id."""
        above = (h for x in range(p.left, p.right) for h in self.of_column[x] if h.bottom <= p.top)
        before = (h for y in range(p.top, p.bottom) for h in self.of_row[y] if h.right <= p.left)
        mine = sorted({(h.top, h.left) for h in (*above, *before)})
        id_ = self.names[(p.top, p.left)] if p.cell.header else p.cell.id
        return replace(p.cell, id=id_, headers=tuple(self.names[place] for place in mine))
