"""The register of the numbers of an edition: cijfers.csv, and what the page cijfers.html shows.

Takes a resolved report and gives text: nothing is looked up or computed here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import PurePosixPath

from halfjaarbericht.herkomst import Provenance, Use
from halfjaarbericht.verslag import Inlines, Number, Paragraph, Report, Span, Table

STEM = "cijfers"
PAGE = f"{STEM}.html"
COLUMNS = ("id", "waarde", "eenheid", "peil", "bron", "bestand", "rij", "kolom", "formule", "gebruikt in")

_IN_TABLES = ("tabelcel", "tabeltotaal")
_COMPUTED = ("berekend", "verschil")
_MOST_DECIMALS = 6
# What a spreadsheet takes for a formula when a cell begins with it; a number may.
_RISKY = re.compile(r"[=+\-@\t\r](?![\d ,.]*\Z)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, with an address to link to or ''."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A number in the register: where it comes from in words, its formula in pieces, and where it is used."""

    number: Provenance
    origin: str
    formula: tuple[Piece, ...]
    places: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The cells of a data file that tables and charts show: a row for each row of the file that is shown, with its
    place in the file, its key and its values by column ('' when not shown)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    places: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the register: a data file, or numbers that come from none. kind: data, berekend or waarde."""

    anchor: str
    kind: str
    data: str
    files: tuple[str, ...]
    lines: tuple[Line, ...]
    shown: Shown | None = None


def register(report: Report) -> tuple[Part, ...]:
    """The parts of the register: the data files in the order of use, what is computed, and what is stated."""
    numbers = report.provenance
    feeds = _feeds(report)
    parts = [_data_part(report, data, feeds) for data in dict.fromkeys(n.data for n in numbers if n.data)]
    for kind, kinds in (("berekend", _COMPUTED), ("waarde", ("waarde",))):
        lines = tuple(_line(report, number, feeds) for number in numbers if number.kind in kinds)
        if lines:
            parts.append(Part(kind, kind, "", (), lines))
    return tuple(parts)


def origins(report: Report) -> Mapping[str, Piece]:
    """For each number in running text: where it comes from, and the address of its line in the register. Numbers in
    tables have none; their table has one link (data_addresses)."""
    numbers = (number for number in report.provenance if number.kind not in _IN_TABLES)
    return {n.id: Piece(_origin(report, n), f"{PAGE}#{n.anchor}") for n in numbers}


def data_addresses(table: Table) -> tuple[str, ...]:
    """The addresses in the register of the data files whose cells a table shows, also in tables inside it."""
    return tuple(f"{PAGE}#{_data_anchor(data)}" for data in dict.fromkeys(_data_shown(table)))


def register_csv(report: Report) -> bytes:
    """The register as a file for a spreadsheet: with semicolons, decimal commas and a byte order mark, because that
    is what Excel with Dutch settings opens as columns of numbers, with its accents right."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    feeds = _feeds(report)
    for number in report.provenance:
        writer.writerow([_harmless(field) for field in _fields(number, feeds)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


# --- parts ------------------------------------------------------------------------------------------------------


Feeds = Mapping[str, tuple[Provenance, ...]]
"""The numbers that are computed from a number, by the id of that number."""


def _feeds(report: Report) -> Feeds:
    found: dict[str, tuple[Provenance, ...]] = {}
    for number in report.provenance:
        for name in dict.fromkeys(number.operands):
            found[name] = (*found.get(name, ()), number)
    return found


def _data_part(report: Report, data: str, feeds: Feeds) -> Part:
    numbers = [number for number in report.provenance if number.data == data]
    files = tuple(dict.fromkeys(_file(report, number.file) for number in numbers))
    lines = tuple(_line(report, number, feeds) for number in numbers if number.kind != "tabelcel")
    cells = [number for number in numbers if number.kind == "tabelcel"]
    return Part(_data_anchor(data), "data", data, files, lines, _shown(report, cells) if cells else None)


def _shown(report: Report, cells: list[Provenance]) -> Shown:
    columns = tuple(dict.fromkeys(cell.column for cell in cells))
    rows: dict[tuple[str, int, str], dict[str, str]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.file, cell.line)):
        rows.setdefault((cell.file, cell.line, cell.row), {})[cell.column] = cell.text
    shown = tuple(
        (str(line), row, tuple(values.get(name, "") for name in columns)) for (_, line, row), values in rows.items()
    )
    uses = dict.fromkeys(use for cell in cells for use in cell.uses)
    return Shown(columns, shown, _places(report, uses))


def _line(report: Report, number: Provenance, feeds: Feeds) -> Line:
    computed = (Piece(f"berekening van {other.id}", f"#{other.anchor}") for other in feeds.get(number.id, ()))
    where = _where(number) if number.kind != "waarde" else f"{_file(report, number.file)}, {_where(number)}"
    return Line(number, where, _formula(report, number), (*_places(report, number.uses), *computed))


def _formula(report: Report, number: Provenance) -> tuple[Piece, ...]:
    """The formula in pieces, with the numbers that it names linked to their own lines."""
    if not number.operands:
        return (Piece(number.formula),) if number.formula else ()
    known = {other.id: other.anchor for other in report.provenance if other.id in number.operands}
    names = "|".join(re.escape(name) for name in sorted(number.operands, key=len, reverse=True))
    parts = re.split(rf"(?<![\w.-])({names})(?![\w-])", number.formula)
    return tuple(Piece(part, f"#{known[part]}" if part in known else "") for part in parts if part)


def _places(report: Report, uses: Iterable[Use]) -> tuple[Piece, ...]:
    """Each place once, however often it has the number."""
    files = {document.id: f"{document.stem}.html" for document in report.documents}
    return tuple(
        Piece(place, href)
        for href, place in dict.fromkeys((f"{files[use.document]}#{use.anchor}", use_name(use)) for use in uses)
    )


def use_name(use: Use) -> str:
    """A place for a reader: 'bijlage 2, tabel 3'; what has no number goes by its title."""
    return f"{use.label}, {use.where or use.title}"


def _data_shown(table: Table) -> Iterator[str]:
    for block in (block for row in (*table.body, *table.foot) for cell in row.cells for block in cell.blocks):
        if isinstance(block, Table):
            yield from _data_shown(block)
        elif isinstance(block, Paragraph):
            yield from (number.id.partition("[")[0] for number in numbers_in(block.content) if number.cell)


def numbers_in(content: Inlines) -> Iterator[Number]:
    """The numbers of a line, also those that a preview marks as new."""
    for item in content:
        if isinstance(item, Number):
            yield item
        elif isinstance(item, Span) and item.kind == "ins":
            yield from numbers_in(item.children)


# --- words ------------------------------------------------------------------------------------------------------


def _origin(report: Report, number: Provenance) -> str:
    """Where a number comes from in one or two sentences, to stand beside it in a document. Nothing in it changes
    where the text does not: no lines or cells, which shift when something is added elsewhere, and no kind of file,
    so that a spreadsheet in place of a CSV file gives the same page. The register has all of those."""
    parts = []
    if number.operands:
        parts.append(f"{number.formula} = {number.worked}")
    elif number.kind == "waarde":
        parts.append(f"Opgegeven in {_file(report, number.file)}")
    else:
        parts.append(f"{_data_name(report, number.file)}, {_where(replace(number, line=0, reference=''))}")
    parts += [f"Bron: {number.source}"] if number.source else []
    parts += [f"Peil: {number.peil_text}"] if number.peil_text else []
    return " ".join(f"{part}." for part in parts)


def _data_name(report: Report, path: str) -> str:
    """A data file as a person calls it: its name without folder and extension, with the edition if it is another."""
    own = report.folder
    files = [PurePosixPath(part) for part in path.split(", ")]
    editions = [file.parts[1] if len(file.parts) > 1 else own for file in files]
    named = zip(files, editions, strict=True)
    return ", ".join(file.stem if edition == own else f"{file.stem} (editie {edition})" for file, edition in named)


def _where(number: Provenance) -> str:
    """The place in the file."""
    if number.kind in ("kolom", "tabeltotaal"):
        return number.formula
    parts = [f"rij {number.row}"] if number.row else []
    parts += [f"kolom {number.column}"] if number.column else []
    parts += [number.reference or f"regel {number.line}"] if number.reference or number.line else []
    return ", ".join(parts)


def _file(report: Report, path: str) -> str:
    """A file as it is called in the folder of the edition; of another edition with the name of that."""
    shown = [part.rpartition(f"/{report.folder}/")[2].removeprefix("content/") for part in path.split(", ")]
    return ", ".join(shown)


def _data_anchor(data: str) -> str:
    return f"data-{data}"


# --- csv --------------------------------------------------------------------------------------------------------


def _fields(number: Provenance, feeds: Feeds) -> tuple[str, ...]:
    places = [f"{use_name(use)} ({use.file}:{use.line})" if use.line else use_name(use) for use in number.uses]
    places += [f"berekening van {other.id}" for other in feeds.get(number.id, ())]
    where = number.reference or (f"regel {number.line}" if number.line else "")
    row = f"{number.row} ({where})" if number.row and where else number.row or where
    return (
        number.id,
        _plain_number(number.value) if number.value else number.text,
        number.unit,
        number.peil,
        number.source,
        number.file,
        row,
        number.column,
        number.formula,
        " | ".join(dict.fromkeys(places)),
    )


def _plain_number(value: str) -> str:
    """A number with a decimal comma and nothing else, at most six decimals."""
    number = Decimal(value)
    if number.as_tuple().exponent < -_MOST_DECIMALS:  # type: ignore[operator]
        number = number.quantize(Decimal(1).scaleb(-_MOST_DECIMALS), rounding=ROUND_HALF_UP).normalize()
    return f"{number:f}".replace(".", ",")


def _harmless(field: str) -> str:
    """A field that no spreadsheet runs as a formula."""
    return f"'{field}" if _RISKY.match(field) else field
