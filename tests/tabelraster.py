"""The header cells of the cells of a table, worked out from its rows in a way of its own: for checking tag trees."""

from __future__ import annotations

from typing import Any

from tests.htmlhulp import XHTML


def cell_rows(table: Any) -> list[list[Any]]:
    """The cells of a table by row, those of tables inside it left out."""
    rows = []
    for part in table:
        if part.tag in (XHTML + "thead", XHTML + "tbody", XHTML + "tfoot"):
            rows += [[cell for cell in row if cell.tag in (XHTML + "td", XHTML + "th")] for row in part]
    return rows


def matrix(table: Any) -> list[list[Any]]:
    """Which cell stands in each row and column."""
    grid: list[dict[int, Any]] = []
    for y, row in enumerate(cell_rows(table)):
        column = 0
        for cell in row:
            while len(grid) > y and column in grid[y]:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                while len(grid) <= y + down:
                    grid.append({})
                for right in range(int(cell.get("colspan", 1))):
                    grid[y + down][column + right] = cell
            column += int(cell.get("colspan", 1))
    return [[row[x] for x in range(len(row))] for row in grid]


def expected_headers(table: Any) -> dict[Any, set[Any]]:
    """For each data cell its headers: those it names, or else the heads above it and the row heads left of it.

    Only for tables in which a head stands above all of its columns, or left of all of its rows.
    """
    grid = matrix(table)
    by_id = {cell.get("id"): cell for row in grid for cell in row if cell.get("id")}
    found: dict[Any, set[Any]] = {}
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            if cell.tag == XHTML + "th":
                continue
            if cell.get("headers"):
                found[cell] = {by_id[name] for name in cell.get("headers").split()}
                continue
            above = {grid[up][x] for up in range(y)}
            left = set(row[:x])
            heads = {h for h in above if _is_head(h, "col")} | {h for h in left if _is_head(h, "row")}
            found.setdefault(cell, set()).update(heads)
    return found


def _is_head(cell: Any, direction: str) -> bool:
    scope = cell.get("scope") or ""
    return bool(cell.tag == XHTML + "th" and scope.startswith(direction))
