"""The record of one file: what it is, what it is about, whose it is, and how it can be recognised.

The fields are those of the Woo metadata standard (DiWoo 0.9.8), with the extra fields that a Kamerstuk has on
officielebekendmakingen.nl.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from halfjaarbericht.language.kloktijd import midnight
from halfjaarbericht.metadata.stuk import Piece
from halfjaarbericht.publicatie import Publication, Term
from halfjaarbericht.verslag import Report
from halfjaarbericht.waardelijsten.lijsten import file_format, usual


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it was written: its name, its SHA-256 in hexadecimal, and its pages (0 when it has none)."""

    name: str
    sha256: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """The metadata of one file. `act_time` has the Dutch offset; '' and 0 are what is not known or does not apply."""

    piece: Piece
    publication: Publication
    created: date
    act_time: datetime
    language: Term
    format: Term
    keywords: tuple[str, ...]
    dossier: str
    submitter: str
    status: str
    file: FileFacts


def make_record(report: Report, piece: Piece, file: FileFacts) -> Record:
    """The record of `file`, which holds `piece` of the report. Raises KeyError for a kind of file without a value in
    the list of formats."""
    heading, publication = report.heading, report.publication
    return Record(
        piece=piece,
        publication=publication,
        created=heading.date,
        act_time=midnight(publication.act_date),
        language=usual("taal"),
        format=file_format(PurePosixPath(file.name).suffix[1:]),
        keywords=tuple(dict.fromkeys((publication.file_title, *publication.keywords))),
        dossier=heading.dossier,
        submitter=heading.signatory_name,
        status=heading.status,
        file=file,
    )
