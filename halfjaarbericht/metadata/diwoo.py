"""A record as XML in the Woo metadata standard (DiWoo 0.9.8), the way it is put into a sitemap.

Names, the attribute `resource` and what is required follow the standard's documentation and files that others
publish. The relation to the letter (isPartOf) is left out: there it is a web address, and before publication a
document has none.
"""

from __future__ import annotations

from xml.etree import ElementTree

from halfjaarbericht.metadata.record import Record
from halfjaarbericht.publicatie import Term

NAMESPACE = "https://standaarden.overheid.nl/diwoo/metadata/"
ElementTree.register_namespace("diwoo", NAMESPACE)


def record_xml(record: Record) -> bytes:
    """The record as an XML file with the root diwoo:Document."""
    root = ElementTree.Element(_name("Document"))
    _fill(_under(root, "DiWoo"), record)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _fill(diwoo: ElementTree.Element, record: Record) -> None:
    piece, publication = record.piece, record.publication
    _several(diwoo, "identifiers", "identifier", piece.identifiers)
    _under(diwoo, "publisher", publication.publisher)
    _under(diwoo, "verantwoordelijke", publication.publisher)
    if piece.author:
        _under(diwoo, "naamOpsteller", piece.author)
    _under(_under(diwoo, "titelcollectie"), "officieleTitel", piece.title)
    kinds = _under(diwoo, "classificatiecollectie")
    _several(kinds, "documentsoorten", "documentsoort", [piece.classification.kind])
    _several(kinds, "informatiecategorieen", "informatiecategorie", [piece.classification.category])
    _several(kinds, "themas", "thema", piece.classification.themes)
    _several(kinds, "trefwoorden", "trefwoord", record.keywords)
    _under(diwoo, "creatiedatum", record.created.isoformat())
    _under(diwoo, "language", record.language)
    _under(diwoo, "format", record.format)
    _under(diwoo, "aggregatiekenmerk", record.dossier)
    act = _under(_under(diwoo, "documenthandelingen"), "documenthandeling")
    _under(act, "soortHandeling", publication.act)
    _under(act, "atTime", record.act_time.isoformat())


def _several(parent: ElementTree.Element, group: str, name: str, values: list[Term] | tuple[Term | str, ...]) -> None:
    element = _under(parent, group)
    for value in values:
        _under(element, name, value)


def _under(parent: ElementTree.Element, name: str, value: Term | str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, _name(name))
    if isinstance(value, Term):
        element.text = value.label
        if value.id:
            element.set("resource", value.id)
    elif value:
        element.text = value
    return element


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
