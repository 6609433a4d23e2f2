"""How an edition is published: the part of the resolved report that goes into its metadata.

The names follow the Woo metadata standard (DiWoo) and Dublin Core; the values are terms of public value lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a public value list: its address, and its label. `id` is '' for a value that no list has."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Classification:
    """What kind of document it is and what it is about (informatiecategorie, documentsoort, themas). `paper` is its
    identifier at officielebekendmakingen.nl (kst-29628-1098, blg-1031005), '' as long as there is none."""

    category: Term
    kind: Term
    themes: tuple[Term, ...]
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """What holds for all documents of an edition. `act` is what was done with it on `act_date` (ondertekening);
    `file_number` the ondernummer that the House gave, '' before. `documents` has the classification by document id."""

    publisher: Term
    common: Classification
    act: Term
    act_date: date
    parliamentary_year: str
    file_title: str
    file_number: str = ""
    keywords: tuple[str, ...] = ()
    documents: Mapping[str, Classification] = field(default_factory=dict)

    def of(self, document: str) -> Classification:
        """The classification of the document with that id; that of the edition when it has none of its own."""
        return self.documents.get(document, self.common)
