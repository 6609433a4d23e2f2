"""LEESMIJ.txt: what is in a package and how it can be checked, for a person who only has the zip."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from halfjaarbericht.metadata.stuk import known_reference, pieces
from halfjaarbericht.pakket.paklijst import SUMS
from halfjaarbericht.verslag import Report
from halfjaarbericht.waardelijsten.lijsten import value_date

README = "LEESMIJ.txt"
_WIDTH = 78
_DRAFT = """
LET OP: DIT IS EEN CONCEPT. De stukken zijn niet vastgesteld en niet verzonden. In onze eigen PDF's staat op elke
bladzijde het woord Concept. Geef dit pakket niet door voor publicatie.
"""
_TEXT = """
tekst.json is de tekst van deze stukken in de vorm waarin ons programma een latere versie ermee vergelijkt (changes
--against). Het is geen stuk en hoeft niet te worden gepubliceerd.
"""
_METADATA = """
Bij elke PDF en elke webpagina horen twee bestanden met metagegevens: .metadata.json (om te lezen en in te voeren) en
.diwoo.xml (voor een sitemap volgens de Woo-metadatastandaard). De waarden komen uit de lijsten van TOOI zoals die op
{date} waren. Ondernummer, kst- en blg-nummers kent de Kamer pas na ontvangst toe; tot dan staan zij er niet in.
"""
_CHECK = """
pakket.json noemt van elk bestand de SHA-256, de omvang en het aantal bladzijden. Zo controleert u het pakket:
"""
_PLAIN = """
Het zip-bestand is niet gecomprimeerd, zodat dezelfde stukken overal precies hetzelfde bestand geven. Pak het niet
opnieuw in: dan is het een ander bestand, ook al zijn de stukken gelijk.
"""


def readme(report: Report, pages: Mapping[str, int], zip_name: str) -> bytes:
    """The text; `pages` has the pages of each PDF by its name in the folder of the edition, `zip_name` is how the
    package is usually called."""
    return ("\n".join(_lines(report, pages, zip_name)) + "\n").encode()


def _lines(report: Report, pages: Mapping[str, int], zip_name: str) -> Iterator[str]:
    heading = report.heading
    yield from (heading.title, "=" * len(heading.title), "")
    yield f"Datum:    {heading.date_text}"
    yield f"Kenmerk:  {known_reference(heading) or 'nog niet bekend'}"
    yield f"Dossier:  {heading.dossier} ({report.publication.file_title})"
    yield f"Status:   {heading.status}"
    if heading.status == "concept":
        yield from ("", *_wrapped(_DRAFT))
    yield from ("", "Wat zit erin", "------------", "")
    yield "index.html: begin hier. Alle stukken zijn er te lezen en te downloaden."
    yield from ("", f"{heading.edition}/", *_documents(report, pages))
    yield from ("", "gegevens/", "  De bestanden waar de cijfers in de stukken uit komen.", "")
    yield from _wrapped(_TEXT)
    yield ""
    yield from _wrapped(_METADATA.format(date=value_date()))
    yield from _missing(report)
    yield from ("", "Controleren", "-----------", "")
    yield from _wrapped(_CHECK)
    yield from ("", f"  python3 build.py package --verify {zip_name}", "")
    yield f"of, na uitpakken en zonder ons programma:  sha256sum --check {SUMS}"
    yield from ("", *_wrapped(_PLAIN))


def _documents(report: Report, pages: Mapping[str, int]) -> Iterator[str]:
    for piece in pieces(report):
        count = pages.get(f"{piece.stem}.pdf")
        if count is not None:
            size = "1 bladzijde" if count == 1 else f"{count} bladzijden" if count else "aantal bladzijden onbekend"
            yield from _wrapped(f"{piece.stem}.pdf: {piece.title} ({size})", "  ")


def _missing(report: Report) -> Iterator[str]:
    gone = [entry for entry in report.entries if entry.kind == "extern" and not entry.stem]
    if gone:
        yield from ("", "Wat ontbreekt", "-------------", "")
        yield "Deze bijlagen volgen separaat en zitten niet in dit pakket:"
        for entry in gone:
            yield from _wrapped(f"Bijlage {entry.number}: {entry.plain}", "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
