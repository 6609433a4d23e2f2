"""The text of an edition as a file beside its documents: sorted keys and no dates, so that equal text is equal bytes.

    {"formaat": 1, "editie": "2022-1", "documenten": [{"id", "label", "titel", "bestand", "stukken", "tabellen"}]}

A piece of text whose core differs from what is printed is a pair [printed, core]; otherwise it is a string.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from halfjaarbericht.changes.model import DocumentText, EditionText, TextRow, TextTable, Unit
from halfjaarbericht.changes.pieces import Piece

TEXT = "tekst.json"
FORMAT = 1
_UNIT = {
    "scope": "plek",
    "slot": "sleutel",
    "heading": "kop",
    "where": "waar",
    "series": "reeks",
    "number": "nummer",
}


def to_bytes(edition: EditionText) -> bytes:
    """The text of an edition as the file that is kept."""
    documents = [_document(document) for document in edition.documents]
    data = {"formaat": FORMAT, "editie": edition.name, "documenten": documents}
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def load(folder: Path) -> EditionText | None:
    """The text that was kept in `folder`; None when there is none, or it is damaged or of another format."""
    try:
        return from_bytes((folder / TEXT).read_bytes())
    except OSError:
        return None


def from_bytes(kept: bytes) -> EditionText | None:
    """The text of such a file; None when it is damaged or of another format."""
    try:
        data = json.loads(kept)
        if data["formaat"] != FORMAT:
            return None
        return EditionText(str(data["editie"]), tuple(_read_document(raw) for raw in data["documenten"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _document(document: DocumentText) -> dict[str, Any]:
    return {
        "id": document.id,
        "label": document.label,
        "titel": document.title,
        "bestand": document.stem,
        "stukken": [_unit(unit) for unit in document.units],
        "tabellen": [_table(table) for table in document.tables],
    }


def _unit(unit: Unit) -> dict[str, Any]:
    known = {key: getattr(unit, name) for name, key in _UNIT.items()}
    return {"soort": unit.kind, "tekst": _raw(unit.piece)} | {key: value for key, value in known.items() if value}


def _table(table: TextTable) -> dict[str, Any]:
    rows = [{"rij": row.label, "cellen": [[_raw(p) for p in cell] for cell in row.cells]} for row in table.rows]
    return {
        "id": table.id,
        "naam": table.name,
        "kop": table.heading,
        "kolommen": list(table.columns),
        "rijen": rows,
    }


def _raw(piece: Piece) -> str | list[str]:
    return piece.text if piece.text == piece.core else [piece.text, piece.core]


def _read_document(raw: dict[str, Any]) -> DocumentText:
    return DocumentText(
        str(raw["id"]),
        str(raw["label"]),
        str(raw["titel"]),
        str(raw["bestand"]),
        tuple(_read_unit(unit) for unit in raw["stukken"]),
        tuple(_read_table(table) for table in raw["tabellen"]),
    )


def _read_unit(raw: dict[str, Any]) -> Unit:
    known = {name: str(raw.get(key, "")) for name, key in _UNIT.items()}
    return Unit(str(raw["soort"]), _read(raw["tekst"]), **known)


def _read_table(raw: dict[str, Any]) -> TextTable:
    rows = [
        TextRow(str(row["rij"]), tuple(tuple(_read(p) for p in cell) for cell in row["cellen"])) for row in raw["rijen"]
    ]
    columns = tuple(str(column) for column in raw["kolommen"])
    return TextTable(str(raw["id"]), str(raw["naam"]), str(raw["kop"]), columns, tuple(rows))


def _read(raw: str | list[str]) -> Piece:
    if isinstance(raw, str):
        return Piece(raw, raw)
    text, core = raw
    return Piece(str(text), str(core))
