"""The readable text of an edition: what is kept with a build and compared with the next."""

from __future__ import annotations

from dataclasses import dataclass

from halfjaarbericht.changes.pieces import Piece


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, heading, caption or other text of a document.

    kind: zin, kop, tussenkop, noot, bijschrift, bron, beeld (the text alternative of a figure or chart), kolomkop,
    overzicht (a line of a generated list), bijlagenlijst or gegeven (date, reference, state of a motion). `scope` is
    what the unit stands in (the id of its section, 'noten', …); within it sentences are aligned. `slot` names a unit
    of which there is one ('' for sentences). `heading` and `where` tell a reader where it stands. `number` is its own
    number in `series` (paragraaf, tabel, figuur, noot, bijlage), '' when it has none.
    """

    kind: str
    piece: Piece
    scope: str = ""
    slot: str = ""
    heading: str = ""
    where: str = ""
    series: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: the text of its header cells ('' when it has none), and the sentences of each cell."""

    label: str
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table: how a reader names it ('tabel 2'), the headings of its columns, and its rows."""

    id: str
    name: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[TextRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document; `label` as others name it ('bijlage 3'), `stem` its file name without extension."""

    id: str
    label: str
    title: str
    stem: str
    units: tuple[Unit, ...]
    tables: tuple[TextTable, ...]


@dataclass(frozen=True, slots=True)
class EditionText:
    """All documents of an edition that are made here."""

    name: str
    documents: tuple[DocumentText, ...]
