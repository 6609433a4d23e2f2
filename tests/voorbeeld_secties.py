"""The sections of the sample annex, with every kind of block and inline."""

from __future__ import annotations

from halfjaarbericht.verslag import (
    Block,
    Blocks,
    Figure,
    LineBreak,
    Link,
    Matter,
    NoteCall,
    Number,
    Place,
    Quote,
    Section,
    Span,
    Subheading,
    Text,
)
from tests.voorbeeld_bouwstenen import bullets, para, running, text
from tests.voorbeeld_tabellen import FORM, NUMBERS_TABLE, TEXT_TABLE, WIDE_TABLE

NESTED_LIST = bullets(
    (
        para("eerste punt"),
        bullets(
            (para("tweede niveau"), bullets("derde niveau", "nog een op het derde niveau")),
            "tweede van het tweede niveau, met zoveel tekst dat de regel doorloopt en netjes onder zichzelf inspringt",
        ),
    ),
    "tweede punt",
)


def motion(blocks: Blocks) -> Section:
    return Section(
        id="motie-voorbeeld",
        kind="motie",
        level=2,
        number="1.1",
        title=(Text("Motie-Jansen c.s. over wijkagenten"), NoteCall(2, 1)),
        plain="Motie-Jansen c.s. over wijkagenten",
        matter=Matter(
            "motie",
            "Motie",
            "het lid Jansen (ABC) c.s.",
            "begrotingsbehandeling van 25 november 2029",
            (
                Link(
                    "extern",
                    "https://zoek.officielebekendmakingen.nl/kst-36600-VI-96.html",
                    text("Kamerstukken II 2029/30, 36600 VI, nr. 96"),
                ),
            ),
            "afgedaan",
            "afgedaan",
            (),
        ),
        blocks=blocks,
        sections=(
            Section(
                "motie-deel",
                "tekst",
                3,
                "1.1.1",
                text("Wat de motie vraagt"),
                "Wat de motie vraagt",
                None,
                (
                    *running(1, 2),
                    Subheading("tussenkop_1", 5, text("Een tussenkop"), "Een tussenkop"),
                    para("Onder de tussenkop staat tekst met een regeleinde", LineBreak(), "en daarna meer."),
                ),
                (),
            ),
        ),
    )


def commitment() -> Section:
    return Section(
        "toezegging-voorbeeld",
        "toezegging",
        2,
        "1.2",
        text("Toezegging – Brief over de opleiding"),
        "Toezegging – Brief over de opleiding",
        Matter(
            "toezegging",
            "Toezegging",
            "de leden Bakker (DEF) en Smit (GHI)",
            "commissiedebat politie van 4 november 2030",
            (),
            "in_uitvoering",
            "in uitvoering",
            text("uiterlijk 1 maart 2031"),
        ),
        (*running(2, 1), FORM, TEXT_TABLE, WIDE_TABLE, *running(1)),
        (),
    )


def extra() -> Section:
    return Section(
        "aanvullend-voorbeeld",
        "aanvullend",
        2,
        "1.3",
        text("Uitrusting"),
        "Uitrusting",
        Matter("aanvullend", "Aanvullende zaak", "", "", (), "open", "open", ()),
        running(1, 3),
        (),
    )


def every_block() -> tuple[Block, ...]:
    """A paragraph with every inline, then each kind of block once."""
    return (
        para(
            "Tekst met ",
            Span("em", text("nadruk")),
            ", ",
            Span("strong", text("sterke nadruk")),
            ", H",
            Span("sub", text("2")),
            "O, m",
            Span("sup", text("2")),
            ", het Engelse ",
            Span("lang", text("less lethal"), "en"),
            ", de ",
            Span("abbr", text("ME"), "Mobiele Eenheid"),
            ", < & > “aanhalingstekens”, een ",
            Link("extern", "https://www.rijksoverheid.nl/?a=1&b=2", text("webadres")),
            ", ",
            Link("intern", "tabel-bezetting", text("tabel 1")),
            ", ",
            Link("document", "", text("de brief"), "brief"),
            ", ",
            Link("document", "positie", text("de brief, positie"), "brief"),
            ", ",
            Link("document", "", text("bijlage 3"), "plan"),
            ", ",
            Link("document", "", text("bijlage 1"), "kerncijfers"),
            " en ",
            Number("3.603 fte", "wijkagenten.bezetting", "3603"),
            ".",
            NoteCall(3, 1),
            " En dezelfde noot nog eens.",
            NoteCall(3, 2),
        ),
        NESTED_LIST,
        bullets(
            "derde stap",
            (para("vierde stap", NoteCall(4, 1)), bullets("onderdeel a", "onderdeel b", kind="alpha")),
            "vijfde stap",
            kind="decimal",
            start=3,
        ),
        bullets("een ruime lijst", "met wit ertussen", tight=False),
        Quote((para("Een citaat uit een motie."),)),
        NUMBERS_TABLE,
        para(
            "Na de tabel loopt de tekst door, met een verwijzing naar ",
            Link("intern", "figuur-verzuim", text("figuur 1")),
            ".",
        ),
        Figure(
            "figuur-verzuim",
            1,
            text("Verzuim per jaar"),
            "Verzuim per jaar",
            "figuren/verzuim lijn.svg",
            "Lijngrafiek: het verzuim stijgt van 5 naar 8 procent.",
            80,
            text("politie"),
            Place("content/2030-2/bijlagen/moties.yaml", 12, 3),
        ),
        *running(2),
    )
