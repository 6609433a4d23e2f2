"""Marks for changed tables: cells with what stood there before, rows and columns that came, and those that went."""

from __future__ import annotations

from collections.abc import Sequence

from halfjaarbericht.changes.edits import Edits, gone
from halfjaarbericht.changes.located import Grid, Home, Located
from halfjaarbericht.changes.model import DocumentText, Unit
from halfjaarbericht.changes.tablecompare import TableChange, TableChanges
from halfjaarbericht.changes.unitmarks import UnitMarks, told_of
from halfjaarbericht.verslag import Cell, Edit, Figure, Paragraph, Place, Row, Span, Text

SHORT = 60
"""Up to so many characters the old text of a cell stands in one line with the new."""


class TableMarks:
    """Puts marks for tables into `edits`. Every `put` gives the place in the content of what the mark stands at."""

    def __init__(self, old: DocumentText, located: Located, changes: TableChanges, texts: UnitMarks, edits: Edits):
        self.old = old
        self.located = located
        self.texts = texts
        self.edits = edits
        # Rows that are marked as a whole: a column that is new passes them by.
        self._new_rows = {(c.table, c.row) for c in changes.found if c.change.what == "nieuw" and c.row is not None}
        self._told: set[int] = set()

    def put(self, found: TableChange, name: str) -> Place | None:
        """Mark one change, under the id `name`."""
        if found.table is None:
            return self._put_gone_table(found, name)
        grid = self.located.grids[found.table]
        if grid.figure:
            self._tell_figure(grid.figure)
            self._put_headline(grid.figure, found)
        if found.change.kind == "cel":
            self._put_cell(grid, found, name)
        elif found.change.what == "nieuw":
            self._put_new(grid, found, name)
        elif found.is_gone_column:
            self._put_before(grid, found, name)
        else:
            self._put_gone_row(grid, found, name)
        return grid.table.place

    # --- cells --------------------------------------------------------------------------------------------------

    def _put_cell(self, grid: Grid, found: TableChange, name: str) -> None:
        cell = _cell(grid, found.row, found.column)
        if cell is None:  # covered by one that spans
            self._put_before(grid, found, name)
            return
        sentences = self.located.sentences(cell.blocks)
        old, new = found.change.old, found.change.new
        if not sentences or (len(sentences) == 1 and new and len(old) <= SHORT):
            self.texts.put_in_cell(Home(cell=cell), old, new, name)
        elif new:
            block, span = sentences[found.piece]
            self.texts.put_in_text(block, span, old, new, name)
        elif found.piece:
            after = sentences[found.piece - 1][0]
            self.edits.after.setdefault(id(after), []).append(Paragraph((gone(name, old),)))
        else:
            before = sentences[0][0]
            self.edits.before.setdefault(id(before), []).append(Paragraph((gone(name, old),)))

    # --- rows and columns that came -----------------------------------------------------------------------------

    def _put_new(self, grid: Grid, found: TableChange, name: str) -> None:
        if found.row is not None:
            cells: Sequence[Cell | None] = grid.cells[found.row]
        else:
            rows = [row for row in range(len(grid.cells)) if (found.table, row) not in self._new_rows]
            cells = [_cell(grid, row, found.column) for row in rows]
        sentences = [each for cell in cells if cell for each in self.located.sentences(cell.blocks)]
        for number, (block, span) in enumerate(sentences):
            self.edits.text(block).new.append(("" if number else name, span))
        if not sentences:
            self._put_before(grid, found, name)

    # --- what is gone -------------------------------------------------------------------------------------------

    def _put_gone_row(self, grid: Grid, found: TableChange, name: str) -> None:
        """The row stands where it stood, unless a cell there spans several rows; then below those."""
        if not any(found.cells):
            self._put_before(grid, found, name)
            return
        rows = (*grid.table.body, *grid.table.foot)
        at = found.row or 0
        while at < len(rows) and any(c.rowspan > at - above for above, row in enumerate(rows[:at]) for c in row.cells):
            at += 1
        like = grid.cells[min(at, len(rows) - 1)] if rows else ()
        cells = []
        for column, text in enumerate(found.cells):
            model = like[column] if column < len(like) else None
            header, align = (model.header, model.align) if model else ("", "left")
            cells.append(Cell((Paragraph((gone(name, text),)),) if text else (), header if text else "", align))
            name = "" if text else name
        self.edits.rows.setdefault(id(grid.table), {}).setdefault(at, []).append(Row(tuple(cells)))

    def _put_before(self, grid: Grid, found: TableChange, name: str) -> None:
        """Before the table, what has no cell of its own to stand in."""
        change, block = found.change, grid.figure or grid.table
        old = (gone("", change.old), Text(" ")) if change.old else ()
        new = (Span("ins", (Text(change.new),)),) if change.new else ()
        told = told_of(f"{change.what.capitalize()} ({change.where}):", (*old, *new), name)
        self.edits.before.setdefault(id(block), []).append(told)

    def _put_gone_table(self, found: TableChange, name: str) -> Place | None:
        assert found.gone is not None
        told = told_of(f"Vervallen ({found.change.where}):", (gone("", found.change.old),), name)
        last = last_of_table(self.texts.before, self.old.tables[found.gone].id)
        return self.texts.put_at_start("", told) if last is None else self.texts.put_near(last, told)

    def _tell_figure(self, figure: Figure) -> None:
        """A drawing cannot be marked; that its data changed is said before it, once."""
        if id(figure) not in self._told:
            self._told.add(id(figure))
            words = (Text("de gegevens zijn anders. De tabel bij de figuur laat zien welke."),)
            told = told_of(f"Gewijzigd (figuur {figure.number}):", words, "")
            self.edits.before.setdefault(id(figure), []).insert(0, told)

    def _put_headline(self, figure: Figure, found: TableChange) -> None:
        """Headline figures are text on the page too: the second column of their table, a row for each."""
        if found.row is not None and found.change.what != "vervallen" and found.column in (1, None):
            was = (gone("", found.change.old),) if found.change.old else ()
            self.edits.facts[f"kerngetal:{figure.id}:{found.row}"] = Edit(was)


def last_of_table(units: Sequence[Unit], table: str) -> int | None:
    """The index of the last text that belongs to a table; None when it has no caption and no headings."""
    own = [n for n, unit in enumerate(units) if unit.slot == f"bijschrift:{table}" or unit.scope == f"tabel:{table}"]
    return own[-1] if own else None


def _cell(grid: Grid, row: int | None, column: int | None) -> Cell | None:
    if row is None or column is None or column >= len(grid.cells[row]):
        return None
    return grid.cells[row][column]
