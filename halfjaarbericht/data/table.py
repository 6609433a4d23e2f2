"""Tables of data as the rest of the program sees them: typed values with the place they came from.

Nothing here knows what kind of file the values were read from; csvdata.py and xlsxdata.py do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from itertools import islice

from halfjaarbericht.language.nederlands import format_number
from halfjaarbericht.model.cijfers import Datakolom, Getalopmaak
from halfjaarbericht.problems import did_you_mean

EXACT = Context(prec=60)
"""Cells have at most 24 digits, so the sum of all cells of the largest file is still exact."""
MAX_CANDIDATES = 2000
"""Looking for the nearest name among more names than this takes seconds and helps nobody."""

Key = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell that the source leaves open on purpose; `text` is shown as it is: n.b., n.v.t."""

    text: str


Value = Decimal | date | str | Missing | None
"""None is an empty cell."""


@dataclass(frozen=True, slots=True)
class DataCell:
    """A value and where it stands: the file as shown in messages, the line in it (from 1), row and column. In a
    spreadsheet `cell` is its sheet and reference: blad Klachten, C7. `moment` is the day that its file holds for (ISO,
    '' when not stated); `own_key` is the key in its file, when the table knows the row by another."""

    value: Value
    path: str
    line: int
    key: tuple[str, ...]
    column: str
    cell: str = ""
    moment: str = ""
    own_key: tuple[str, ...] = ()

    @property
    def provenance(self) -> str:
        """One line for the reader who wants to look the value up."""
        where = self.cell or f"regel {self.line}"
        return f"{self.path}, {where}, rij '{show_key(self.own_key or self.key)}', kolom '{self.column}'"


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row: its key, its values in the order of the table's columns, and its line in the file (from 1)."""

    key: tuple[str, ...]
    values: tuple[Value, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """The sum of cells. `value` is None when none of them holds a number. Empty cells do not count; `missing`
    are the cells that the source leaves open, which the sum therefore lacks."""

    value: Decimal | None
    missing: tuple[DataCell, ...] = ()


@dataclass(frozen=True)
class DataTable:
    """The rows of a data file, in the order of the file. `columns` are the declared ones and the key columns;
    `undeclared` are headings that the file has besides. For a spreadsheet `sheet` is the name of the sheet and
    `letters` are the letters of the columns. `moment` is the day that the data hold for (ISO, '' when not stated)."""

    id: str
    path: str
    key_columns: tuple[str, ...]
    columns: Mapping[str, Datakolom]
    rows: tuple[DataRow, ...]
    undeclared: tuple[str, ...] = ()
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    moment: str = ""
    _by_key: dict[tuple[str, ...], DataRow] = field(init=False, repr=False, compare=False)
    _position: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {row.key: row for row in self.rows})
        object.__setattr__(self, "_position", {name: i for i, name in enumerate(self.columns)})

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The keys of all rows, in the order of the file."""
        return tuple(row.key for row in self.rows)

    def has_row(self, key: Key) -> bool:
        """Whether there is a row with this key."""
        return as_key(key) in self._by_key

    def row(self, key: Key) -> DataRow:
        """The row with this key. Raises KeyError when there is none."""
        return self._by_key[as_key(key)]

    def cell(self, key: Key, column: str) -> DataCell:
        """The value in a row and column, with its place. Raises KeyError for an unknown row or column."""
        return self._cell(self.row(key), column)

    def cells(self, column: str, keys: Iterable[Key] | None = None) -> Iterator[DataCell]:
        """The cells of a column, of all rows or of the given ones. Raises KeyError as `cell` does."""
        rows = self.rows if keys is None else [self.row(key) for key in keys]
        return (self._cell(row, column) for row in rows)

    def column_sum(self, column: str, keys: Iterable[Key] | None = None) -> ColumnTotal:
        """The sum of a column, of all rows or of the given ones. Raises KeyError as `cell` does."""
        total: Decimal | None = None
        missing: list[DataCell] = []
        for cell in self.cells(column, keys):
            if isinstance(cell.value, Decimal):
                total = EXACT.add(total or Decimal(0), cell.value)
            elif isinstance(cell.value, Missing):
                missing.append(cell)
        return ColumnTotal(total, tuple(missing))

    def row_hint(self, key: Key) -> str:
        """What somebody who named an unknown row probably meant."""
        if len(as_key(key)) != len(self.key_columns):
            return f"een rij heeft hier als sleutel {show_key(self.key_columns)}"
        shown = (show_key(row.key) for row in self.rows)
        return did_you_mean(show_key(as_key(key)), islice(shown, MAX_CANDIDATES))

    def column_hint(self, column: str) -> str:
        """What somebody who named an unknown column probably meant."""
        if column in self.undeclared:
            return f"de kolom staat wel in {self.path}; noem haar ook onder 'kolommen' van '{self.id}'"
        return did_you_mean(column, self.columns)

    def _cell(self, row: DataRow, column: str) -> DataCell:
        cell = sheet_place(self.sheet, f"{self.letters[column]}{row.line}") if self.sheet else ""
        return DataCell(row.values[self._position[column]], self.path, row.line, row.key, column, cell, self.moment)


def sheet_place(sheet: str, reference: str = "") -> str:
    """A place in a spreadsheet for a reader: 'blad Klachten, C7', or the sheet alone."""
    return f"blad {sheet}, {reference}" if reference else f"blad {sheet}"


def column_letters(column: int) -> str:
    """The letters of a column (from 1) in a spreadsheet: 3 is C, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def as_key(key: Key) -> tuple[str, ...]:
    """A key as tuple, whichever way it was written."""
    return (key,) if isinstance(key, str) else tuple(key)


def show_key(key: Key) -> str:
    """A key as an author writes it in YAML: Nederland, or [Afgerond, Aannemen]."""
    parts = as_key(key)
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"


def repeated(keys: Iterable[Key]) -> list[tuple[str, ...]]:
    """The keys that occur more than once, in order of their first occurrence."""
    return [key for key, times in Counter(map(as_key, keys)).items() if times > 1]


def show_number(value: Decimal) -> str:
    """A number for a message: in Dutch, as precise as it is, to six decimals."""
    return format_number(value, Getalopmaak())
