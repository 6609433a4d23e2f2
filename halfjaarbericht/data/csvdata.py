"""Reads a CSV file strictly; all that is wrong with it gets a place and a Dutch sentence."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from halfjaarbericht.data.cellvalue import parse_cell
from halfjaarbericht.data.datafile import SAVE_AS, Reading, ReadingError, read_text, split_lines
from halfjaarbericht.data.rows import Format, Lines, Record, make_table
from halfjaarbericht.data.table import DataTable
from halfjaarbericht.model.cijfers import Datakolom

_DELIMITERS = {"komma": ",", "puntkomma": ";"}
_NAMES = {",": "komma's", ";": "puntkomma's", "\t": "tabs"}


def read_csv(reading: Reading, folder: Path, id: str) -> DataTable:
    """The table in a CSV file of the edition in `folder`. Complains to `reading`; raises ReadingError."""
    read_text(reading, folder)
    form = Format("regel", partial(_field_place, reading), str.strip, parse_cell, partial(_check_delimiter, reading))
    return make_table(reading, form, _records(reading), id)


def _records(reading: Reading) -> Iterator[Record]:
    """First line, last line and fields of every record that is not blank."""
    rows = csv.reader(reading.lines, delimiter=_delimiter(reading), strict=True)
    start = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise _syntax(reading, start, str(error)) from None
        if row:
            yield (start, rows.line_num), row
        start = rows.line_num + 1


def _syntax(reading: Reading, line: int, english: str) -> ReadingError:
    if "field limit" in english:
        limit = csv.field_size_limit()
        return reading.stop("E410", line, 1, f"regel {line}: een veld van meer dan {limit} tekens")
    hint = 'zet een veld met een " of een scheidingsteken geheel tussen "…" en verdubbel elke " daarbinnen'
    what = "wordt niet gesloten" if "unexpected end" in english else "staat op een verkeerde plaats"
    return reading.stop("E410", line, 1, f"regel {line}: een aanhalingsteken {what}", hint)


def _check_delimiter(reading: Reading, header: list[str], columns: Mapping[str, Datakolom]) -> None:
    """Say so when another separator finds more of the declared columns than the one in use."""
    found = sum(name in header for name in columns)
    for other, name in _NAMES.items():
        fields = [field.strip().strip('"') for field in reading.lines[0].rstrip("\r\n").split(other)]
        if len(fields) > 1 and sum(column in fields for column in columns) > found:
            word = next((word for word, mark in _DELIMITERS.items() if mark == other), "")
            hint = f"zet 'scheidingsteken: {word}' bij dit bestand in cijfers.yaml" if word else SAVE_AS
            message = f"de velden zijn gescheiden door {name}, niet door {_NAMES[_delimiter(reading)]}"
            raise reading.stop("E406", 1, 1, message, hint)


def _delimiter(reading: Reading) -> str:
    return _DELIMITERS[reading.spec.scheidingsteken]


def _field_place(reading: Reading, lines: Lines, index: int) -> tuple[int, int]:
    """Line and column (from 1) of field `index` of a record, past the spaces before it."""
    start, end = lines
    text = "".join(reading.lines[start - 1 : end])
    offset = _field_starts(text, _delimiter(reading))[index]
    offset += len(text[offset:]) - len(text[offset:].lstrip(" "))
    before = split_lines(text[:offset] + "?")
    return start + len(before) - 1, len(before[-1])


def _field_starts(record: str, delimiter: str) -> list[int]:
    """Where each field of a record starts (from 0); a delimiter between quotes separates nothing."""
    starts = [0]
    quoted = False
    for position, character in enumerate(record):
        if character == '"' and (quoted or record[starts[-1]] == '"'):
            quoted = not quoted
        elif character == delimiter and not quoted:
            starts.append(position + 1)
    return starts
