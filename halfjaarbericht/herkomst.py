"""Where numbers come from and where they are printed: the part of the resolved report that accounts for its figures.

In a module of its own beside verslag.py because it is read by other readers: the register of numbers of an edition.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a data file: the file as shown in messages, the line in it (from 1), the key of the row and the
    heading of the column. In a spreadsheet `reference` is its sheet and cell: blad Klachten, C7. `peil` is the moment
    that its file holds for, as ISO date, or ''."""

    file: str
    line: int
    row: str
    column: str
    reference: str = ""
    peil: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a number is printed. `document` is the id of the document, `label` how others name it; `where` is
    what it stands in (paragraaf 1.2, tabel 3, noot 4) and `title` the title of that or ''. `anchor` is the id in the
    document to link to; `file` and `line` are where it stands in the content (line 0 when not known)."""

    document: str
    label: str
    where: str
    title: str
    anchor: str
    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """A number and its origin.

    kind: cel (from a cell), kolom (sum, highest, lowest or rank in a column), waarde (stated in cijfers.yaml),
    berekend (computed from `operands`), verschil (computed where it is printed), tabelcel (a cell shown in a table)
    or tabeltotaal (a total that a table computes). `value` is in plain digits, '' when the source leaves it open;
    `text` is how it is printed with its unit. `peil` is the moment or period it holds for, as ISO date or as written.
    `file`, `line`, `row`, `column` and `reference` are the place that it was read from; for `waarde` the line in
    cijfers.yaml. `formula` says how it was computed, `worked` the same with values filled in. `data` is the id of the
    data file. `anchor` is its id in the register, '' for a cell of a table: those stand there by row.
    """

    id: str
    kind: str
    anchor: str
    value: str
    text: str
    unit: str
    peil: str = ""
    peil_text: str = ""
    data: str = ""
    file: str = ""
    line: int = 0
    row: str = ""
    column: str = ""
    reference: str = ""
    formula: str = ""
    worked: str = ""
    operands: tuple[str, ...] = ()
    source: str = ""
    description: str = ""
    uses: tuple[Use, ...] = ()
