"""A record as JSON, for people and programs that prepare the publication."""

from __future__ import annotations

import json
from typing import Any

from halfjaarbericht.metadata.record import Record
from halfjaarbericht.publicatie import Term


def record_json(record: Record) -> bytes:
    """The record as a JSON file; always the same fields, null for what is not known or does not apply."""
    return (json.dumps(_fields(record), ensure_ascii=False, indent=1) + "\n").encode()


def _fields(record: Record) -> dict[str, Any]:
    piece, publication = record.piece, record.publication
    kinds = piece.classification
    return {
        "identifier": list(piece.identifiers),
        "officieleTitel": piece.title,
        "publisher": _term(publication.publisher),
        "verantwoordelijke": _term(publication.publisher),
        "naamOpsteller": piece.author or None,
        "creatiedatum": record.created.isoformat(),
        "language": record.language.id,
        "format": record.format.id,
        "informatiecategorie": [_term(kinds.category)],
        "documentsoort": [_term(kinds.kind)],
        "thema": [_term(theme) for theme in kinds.themes],
        "trefwoord": list(record.keywords),
        "documenthandeling": [{"soort": publication.act.id, "atTime": record.act_time.isoformat()}],
        "isPartOf": piece.part_of or None,
        "hasParts": list(piece.parts),
        "aggregatiekenmerk": record.dossier,
        "extra": {
            "vergaderjaar": publication.parliamentary_year,
            "dossiernummer": record.dossier,
            "dossiertitel": publication.file_title,
            "ondernummer": publication.file_number or None,
            "indiener": record.submitter,
            "bijlagenummer": piece.number or None,
            "status": record.status,
        },
        "bestand": {
            "naam": record.file.name,
            "sha256": record.file.sha256,
            "paginas": record.file.pages or None,
        },
    }


def _term(term: Term) -> dict[str, str | None]:
    return {"id": term.id or None, "label": term.label}
