"""How an edition and its documents are published: a value for every field, as in combinatiesites.py."""

from __future__ import annotations

from typing import Any

from halfjaarbericht.model.publicatie import Publicatie, Stukpublicatie
from tests.combinatiesites import SENDER, Data, E, Site, edition, shared

# Every value is another than the one that is usual, else it would not show.
_CLASS = {
    "informatiecategorie": "jaarplannen en jaarverslagen",
    "documentsoort": "voortgangsrapport",
    "thema": ["criminaliteit", "strafrecht"],
}
_EDITION = {
    **_CLASS,
    "uitgever": "ministerie van Algemene Zaken",
    "handeling": "vaststelling",
    "handelingsdatum": "2030-06-21",
    "trefwoorden": ["politie", "begroting & beleid"],
    "vergaderjaar": "2030-2031",
    "ondernummer": "1098",
}


def edition_files(data: Data) -> dict[str, Any]:
    """An edition that has been sent: before that the House gives no numbers."""
    return {f"{E}/editie.yaml": edition(status="definitief", publicatie=data)}


def document_site(kind: str, paper: str) -> Site:
    """The fields for one document, in an edition with a document of every kind that says the rest itself."""

    def files(data: Data) -> dict[str, Any]:
        extern = {"soort": "extern", "id": "plan", "titel": "Plan", "bestand": "plan.pdf"}
        whole = edition([extern], status="definitief", publicatie={"documentsoort": "brief"})
        for document in whole["documenten"]:
            if document["soort"] == kind:
                document["publicatie"] = data
        return {f"{E}/editie.yaml": whole}

    options = {**_CLASS, "ob_id": paper}
    return Site(Stukpublicatie, {}, options, files, name=f"Stukpublicatie-{kind}", recorded=frozenset(options))


PUBLICATION_SITES = [
    Site(Publicatie, {}, _EDITION, edition_files, recorded=frozenset(_EDITION)),
    Site(
        Publicatie,
        {"uitgever": "mnre1010"},
        _EDITION,
        # A ministry that no list knows is no remark once the publisher is named.
        lambda data: {**edition_files(data), **shared(sender={**SENDER, "ministerie": ["Ministerie"]})},
        frozenset({"uitgever"}),  # in the base already, by its code
        name="Publicatie-uitgever",
        recorded=frozenset(_EDITION),
    ),
    document_site("brief", "kst-29628-1098"),
    document_site("bijlage", "blg-1031005"),
    document_site("extern", "blg-1031006"),
]
