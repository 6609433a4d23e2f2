"""A resolved table as rows of text, with spans filled in so that each cell has a row and a column to be named by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from halfjaarbericht.changes.model import TextRow, TextTable
from halfjaarbericht.changes.pieces import Piece, Pieces
from halfjaarbericht.verslag import Cell, Row, Table

_NOTE = re.compile(r"\[\d+\]")
_ROW_HEADERS = ("row", "rowgroup")


def text_table(table: Table, name: str, heading: str, pieces: Pieces) -> TextTable:
    """The text of a table; nested tables are not in it."""
    texts = _Texts(pieces)
    return TextTable(table.id, name, heading, _columns(table.head, texts), _rows((*table.body, *table.foot), texts))


def nested_tables(table: Table) -> list[Table]:
    """The tables inside the cells of a table."""
    rows = (*table.body, *table.foot)
    return [block for row in rows for cell in row.cells for block in cell.blocks if isinstance(block, Table)]


class _Texts:
    def __init__(self, pieces: Pieces):
        self._pieces = pieces

    def of(self, cell: Cell) -> tuple[Piece, ...]:
        return self._pieces.of_blocks(cell.blocks)

    def label(self, cell: Cell) -> str:
        """The words of a header cell; its notes are no part of its name."""
        return " ".join(_NOTE.sub("", piece.text) for piece in self.of(cell))


def _columns(head: Sequence[Row], texts: _Texts) -> tuple[str, ...]:
    """The heading of each column, a group before its own; none when all are the same, as in a form."""
    columns = []
    for across in zip(*filled(head), strict=False):
        words = [texts.label(cell) for cell, _ in across if cell is not None]
        columns.append(", ".join(dict.fromkeys(word for word in words if word)))
    return tuple(columns) if len(set(columns)) > 1 or len(columns) == 1 else ("",) * len(columns)


def _rows(rows: Sequence[Row], texts: _Texts) -> tuple[TextRow, ...]:
    result = []
    for line in filled(rows):
        headers = [texts.label(cell) for cell, _ in line if cell is not None and cell.header in _ROW_HEADERS]
        cells = tuple(texts.of(cell) if cell is not None and first else () for cell, first in line)
        result.append(TextRow(", ".join(dict.fromkeys(word for word in headers if word)), cells))
    return tuple(result)


def filled(rows: Sequence[Row]) -> list[list[tuple[Cell | None, bool]]]:
    """Each place of a grid with its cell (None where there is none), and whether it is the first of that cell."""
    grid: list[dict[int, tuple[Cell, bool]]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.cells:
            while x in grid[y]:
                x += 1
            for down in range(y, min(y + cell.rowspan, len(rows))):
                for across in range(x, x + cell.colspan):
                    grid[down][across] = (cell, (down, across) == (y, x))
            x += cell.colspan
    width = max((x + 1 for line in grid for x in line), default=0)
    return [[line.get(x, (None, False)) for x in range(width)] for line in grid]
