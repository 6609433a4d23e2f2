"""Motions, commitments, requests and additional matters: their facts in words, and the lists made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from halfjaarbericht.language.nederlands import capitalise, format_date, members
from halfjaarbericht.model.bronnen import Toezegging
from halfjaarbericht.model.secties import Debat, TekstSectie, ToezeggingSectie, Vervolg, Zaak
from halfjaarbericht.reading.load import LoadedSection
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.resolving.world import Scope
from halfjaarbericht.resolving.writer import DocumentWriter
from halfjaarbericht.verslag import Inline, Inlines, Link, Matter, Overview, OverviewItem, Paragraph, Place, Text

LABELS = {
    "motie": "Motie",
    "toezegging": "Toezegging",
    "verzoek": "Verzoek",
    "aanvullend": "Aanvullende zaak",
}
STATUS = {
    "open": "open",
    "in_uitvoering": "in uitvoering",
    "uitgesteld": "uitgesteld",
    "doorlopend": "doorlopend",
    "deels_afgedaan": "deels afgedaan",
    "afgedaan": "afgedaan",
}
_INTROS = {
    "toezegging": "In deze bijlage ga ik in op de volgende toezeggingen:",
    "motie": "Ook komen de volgende moties aan de orde:",
    "verzoek": "Daarnaast beantwoord ik deze verzoeken:",
    "aanvullend": "Tot slot informeer ik uw Kamer over de volgende aanvullende zaken:",
}
# The closing sentences that half-year reports use when a matter is settled: for one, and for more than one.
_CLOSINGS = {
    "motie": ("Hiermee beschouw ik de motie als afgedaan.", "Hiermee beschouw ik de moties als afgedaan."),
    "toezegging": ("Hiermee doe ik deze toezegging gestand.", "Hiermee doe ik deze toezeggingen gestand."),
    "verzoek": ("Hiermee heb ik aan dit verzoek voldaan.", "Hiermee heb ik aan deze verzoeken voldaan."),
}


def matter(model: Zaak, writer: DocumentWriter, scope: Scope, shown: bool) -> Matter:
    """The facts of a matter as text. `scope` is at the section; in a document in which they are not `shown` they
    call no notes."""
    return Matter(
        model.soort,
        LABELS[model.soort],
        members(model.indieners) if model.indieners else "",
        _debate(model.debat),
        _citations(model, writer, scope),
        model.status or "",
        STATUS.get(model.status or "", ""),
        _follow_up(model.vervolg, writer, scope, shown),
        _promised_by(model, writer, scope),
    )


def closing(model: Zaak, place: Place) -> Paragraph | None:
    """The sentence that ends the settled matter at `place`, unless the author leaves it out."""
    sentences = _CLOSINGS.get(model.soort)
    if model.status != "afgedaan" or not model.slotzin or not sentences:
        return None
    return Paragraph((Text(sentences[model.slotzin == "meervoud"]),), place)


def overview(
    kind: str, sections: Iterable[LoadedSection], writer: DocumentWriter, numbers: dict[str, str], place: Place
) -> Overview | None:
    """The list of all matters of one kind in a document, asked for at `place`; None when there are none."""
    items = [
        _item(section, section.model, writer, numbers)
        for section in sections
        if not isinstance(section.model, TekstSectie) and section.model.soort == kind
    ]
    return Overview(kind, _INTROS[kind], tuple(items), place) if items else None


def _item(section: LoadedSection, model: Zaak, writer: DocumentWriter, numbers: dict[str, str]) -> OverviewItem:
    scope = Scope(section.source, section.path, ())
    if model.omschrijving:
        inlines = writer.bare_line(model.omschrijving, scope.at(*scope.path, "omschrijving"))
    else:
        inlines = writer.line(model.titel, scope.at(*scope.path, "titel"), notes=False)
    return OverviewItem(
        model.id,
        numbers.get(model.id, ""),
        inlines,
        capitalise(members(model.indieners)) if model.indieners else "",
        _citations(model, writer, scope),
        STATUS.get(model.status or "", ""),
    )


def _citations(model: Zaak, writer: DocumentWriter, scope: Scope) -> Inlines:
    """The sources of a matter, each with its place in the list of the author."""
    found: list[Inline] = []
    for index, name in enumerate(model.bronnen):
        if index:
            found.append(Text("; "))
        cited = writer.citation(name, running=False, at=None, scope=scope.at(*scope.path, "bronnen", index))
        bron = writer.world.citations.get(name)
        found += _renamed(cited, bron.nummer) if isinstance(bron, Toezegging) else cited
    return tuple(found)


def _renamed(cited: Inlines, text: str) -> Inlines:
    """The same citation with another text: 'TZ202412-156' where the word toezegging already stands before it."""
    return tuple(replace(i, children=(Text(text),)) if isinstance(i, Link) else Text(text) for i in cited)


def _promised_by(model: Zaak, writer: DocumentWriter, scope: Scope) -> str:
    if not isinstance(model, ToezeggingSectie):
        return ""
    return plain(writer.bare_line(model.toegezegd_door, scope.at(*scope.path, "toegezegd_door")))


def _debate(debat: Debat | None) -> str:
    if debat is None:
        return ""
    subject = f" {debat.onderwerp}" if debat.onderwerp else ""
    when = f" van {format_date(debat.datum)}" if debat.datum else f" {debat.jaar}" if debat.jaar else ""
    return f"{debat.soort}{subject}{when}"


def _follow_up(vervolg: Vervolg | None, writer: DocumentWriter, scope: Scope, shown: bool) -> Inlines:
    if vervolg is None:
        return ()
    if vervolg.tekst:
        # Read in any case, for the mistakes in it; a note of what nobody sees would take a number.
        found = writer.line(vervolg.tekst, scope.at(*scope.path, "vervolg", "tekst"), notes=shown)
        return found if shown else ()
    if vervolg.datum:
        return (Text(f"uiterlijk {format_date(vervolg.datum)}"),)
    if vervolg.editie:
        year, half = vervolg.editie.split("-")
        return (Text(f"{'eerste' if half == '1' else 'tweede'} halfjaarbericht politie {year}"),)
    return ()
