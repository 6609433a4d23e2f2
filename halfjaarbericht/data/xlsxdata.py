"""Reads a sheet of an .xlsx file strictly; all that is wrong with it names the sheet and the cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from halfjaarbericht.data.datafile import Reading, ReadingError, read_bytes
from halfjaarbericht.data.rows import Format, Lines, Record, declared_columns, make_table
from halfjaarbericht.data.table import DataTable, column_letters
from halfjaarbericht.data.workbook import LAST_COLUMN, LAST_ROW, Area, Sheet, open_sheet, parse_area
from halfjaarbericht.data.xlsxvalue import is_heading, parse_stored, stored_text
from halfjaarbericht.model.cijfers import Datakolom

_WHOLE = Area(1, 1, LAST_ROW, LAST_COLUMN)


def read_xlsx(reading: Reading, folder: Path, id: str) -> DataTable:
    """The table in a sheet of an .xlsx file of the edition in `folder`. Complains to `reading`; raises
    ReadingError."""
    area = _area(reading)
    with open_sheet(reading, read_bytes(reading, folder), reading.spec.blad) as sheet:
        form = Format("rij", partial(_place, area), stored_text, parse_stored, partial(_explain_absent, reading))
        return make_table(reading, form, _records(sheet, area), id)


def _area(reading: Reading) -> Area:
    if reading.spec.bereik is None:
        return _WHOLE
    area = parse_area(reading.spec.bereik)
    if area is None:
        message = f"het bereik '{reading.spec.bereik}' bestaat niet"
        hint = "noem eerst de cel linksboven en dan die rechtsonder: A3:F12"
        reading.complain_declared("E453", ("bereik",), message, hint, reading.spec.bereik)
        raise ReadingError
    return area


def _place(area: Area, lines: Lines, index: int) -> tuple[int, int]:
    return lines[0], area.left + index


def _records(sheet: Sheet, area: Area) -> Iterator[Record]:
    """The rows that are not blank; all as wide as the first of them, the header."""
    width = 0
    for number, values in sheet.rows(area):
        filled = _filled(values)
        if not filled:
            continue
        if not width:
            width = len(values) if area is not _WHOLE else filled
            _refuse_merged(sheet, area, number, values)
        yield (number, number), [*values[:width], *[None] * (width - len(values))]


def _filled(values: list[Any]) -> int:
    """The number of values up to and including the last one that is not blank."""
    for index in range(len(values), 0, -1):
        value = values[index - 1]
        if value is not None and (not isinstance(value, str) or value.strip()):
            return index
    return 0


def _refuse_merged(sheet: Sheet, area: Area, header_row: int, header: list[Any]) -> None:
    """Of merged cells only the first has a value; which column or row it is of cannot be known."""
    reading = sheet.reading
    wanted = declared_columns(reading.spec)
    columns = [area.left + i for i, value in enumerate(header) if is_heading(value) and stored_text(value) in wanted]
    table = [Area(header_row, area.left, header_row, area.right)]
    table += [Area(header_row, column, area.bottom, column) for column in columns]
    for merged in sheet.merged:
        if not any(merged.meets(part) for part in table):
            continue
        first, last = (f"{column_letters(c)}{r}" for c, r in ((merged.left, merged.top), (merged.right, merged.bottom)))
        where = "de kopregel" if merged.top <= header_row else "de tabel"
        message = f"de cellen {first}:{last} in {where} zijn samengevoegd"
        hint = "hef de samenvoeging op, of noem met 'bereik' alleen de tabel zelf"
        reading.complain("E454", merged.top, merged.left, message, hint)
    if reading.problems:
        raise ReadingError


def _explain_absent(reading: Reading, header: list[str], columns: Mapping[str, Datakolom]) -> None:
    """A title above the table is taken for its header: then none of the columns is there."""
    if any(name in header for name in columns):
        return
    shown = ", ".join(filter(None, header[:4]))
    message = f"geen van de kolommen staat in de eerste gevulde rij van {reading.path}, blad {reading.sheet} ({shown})"
    hint = "noem met 'bereik' waar de tabel staat, de kopregel eerst: A3:F12"
    reading.complain_declared("E407", ("kolommen",), message, hint, "")
    raise ReadingError
