"""Tables compared: cells by row and column, with rows and columns found again when they moved or were renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from halfjaarbericht.changes.align import Alignment
from halfjaarbericht.changes.model import TextRow, TextTable
from halfjaarbericht.changes.pieces import Piece
from halfjaarbericht.changes.result import Change, What

ALIKE = 0.5
LONGEST_LABEL = 60
Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """A change, and where it is: in table `table` of now, or when that is None in a table `gone` (index among the old).

    `row` is a row of now; of a row that went the one that it stood before. `column` is one of now, None for a whole
    row and for a column that went. `piece` is a sentence of the cell, of one that went the one that it stood before.
    `cells` are the texts of a row that went, by the columns of now.
    """

    change: Change
    table: int | None
    gone: int | None = None
    row: int | None = None
    column: int | None = None
    piece: int = 0
    cells: tuple[str, ...] = ()

    @property
    def is_gone_column(self) -> bool:
        """Whether it is a column that went."""
        return self.change.kind == "kolom" and self.change.what == "vervallen"


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What came of comparing tables: the changes, the number of cells in which only a reference was renumbered, and
    the number of rows that moved."""

    found: tuple[TableChange, ...]
    references: int
    moved: int


def compare_tables(old: Sequence[TextTable], new: Sequence[TextTable]) -> TableChanges:
    """What changed in the tables of a document, in the order of those of now; tables that are gone come last."""
    found = Alignment(len(old), len(new))
    found.in_order([t.id for t in old], [t.id for t in new])
    found.alike([_all_text(t) for t in old], [_all_text(t) for t in new], lambda i, j: True, ALIKE)
    partner = {j: i for i, j in found.pairs}
    changes: list[TableChange] = []
    references = moved = 0
    for j, table in enumerate(new):
        if j not in partner:
            changes += [TableChange(_row(table, row, n, "nieuw"), j, row=n) for n, row in enumerate(table.rows)]
            continue
        pair = _TablePair(old[partner[j]], table, j)
        changes += pair.changes()
        references, moved = references + pair.references, moved + pair.moved
    for i in found.removed:
        changes += [TableChange(_row(old[i], row, n, "vervallen"), None, i) for n, row in enumerate(old[i].rows)]
    return TableChanges(tuple(changes), references, moved)


class _TablePair:
    """One table, before and now; `index` is its place among those of now."""

    def __init__(self, old: TextTable, new: TextTable, index: int):
        self.old, self.new, self.index = old, new, index
        self.gone = replace(old, name=new.name, heading=new.heading)
        self.columns = _align_columns(old, new)
        self.rows = _align_rows(old, new, self.columns)
        self.moved = self.rows.moved
        self.references = 0

    def changes(self) -> list[TableChange]:
        """What changed: columns that came or went, then row by row."""
        at = self.index
        found = [TableChange(_column(self.new, j, "nieuw"), at, column=j) for j in self.columns.added]
        found += [TableChange(_column(self.gone, i, "vervallen"), at) for i in self.columns.removed]
        partner = {j: i for i, j in self.rows.pairs}
        for j, row in enumerate(self.new.rows):
            if j not in partner:
                found.append(TableChange(_row(self.new, row, j, "nieuw"), at, row=j))
            else:
                found += self._cells(self.old.rows[partner[j]], row, j)
        return found + [self._removed(i) for i in self.rows.removed]

    def _removed(self, index: int) -> TableChange:
        present = dict(self.rows.pairs)
        before = next((present[i] for i in range(index - 1, -1, -1) if i in present), -1)
        row, now = self.old.rows[index], {b: a for a, b in self.columns.pairs}
        cells = tuple(_text(_at(row, now[b])) if b in now else "" for b in range(_width(self.new)))
        return TableChange(_row(self.gone, row, index, "vervallen"), self.index, row=before + 1, cells=cells)

    def _cells(self, old: TextRow, new: TextRow, number: int) -> Iterator[TableChange]:
        for a, b in sorted(self.columns.pairs, key=lambda pair: pair[1]):
            for change, piece in self._cell(_at(old, a), _at(new, b), _place(self.new, new, number, b)):
                yield TableChange(change, self.index, row=number, column=b, piece=piece)

    def _cell(self, old: Cell, new: Cell, where: str) -> Iterator[tuple[Change, int]]:
        if _text(old) == _text(new):
            return
        if _core(old) == _core(new):
            self.references += 1
        elif len(old) <= 1 and len(new) <= 1:
            yield Change("gewijzigd", "cel", self.new.heading, where, _text(old), _text(new)), 0
        else:
            yield from self._long_cell(old, new, where)

    def _long_cell(self, old: Cell, new: Cell, where: str) -> Iterator[tuple[Change, int]]:
        """A cell with running text is told sentence by sentence."""
        heading = self.new.heading
        found = Alignment(len(old), len(new))
        found.in_order([p.core for p in old], [p.core for p in new])
        found.alike([p.core for p in old], [p.core for p in new], lambda i, j: True, ALIKE)
        present = dict(found.pairs)
        for i in found.removed:
            before = next((present[n] for n in range(i - 1, -1, -1) if n in present), -1)
            yield Change("vervallen", "cel", heading, where, old=old[i].text), before + 1
        partner = {j: i for i, j in found.pairs}
        for j, piece in enumerate(new):
            if j not in partner:
                yield Change("nieuw", "cel", heading, where, new=piece.text), j
            elif old[partner[j]].core != piece.core:
                yield Change("gewijzigd", "cel", heading, where, old[partner[j]].text, piece.text), j


