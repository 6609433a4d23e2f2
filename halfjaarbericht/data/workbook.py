"""Opens one sheet of an .xlsx file and gives the values that are stored in it: the only module that imports openpyxl.

The sheet is read as a stream, so that a large one takes no memory. openpyxl does not tell a formula without a stored
result from an empty cell, nor, when streaming, which cells are merged: for the first the formulas are read beside
the values, for the second we look in the sheet itself.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Any

from halfjaarbericht.data.datafile import Reading, ReadingError
from halfjaarbericht.problems import did_you_mean

MAX_UNPACKED = 200 * 2**20
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 2**20
_BATCH = 500
_OVERLAP = 256
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """What Excel shows where a formula cannot be worked out: #REF!, #DEEL/0!"""

    text: str


@dataclass(frozen=True, slots=True)
class NoResult:
    """A formula of which the file does not hold the result."""


@dataclass(frozen=True, slots=True)
class Area:
    """Part of a sheet; rows and columns from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        """Whether the two have a cell in common."""
        return not (
            self.bottom < other.top or other.bottom < self.top or self.right < other.left or other.right < self.left
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    reading: Reading
    values: Any
    formulas: Any
    """The sheet once more with formulas instead of results; None when it has no formulas."""
    merged: tuple[Area, ...]

    def rows(self, area: Area) -> Iterator[tuple[int, list[Any]]]:
        """The number and the values of every row in `area` that has cells; a row may be shorter than the area is
        wide. A value is None, str, int, float, bool, a date or time, Fault or NoResult."""
        bounds = (area.top, area.bottom, area.left, min(area.right, LAST_COLUMN))
        values = _cells(self.values, *bounds)
        formulas = _cells(self.formulas, *bounds) if self.formulas is not None else iter(())
        pairs = zip_longest(values, formulas, fillvalue=())
        top = area.top
        while batch := self._some(pairs):
            for number, (row, other) in enumerate(batch, top):
                if row:
                    kinds = [cell.data_type for cell in other]
                    yield number, [_stored(cell, kinds[i : i + 1] == ["f"]) for i, cell in enumerate(row)]
            top += len(batch)

    def _some(self, pairs: Iterator[Any]) -> list[Any]:
        """The next rows: not all, to save memory, and not one, to save time."""
        with _damage(self.reading), _no_warnings():
            return list(islice(pairs, _BATCH))


def parse_area(text: str) -> Area | None:
    """'A3:F12' as area; None when the corners stand the wrong way round or outside any sheet."""
    (left, top), (right, bottom) = (_corner(part) for part in text.split(":"))
    good = left <= right <= LAST_COLUMN and 1 <= top <= bottom <= LAST_ROW
    return Area(top, left, bottom, right) if good else None


@contextmanager
def open_sheet(reading: Reading, data: bytes, name: str | None) -> Iterator[Sheet]:
    """The sheet called `name` of the workbook in `data`. Complains to `reading` and raises ReadingError when there
    is no such sheet, or when this is no workbook that can be read."""
    _refuse_other_kinds(reading, data)
    with _damage(reading), _no_warnings():
        book = _load(data, formulas=False)
        sheet = _find_sheet(reading, book, name)
        reading.sheet = str(name)
        merged, has_formulas = _scan(data, sheet._worksheet_path)
        formulas = _find_sheet(reading, _load(data, formulas=True), name) if has_formulas else None
    yield Sheet(reading, sheet, formulas, merged)


def _load(data: bytes, *, formulas: bool) -> Any:
    from openpyxl import load_workbook  # it takes a while, and most editions have CSV only

    return load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)


@contextmanager
def _no_warnings() -> Iterator[None]:
    """openpyxl warns about what it would lose when it saved the file: drop-down lists, print settings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _damage(reading: Reading) -> Iterator[None]:
    """openpyxl raises whatever it stumbles over in a damaged file: KeyError, ValueError, zlib.error and more."""
    try:
        yield
    except ReadingError:
        raise
    except Exception:
        hint = "open het in Excel of LibreOffice en bewaar het opnieuw als .xlsx"
        raise reading.stop("E451", 0, 0, "het bestand is beschadigd of geen .xlsx-bestand", hint) from None


def _refuse_other_kinds(reading: Reading, data: bytes) -> None:
    save = "bewaar het in Excel of LibreOffice als .xlsx"
    if not data:
        raise reading.stop("E405", 0, 0, "het bestand is leeg", save)
    if data.startswith(_OLD) and _ENCRYPTED in data:
        hint = "haal in Excel het wachtwoord eraf en bewaar het opnieuw"
        raise reading.stop("E451", 0, 0, "het bestand is beveiligd met een wachtwoord", hint)
    if data.startswith(_OLD):
        raise reading.stop("E451", 0, 0, "het bestand is een oud Excel-bestand (.xls)", save)
    with _damage(reading), zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            hint = "neem alleen de rijen en kolommen op die het bericht gebruikt"
            message = f"het bestand is uitgepakt groter dan {MAX_UNPACKED // 2**20} MB"
            raise reading.stop("E403", 0, 0, message, hint)
        if any(_has_doctype(archive, part) for part in parts):
            raise reading.stop("E451", 0, 0, "het bestand bevat XML die in een .xlsx niet hoort (DOCTYPE)", save)


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """No program that saves .xlsx writes a DOCTYPE; it is how XML is made to swell or to read other files."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as stream:
        return b"<!DOCTYPE" in stream.read(4096)


def _find_sheet(reading: Reading, book: Any, name: str | None) -> Any:
    names = [sheet.title for sheet in book.worksheets]
    if name is None:
        hint = f"voeg 'blad: {names[0]}' toe" if len(names) == 1 else f"mogelijk: {', '.join(names)}"
        reading.complain_declared("E452", ("bestand",), "bij een .xlsx-bestand hoort de naam van het blad", hint, "")
        raise ReadingError
    if name not in names:
        message = f"het bestand heeft geen werkblad '{name}'"
        reading.complain_declared("E452", ("blad",), message, did_you_mean(name, names), name)
        raise ReadingError
    sheet = book[name]
    if sheet.sheet_state != "visible":
        hint = "maak het zichtbaar, zodat iedereen ziet wat er wordt gelezen, of kies een ander blad"
        reading.complain_declared("E457", ("blad",), f"het werkblad '{name}' is verborgen", hint, name)
        raise ReadingError
    return sheet


def _scan(data: bytes, path: str) -> tuple[tuple[Area, ...], bool]:
    """The merged areas of a sheet, and whether it has formulas."""
    merged: dict[Area, None] = {}
    formulas = False
    rest = b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            formulas = formulas or bool(_FORMULA.search(text))
            for first, last in _MERGED.findall(text):
                area = parse_area(f"{first.decode()}:{last.decode()}")
                if area is not None:
                    merged[area] = None
            rest = text[-_OVERLAP:]
    return tuple(merged), formulas


def _cells(sheet: Any, top: int, bottom: int, left: int, right: int) -> Iterator[tuple[Any, ...]]:
    # The size that a file gives of itself is often wrong, and then rows would be left out.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=top, max_row=min(bottom, LAST_ROW), min_col=left)
    return (row[: right - left + 1] for row in rows)


def _stored(cell: Any, is_formula: bool) -> Any:
    if cell.value is None and is_formula:
        return NoResult()
    return Fault(str(cell.value)) if cell.data_type == "e" else cell.value


def _corner(reference: str) -> tuple[int, int]:
    found = _REFERENCE.match(reference)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
