"""From the records of a data file to a DataTable: headings, keys and values, whichever kind of file they are from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from halfjaarbericht.data.cellvalue import CellError
from halfjaarbericht.data.datafile import Reading, ReadingError
from halfjaarbericht.data.table import DataRow, DataTable, Value, as_key, column_letters, repeated, show_key
from halfjaarbericht.model.cijfers import Databestand, Datakolom
from halfjaarbericht.problems import did_you_mean

MAX_ROWS = 200_000
MAX_COLUMNS = 1000

Lines = tuple[int, int]
"""The first and last line of a record, from 1; they differ when a field between quotes holds line ends."""
Record = tuple[Lines, Sequence[Any]]
"""A row that is not blank: its lines and its fields."""


@dataclass(frozen=True, slots=True)
class Format:
    """What one kind of file does in its own way."""

    line: str
    """What a line is called in messages: regel, rij."""
    place: Callable[[Lines, int], tuple[int, int]]
    """Line and column (from 1) of a field."""
    text: Callable[[Any], str]
    """A field as heading or key. Raises CellError."""
    parse: Callable[[Any, Datakolom, Databestand], Value]
    """A field as value. Raises CellError."""
    explain_absent: Callable[[list[str], Mapping[str, Datakolom]], None]
    """Called when columns are absent: stops the reading (ReadingError) when it knows why."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which field of a record is which column."""

    reading: Reading
    format: Format
    key_columns: tuple[str, ...]
    columns: Mapping[str, Datakolom]
    positions: Mapping[str, int]

    def place(self, lines: Lines, name: str) -> tuple[int, int]:
        return self.format.place(lines, self.positions[name])

    def complain(self, error: CellError, lines: Lines, name: str, what: str, width: int) -> None:
        self.reading.complain(error.code, *self.place(lines, name), f"{what}{error.message}", error.hint, width)


def declared_columns(spec: Databestand) -> dict[str, Datakolom]:
    """The columns that are read: those of the key, text unless declared otherwise, and the declared ones."""
    return {name: Datakolom(soort="tekst") for name in as_key(spec.sleutel or ())} | spec.kolommen


def make_table(reading: Reading, form: Format, records: Iterator[Record], id: str) -> DataTable:
    """Read the headings and all rows. Complains to `reading`; raises ReadingError where reading on has no use."""
    lines, fields = next(records, ((1, 1), ()))
    header = _header(reading, form, lines, fields)
    if not any(header):
        hint = "de eerste regel hoort de kolomkoppen te bevatten"
        raise reading.stop("E405", 1 if reading.lines else 0, 0, "het bestand is leeg", hint)
    columns = declared_columns(reading.spec)
    _check_header(reading, form, header, columns, lines)
    positions = {name: header.index(name) for name in columns}
    layout = _Layout(reading, form, as_key(reading.spec.sleutel or ()), columns, positions)
    rows = tuple(_rows(layout, records, len(header)))
    if not rows and not reading.problems:
        raise reading.stop("E405", lines[0], 1, "het bestand heeft kolomkoppen maar geen rijen")
    undeclared = tuple(name for name in header if name and name not in columns)
    letters = {name: column_letters(form.place(lines, positions[name])[1]) for name in columns if reading.sheet}
    moment = reading.spec.peildatum.isoformat() if reading.spec.peildatum else ""
    return DataTable(id, reading.path, layout.key_columns, columns, rows, undeclared, reading.sheet, letters, moment)


def _header(reading: Reading, form: Format, lines: Lines, fields: Sequence[Any]) -> list[str]:
    header = []
    for index, field in enumerate(fields):
        try:
            header.append(form.text(field))
        except CellError as error:
            header.append("")
            reading.complain(error.code, *form.place(lines, index), f"kolomkop: {error.message}", error.hint)
    if reading.problems:
        raise ReadingError
    return header


