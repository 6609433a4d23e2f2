"""The grid of an HTML table and the header cells of each cell, as the HTML standard computes them.

HTML Living Standard, 4.9.12: forming a table (4.9.12.1), and forming relationships between data cells and header cells
(4.9.12.2), with the steps in the same order and under the same names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True, eq=False, slots=True)
class GridCell:
    """A cell of a table: its element, the slot where it is anchored, its size, and the number of its row group."""

    element: Any
    x: int
    y: int
    width: int
    height: int
    group: int

    @property
    def is_header(self) -> bool:
        return bool(self.element.tag == "th")

    @property
    def scope(self) -> str:
        """What the cell says to be a header of, '' when that follows from its place."""
        scope = (self.element.get("scope") or "").lower()
        return scope if scope in ("col", "row", "colgroup", "rowgroup") else ""


class Grid:
    """The slots of one table. Cells are in the order of the HTML, with the foot last."""

    def __init__(self, table: Any):
        self.cells: list[GridCell] = []
        self.rows: list[Any] = []
        self._slots: dict[tuple[int, int], list[GridCell]] = {}
        y = 0
        for number, rows in enumerate(_row_groups(table)):
            for offset, row in enumerate(rows):
                self._place_row(row, y + offset, y + len(rows), number)
            y += len(rows)
            self.rows += rows
        self.height = y
        self.width = max((x + 1 for x, _ in self._slots), default=0)

    def _place_row(self, row: Any, y: int, end: int, group: int) -> None:
        x = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (x, y) in self._slots:
                x += 1
            width = _span(element, "colspan", 1) or 1
            # A cell never leaves its row group; 0 is all that is left of it.
            height = min(_span(element, "rowspan", 0) or end - y, end - y)
            cell = GridCell(element, x, y, width, height, group)
            self.cells.append(cell)
            for slot in _slots(cell):
                self._slots.setdefault(slot, []).append(cell)
            x += width

    def cell_at(self, x: int, y: int) -> GridCell | None:
        """The cell that covers a slot; None when there is none, or more than one."""
        covering = self._slots.get((x, y), ())
        return covering[0] if len(covering) == 1 else None

    def gaps(self, y: int) -> int:
        """How many slots of a row no cell covers."""
        return sum((x, y) not in self._slots for x in range(self.width))

    # --- which cells are headers of what ------------------------------------------------------------------------

    def is_column_header(self, cell: GridCell) -> bool:
        """Whether a header cell is a column header: it says so, or no data cell stands in its rows."""
        return cell.scope == "col" or (not cell.scope and not self._data_in_rows(cell))

    def is_row_header(self, cell: GridCell) -> bool:
        """Whether a header cell is a row header: it says so, or no data cell stands in its columns."""
        if cell.scope:
            return cell.scope == "row"
        return self._data_in_rows(cell) and not self._data_in_columns(cell)

    def _data_in_rows(self, cell: GridCell) -> bool:
        rows = range(cell.y, cell.y + cell.height)
        return any(self._has_data(x, y) for y in rows for x in range(self.width))

    def _data_in_columns(self, cell: GridCell) -> bool:
        columns = range(cell.x, cell.x + cell.width)
        return any(self._has_data(x, y) for x in columns for y in range(self.height))

    def _has_data(self, x: int, y: int) -> bool:
        return any(not cell.is_header for cell in self._slots.get((x, y), ()))

    # --- the headers of a cell ----------------------------------------------------------------------------------

    def headers(self, cell: GridCell) -> list[GridCell]:
        """The header cells of a cell, in the order of the standard; none twice, none empty, and never itself."""
        found = self._named(cell) if cell.element.get("headers") is not None else self._from_place(cell)
        return [header for header in dict.fromkeys(found) if header is not cell and not _is_empty(header.element)]

    def _named(self, cell: GridCell) -> list[GridCell]:
        by_id = {other.element.get("id"): other for other in reversed(self.cells)}
        return [by_id[name] for name in cell.element.get("headers").split() if name in by_id]

    def _from_place(self, cell: GridCell) -> list[GridCell]:
        found: list[GridCell] = []
        for y in range(cell.y, cell.y + cell.height):
            found += self._scan(cell, cell.x, y, -1, 0)
        for x in range(cell.x, cell.x + cell.width):
            found += self._scan(cell, x, cell.y, 0, -1)
        return found + [other for other in self.cells if self._is_group_header(other, cell)]

    def _is_group_header(self, header: GridCell, cell: GridCell) -> bool:
        begins_before = header.x < cell.x + cell.width and header.y < cell.y + cell.height
        if not header.is_header or not begins_before:
            return False
        if header.scope == "rowgroup":
            return header.group == cell.group
        # Without <colgroup> elements the columns under the header are its group.
        return header.scope == "colgroup" and cell.x < header.x + header.width

    def _scan(self, principal: GridCell, x: int, y: int, dx: int, dy: int) -> Iterator[GridCell]:
        """Header cells from a slot to the left (dx -1) or upwards (dy -1); a header hides a like one behind data."""
        opaque: list[GridCell] = []
        in_block = principal.is_header
        block = [principal] if in_block else []
        while x + dx >= 0 and y + dy >= 0:
            x, y = x + dx, y + dy
            current = self.cell_at(x, y)
            if current is None:
                continue
            if current.is_header:
                in_block = True
                block.append(current)
                if not self._is_blocked(current, opaque, dx == 0):
                    yield current
            elif in_block:
                in_block = False
                opaque += block
                block = []

    def _is_blocked(self, header: GridCell, opaque: list[GridCell], upwards: bool) -> bool:
        if upwards:
            hidden = any((other.x, other.width) == (header.x, header.width) for other in opaque)
            return hidden or not self.is_column_header(header)
        hidden = any((other.y, other.height) == (header.y, header.height) for other in opaque)
        return hidden or not self.is_row_header(header)


def _row_groups(table: Any) -> list[list[Any]]:
    """The rows of a table by row group; rows outside a group are one by themselves, feet come last."""
    groups: list[list[Any]] = []
    feet: list[list[Any]] = []
    for child in table:
        if child.tag == "tr":
            groups.append([child])
        elif child.tag in _GROUPS:
            rows = [row for row in child if row.tag == "tr"]
            (feet if child.tag == "tfoot" else groups).append(rows)
    return groups + feet


def _slots(cell: GridCell) -> Iterator[tuple[int, int]]:
    for y in range(cell.y, cell.y + cell.height):
        for x in range(cell.x, cell.x + cell.width):
            yield x, y


def _span(element: Any, name: str, lowest: int) -> int:
    """The value of colspan or rowspan; 1 when there is none that makes sense (HTML, 4.9.11)."""
    text = (element.get(name) or "").strip()
    value = int(text) if text.isascii() and text.isdigit() else 1
    return value if value >= lowest else 1


def _is_empty(element: Any) -> bool:
    return not len(element) and not (element.text or "").strip()
