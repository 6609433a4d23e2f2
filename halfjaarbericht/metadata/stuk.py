"""A document of an edition as metadata see it: its official title, its identifiers, and what it is part of."""

from __future__ import annotations

from dataclasses import dataclass

from halfjaarbericht.publicatie import Classification
from halfjaarbericht.verslag import Entry, Heading, Report

BUNDLE = "bundel"
_NOT_YET = frozenset({"volgt", "niet vermeld", "onbekend", "pm", "p.m.", "nnb", "n.n.b.", "ntb", "n.t.b."})


@dataclass(frozen=True, slots=True)
class Piece:
    """A document: the letter, an annex, or the bundle of them. kind: brief, bijlage, extern, bundel.

    `own` is its name within the project (2025-1/bijlage-3), `identifiers` has that first and then every other that is
    known; `part_of` and `parts` are names of that first kind. `author` is who made it, where that is not the ministry.
    """

    kind: str
    number: str
    stem: str
    own: str
    title: str
    identifiers: tuple[str, ...]
    classification: Classification
    part_of: str = ""
    parts: tuple[str, ...] = ()
    author: str = ""


def pieces(report: Report) -> tuple[Piece, ...]:
    """The documents of an edition that are there as a file, in order, with the bundle at the end."""
    there = [entry for entry in report.entries if entry.stem]
    return (*(_piece(report, entry) for entry in there), _bundle(report, there))


def find_piece(report: Report, stem: str) -> Piece | None:
    """The document whose files are called `stem`; None for other pages, such as the register of numbers."""
    return next((piece for piece in pieces(report) if piece.stem == stem), None)


def letter(report: Report) -> Piece | None:
    """The letter of the edition; None when there are only annexes."""
    return next((piece for piece in pieces(report) if piece.kind == "brief"), None)


def known_reference(heading: Heading) -> str:
    """The kenmerk, or '' when it is still to come ('volgt') or was never published ('niet vermeld')."""
    return "" if heading.reference.strip().casefold() in _NOT_YET else heading.reference


def _piece(report: Report, entry: Entry) -> Piece:
    heading = report.heading
    classification = report.publication.of(entry.id)
    others = [entry for entry in report.entries if entry.kind == "brief"]
    is_letter = entry.kind == "brief"
    return Piece(
        kind=entry.kind,
        number=entry.number,
        stem=entry.stem,
        own=_own(heading, entry),
        title=heading.subject if is_letter else f"Bijlage {entry.number}: {entry.plain}{_belonging(heading)}",
        identifiers=_identifiers(heading, _own(heading, entry), classification.paper),
        classification=classification,
        part_of=heading.edition if is_letter or not others else _own(heading, others[0]),
        parts=tuple(_own(heading, e) for e in report.entries if e.number and e.stem) if is_letter else (),
        author=entry.author,
    )


def _bundle(report: Report, entries: list[Entry]) -> Piece:
    heading = report.heading
    own = f"{heading.edition}/{BUNDLE}"
    return Piece(
        kind=BUNDLE,
        number="",
        stem=BUNDLE,
        own=own,
        title=f"{heading.title}: alle stukken",
        identifiers=_identifiers(heading, own, ""),
        classification=report.publication.common,
        part_of=heading.edition,
        parts=tuple(_own(heading, entry) for entry in entries if entry.kind != "extern"),
    )


def _own(heading: Heading, entry: Entry) -> str:
    return f"{heading.edition}/bijlage-{entry.number}" if entry.number else f"{heading.edition}/brief"


def _identifiers(heading: Heading, own: str, paper: str) -> tuple[str, ...]:
    reference = known_reference(heading)
    return (own, *([f"kenmerk {reference}"] if reference else []), *([paper] if paper else []))


def _belonging(heading: Heading) -> str:
    """' bij het Eerste halfjaarbericht politie 2025'; of another title the article is not known."""
    article = "het " if "halfjaarbericht" in heading.title.casefold() else ""
    return f" bij {article}{heading.title}"
