"""The files with metadata that stand beside the documents of an edition."""

from __future__ import annotations

from collections.abc import Iterable

from halfjaarbericht.metadata.alsjson import record_json
from halfjaarbericht.metadata.diwoo import record_xml
from halfjaarbericht.metadata.record import FileFacts, make_record
from halfjaarbericht.metadata.stuk import find_piece
from halfjaarbericht.verslag import Report

RECORD, DIWOO = ".metadata.json", ".diwoo.xml"


def is_metadata(name: str) -> bool:
    """Whether a file in the output is such a record, and not a document itself."""
    return name.endswith((RECORD, DIWOO))


def metadata_files(report: Report, stem: str, files: Iterable[FileFacts]) -> dict[str, bytes]:
    """For each PDF and HTML page of the document `stem` its record, as JSON and as DiWoo XML, by file name:
    brief.pdf.metadata.json, brief.pdf.diwoo.xml. Empty for pages that are no document of the edition."""
    piece = find_piece(report, stem)
    found: dict[str, bytes] = {}
    if piece is None:
        return found
    for file in files:
        if file.name in (f"{stem}.pdf", f"{stem}.html"):
            record = make_record(report, piece, file)
            found[file.name + RECORD] = record_json(record)
            found[file.name + DIWOO] = record_xml(record)
    return found
