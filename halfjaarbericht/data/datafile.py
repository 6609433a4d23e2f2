"""Gets a data file from disk: only from inside the edition, not too large, and text only as UTF-8."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from halfjaarbericht.data.locator import Locator
from halfjaarbericht.data.table import MAX_CANDIDATES, column_letters, sheet_place
from halfjaarbericht.model.cijfers import Databestand
from halfjaarbericht.problems import Problem, did_you_mean

SUFFIXES = (".csv", ".xlsx")
MAX_BYTES = 20 * 2**20
MAX_PROBLEMS = 25
MAX_EXCERPT = 500
SAVE_AS = "bewaar het in Excel of LibreOffice als 'CSV UTF-8'"

_FOREIGN = {
    b"PK\x03\x04": "een Excel-bestand",
    b"\xff\xfe": "UTF-16 en geen UTF-8",
    b"\xfe\xff": "UTF-16 en geen UTF-8",
}


class ReadingError(Exception):
    """Reading on has no use."""


@dataclass(slots=True)
class Reading:
    """One file while it is read: its lines, and what was found wrong."""

    path: str
    spec: Databestand
    declared: Locator | None = None
    """Where the file is declared in cijfers.yaml; problems of the declaration are shown there."""
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheet: str = ""
    """In a spreadsheet the sheet that is read: lines are rows then."""

    def complain(self, code: str, line: int, column: int, message: str, hint: str = "", width: int = 1) -> None:
        """Note a problem in the file (line and column from 1, 0: none). Raises ReadingError at the limit."""
        excerpt = self.lines[line - 1].rstrip("\r\n")[:MAX_EXCERPT] if 0 < line <= len(self.lines) else ""
        width = 1 if self.sheet else max(width, 1)
        cell = self._cell(line, column)
        self.problems.append(Problem(self.path, line, column, code, message, hint, excerpt, width, cell=cell))
        if len(self.problems) == MAX_PROBLEMS:
            text = f"meer dan {MAX_PROBLEMS - 1} fouten; de rest van dit bestand is niet bekeken"
            cell = sheet_place(self.sheet) if self.sheet else ""
            last = Problem(self.path, line + 1, 1, "E412", text, "los eerst de fouten hierboven op", cell=cell)
            self.problems.append(last)
            raise ReadingError

    def _cell(self, line: int, column: int) -> str:
        reference = f"{column_letters(column)}{line}" if line and column else ""
        return sheet_place(self.sheet, reference) if self.sheet else ""

    def stop(self, code: str, line: int, column: int, message: str, hint: str = "") -> ReadingError:
        """Note a problem after which reading on has no use; gives the exception to raise."""
        self.complain(code, line, column, message, hint)
        return ReadingError()

    def complain_declared(self, code: str, at: tuple[object, ...], message: str, hint: str, word: str) -> None:
        """Note a problem of the declaration: in cijfers.yaml when its place is known, else in the file."""
        if self.declared is None:
            self.complain(code, 1 if self.lines else 0, 1 if self.lines else 0, message, hint)
        else:
            self.problems.append(self.declared.problem(code, at, message, hint, word=word))


def split_lines(text: str) -> list[str]:
    """The lines of a text with their ends. Unlike str.splitlines only at the ends that editors count."""
    return io.StringIO(text, newline="").readlines()


def read_text(reading: Reading, folder: Path) -> str:
    """The text of the file, which `reading` then knows by line. Raises ReadingError."""
    data = read_bytes(reading, folder)
    for start, what in _FOREIGN.items():
        if data.startswith(start):
            hint = f"geef het de naam .xlsx en noem het 'blad', of {SAVE_AS}" if data.startswith(b"PK") else SAVE_AS
            raise reading.stop("E404", 0, 0, f"het bestand is {what}", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.lines = split_lines(data.decode("cp1252", "replace"))
        before = split_lines(data[: error.start].decode("utf-8-sig", "replace") + "?")
        message = f"regel {len(before)} is geen UTF-8; het bestand is waarschijnlijk als Windows-1252 bewaard"
        raise reading.stop("E404", len(before), len(before[-1]), message, SAVE_AS) from None
    reading.lines = split_lines(text)
    if "\0" in text:
        line = next(number for number, content in enumerate(reading.lines, 1) if "\0" in content)
        message = f"regel {line} bevat een nulteken: dit is geen tekstbestand"
        raise reading.stop("E404", line, 1, message, SAVE_AS)
    return text


def read_bytes(reading: Reading, folder: Path) -> bytes:
    """The bytes of the file. Raises ReadingError when it lies outside `folder`, is not there or is too large."""
    return _read_bytes(reading, _inside(reading, folder))


def _inside(reading: Reading, folder: Path) -> Path:
    """The file on disk; only when it lies in the folder of the edition, also after following links."""
    name = reading.spec.bestand or ""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or any(mark in name for mark in "\\:\0"):
        hint = "noem het pad vanuit de map van de editie, met /: data/wijkagenten.csv"
        message = f"'{name}' is geen pad binnen de map van de editie"
        reading.complain_declared("E402", ("bestand",), message, hint, name)
        raise ReadingError
    file = folder / pure
    try:
        inside = file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        hint = "zet het bestand zelf in de map van de editie"
        message = f"'{name}' wijst via een koppeling naar buiten de map van de editie"
        reading.complain_declared("E402", ("bestand",), message, hint, name)
        raise ReadingError
    return file


def _read_bytes(reading: Reading, file: Path) -> bytes:
    name = reading.spec.bestand or ""
    try:
        if not file.is_file():
            there = islice(file.parent.iterdir(), MAX_CANDIDATES) if file.parent.is_dir() else ()
            hint = did_you_mean(file.name, [other.name for other in there if other.suffix in SUFFIXES])
            message = f"het databestand '{name}' bestaat niet"
            reading.complain_declared("E401", ("bestand",), message, hint, name)
            raise ReadingError
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        message = f"het databestand '{name}' is niet te lezen"
        reading.complain_declared("E401", ("bestand",), message, "", name)
        raise ReadingError from None
    if len(data) > MAX_BYTES:
        hint = "neem alleen de rijen en kolommen op die het bericht gebruikt"
        raise reading.stop("E403", 0, 0, f"het bestand is groter dan {MAX_BYTES // 2**20} MB", hint)
    return data