def _check_header(
    reading: Reading, form: Format, header: list[str], columns: Mapping[str, Datakolom], lines: Lines
) -> None:
    """Complain about headings; without the declared columns the rows cannot be read."""
    if len(header) > MAX_COLUMNS:
        raise reading.stop("E403", lines[0], 1, f"het bestand heeft meer dan {MAX_COLUMNS} kolommen")
    for name, *_ in repeated(heading for heading in header if heading):
        second = header.index(name, header.index(name) + 1)
        message = f"de kolomkop '{name}' komt meer dan eens voor"
        reading.complain("E408", *form.place(lines, second), message, width=len(name))
    absent = [name for name in columns if name not in header]
    if absent:
        form.explain_absent(header, columns)
    for name in absent:
        at = ("kolommen", name) if name in reading.spec.kolommen else ("sleutel",)
        message = f"de kolom '{name}' staat niet in de kopregel van {reading.path}"
        reading.complain_declared("E407", at, message, did_you_mean(name, filter(None, header)), name)
    if reading.problems:
        raise ReadingError


def _rows(layout: _Layout, records: Iterator[Record], width: int) -> Iterator[DataRow]:
    """The rows that can be read; complains about the others. `width` is how many fields a row has."""
    reading = layout.reading
    seen: dict[tuple[str, ...], int] = {}
    for count, (lines, fields) in enumerate(records, 1):
        if count > MAX_ROWS:
            shown = f"{MAX_ROWS:_}".replace("_", ".")
            raise reading.stop("E403", lines[0], 1, f"het bestand heeft meer dan {shown} rijen")
        if len(fields) != width:
            message = f"{layout.format.line} {lines[0]} heeft {_fields(len(fields))}, de kopregel {_fields(width)}"
            reading.complain("E409", lines[0], 1, message, "staat er een scheidingsteken te veel of te weinig?")
            continue
        key = _key(layout, fields, lines)
        if key and _good_key(layout, key, lines, seen):
            yield DataRow(key, _values(layout, fields, key, lines), lines[0])


def _fields(count: int) -> str:
    return "1 veld" if count == 1 else f"{count} velden"


def _key(layout: _Layout, fields: Sequence[Any], lines: Lines) -> tuple[str, ...] | None:
    """The key of a row; None when a field of it has no text."""
    key = []
    for name in layout.key_columns:
        try:
            key.append(layout.format.text(fields[layout.positions[name]]))
        except CellError as error:
            layout.complain(error, lines, name, f"sleutel in kolom '{name}': ", 1)
            return None
    return tuple(key)


def _good_key(layout: _Layout, key: tuple[str, ...], lines: Lines, seen: dict[tuple[str, ...], int]) -> bool:
    reading, word = layout.reading, layout.format.line
    if not all(key):
        name = layout.key_columns[key.index("")]
        message = f"{word} {lines[0]}: de sleutel in kolom '{name}' is leeg"
        hint = "verwijder de regel of vul haar in"
        reading.complain("E411", *layout.place(lines, name), message, hint)
        return False
    first = seen.setdefault(key, lines[0])
    if first != lines[0]:
        message = f"de rij '{show_key(key)}' staat er al, op {word} {first}"
        hint = "elke rij heeft een eigen sleutel; noem zo nodig meer kolommen onder 'sleutel'"
        reading.complain("E411", *layout.place(lines, layout.key_columns[0]), message, hint, len(key[0]))
        return False
    return True


def _values(layout: _Layout, fields: Sequence[Any], key: tuple[str, ...], lines: Lines) -> tuple[Value, ...]:
    values: list[Value] = []
    for name, column in layout.columns.items():
        field = fields[layout.positions[name]]
        try:
            values.append(layout.format.parse(field, column, layout.reading.spec))
        except CellError as error:
            values.append(None)
            what = f"rij '{show_key(key)}', kolom '{name}': "
            layout.complain(error, lines, name, what, len(str(field).strip()))
    return tuple(values)
