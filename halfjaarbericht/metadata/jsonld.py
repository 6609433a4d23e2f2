"""The terms of a document in the vocabulary of schema.org, for inside its page (JSON-LD 1.1, W3C)."""

from __future__ import annotations

import json
from typing import Any

from halfjaarbericht.metadata.record import FileFacts, make_record
from halfjaarbericht.metadata.stuk import Piece, find_piece, letter, pieces
from halfjaarbericht.publicatie import Term
from halfjaarbericht.verslag import Document, Report

# Inside a script element text ends at </; and & and > stay out so that no parser can be misled.
_UNSAFE = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


def json_ld(report: Report, document: Document) -> str:
    """The JSON-LD of a document, safe inside a script element. It says nothing of the PDF that is only known once that
    has been made: the page comes first."""
    piece = find_piece(report, document.stem)
    assert piece is not None, document.stem
    return json.dumps(_document(report, piece), ensure_ascii=False, indent=1).translate(_UNSAFE)


def _document(report: Report, piece: Piece) -> dict[str, Any]:
    heading, publication = report.heading, report.publication
    record = make_record(report, piece, FileFacts(f"{piece.stem}.html", ""))
    publisher = _organisation(publication.publisher)
    final = heading.status == "definitief"
    return {
        "@context": "https://schema.org",
        "@type": _type(piece),
        "name": piece.title,
        "url": f"{piece.stem}.html",
        "identifier": list(piece.identifiers),
        "inLanguage": "nl",
        "dateCreated": heading.date.isoformat(),
        **({"datePublished": heading.date.isoformat()} if final else {}),
        "creativeWorkStatus": "Definitief" if final else "Concept",
        "author": _signatory(report, publisher) if piece.kind == "brief" else publisher,
        "publisher": publisher,
        "about": [_defined(theme) for theme in piece.classification.themes],
        "keywords": list(record.keywords),
        "isPartOf": _whole(report, piece),
        **({"hasPart": parts} if (parts := _parts(report, piece)) else {}),
        "encoding": [
            {"@type": "MediaObject", "contentUrl": f"{piece.stem}.pdf", "encodingFormat": "application/pdf"},
        ],
    }


def _type(piece: Piece) -> str:
    """A letter is no Report in the words of schema.org; an annex is."""
    return "DigitalDocument" if piece.kind == "brief" else "Report"


def _organisation(publisher: Term) -> dict[str, Any]:
    known = {"@id": publisher.id} if publisher.id else {}
    return {"@type": "GovernmentOrganization", **known, "name": publisher.label}


def _signatory(report: Report, publisher: dict[str, Any]) -> dict[str, Any]:
    heading = report.heading
    return {
        "@type": "Person",
        "name": heading.signatory_name,
        "jobTitle": heading.signatory_function,
        "affiliation": publisher,
    }


def _defined(theme: Term) -> dict[str, str]:
    return {"@type": "DefinedTerm", "@id": theme.id, "name": theme.label}


def _whole(report: Report, piece: Piece) -> dict[str, str]:
    """An annex is part of its letter; the letter, and an annex whose letter is not here, of the edition."""
    above = letter(report)
    if above is None or above.stem == piece.stem:
        return {"@type": "Collection", "name": report.heading.title, "url": "index.html"}
    return {"@type": _type(above), "name": above.title, "url": f"{above.stem}.html"}


def _parts(report: Report, piece: Piece) -> list[dict[str, str]]:
    found = []
    for part in pieces(report):
        if part.own in piece.parts:
            address = f"{part.stem}.pdf" if part.kind == "extern" else f"{part.stem}.html"
            found.append({"@type": _type(part), "name": part.title, "url": address})
    return found