def _align_columns(old: TextTable, new: TextTable) -> Alignment:
    """By heading; then in order when as many are left on both sides (a heading that was renamed)."""
    width = (_width(old), _width(new))
    found = Alignment(*width)
    if not any(old.columns) or not any(new.columns):
        names: tuple[list[str], list[str]] = ([str(i) for i in range(width[0])], [str(j) for j in range(width[1])])
    else:
        names = (list(old.columns), list(new.columns))
    found.in_order(*names)
    if len(found.removed) == len(found.added):
        positions = [{index: n for n, index in enumerate(left)} for left in (found.removed, found.added)]
        found.in_order(*[[p.get(i, f"taken {i}") for i in range(w)] for p, w in zip(positions, width, strict=True)])
    return found


def _align_rows(old: TextTable, new: TextTable, columns: Alignment) -> Alignment:
    """Equal rows first, then those with the same header, then those that look alike or have the same place."""
    shared = sorted(columns.pairs, key=lambda pair: pair[1])
    cores = (
        [tuple(_core(_at(row, a)) for a, _ in shared) for row in old.rows],
        [tuple(_core(_at(row, b)) for _, b in shared) for row in new.rows],
    )
    found = Alignment(len(old.rows), len(new.rows))
    found.in_order(list(zip(_labels(old), cores[0], strict=True)), list(zip(_labels(new), cores[1], strict=True)))
    names = [[label or f"{t} {n}" for n, label in enumerate(_labels(table))] for t, table in enumerate((old, new))]
    found.in_order(*names)
    found.alike([" ".join(c) for c in cores[0]], [" ".join(c) for c in cores[1]], lambda i, j: True, ALIKE)
    return found


def _labels(table: TextTable) -> list[str]:
    return [row.label for row in table.rows]


# --- words ------------------------------------------------------------------------------------------------------


def _row(table: TextTable, row: TextRow, number: int, what: What) -> Change:
    text = " | ".join(_text(cell) or "–" for cell in row.cells)
    where = f"{table.name}, {_row_name(row, number)}"
    if what == "nieuw":
        return Change("nieuw", "rij", table.heading, where, new=text)
    return Change("vervallen", "rij", table.heading, where, old=text)


def _column(table: TextTable, index: int, what: What) -> Change:
    cells = [(_row_name(row, n), _text(_at(row, index))) for n, row in enumerate(table.rows)]
    text = "; ".join(f"{name.removeprefix('rij ')}: {cell or '–'}" for name, cell in cells)
    where = f"{table.name}, {_column_name(table, index)}"
    if what == "nieuw":
        return Change("nieuw", "kolom", table.heading, where, new=text)
    return Change("vervallen", "kolom", table.heading, where, old=text)


def _place(table: TextTable, row: TextRow, number: int, column: int) -> str:
    named = f", {_column_name(table, column)}" if any(table.columns) else ""
    return f"{table.name}, {_row_name(row, number)}{named}"


def _row_name(row: TextRow, number: int) -> str:
    return f"rij {_short(row.label) or number + 1}"


def _column_name(table: TextTable, index: int) -> str:
    return f"kolom {_short(table.columns[index]) if index < len(table.columns) else ''}".strip() or f"kolom {index + 1}"


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _at(row: TextRow, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else ()


def _width(table: TextTable) -> int:
    return max([len(table.columns), *(len(row.cells) for row in table.rows)])


def _text(cell: Cell) -> str:
    return " ".join(piece.text for piece in cell)


def _core(cell: Cell) -> str:
    return " ".join(piece.core for piece in cell)


def _all_text(table: TextTable) -> str:
    return " ".join(_core(cell) for row in table.rows for cell in row.cells)
